"""Every address and every method: as a stranger, as a viewer, and from another account."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Account, Role
from sms.callbacks import gateway_token
from tests.builders import build_member
from tests.security.doors import (
    DESCRIPTIONS,
    METHODS,
    OWN_SESSION,
    PUBLIC,
    SIGNPOSTS,
    STATELESS,
    UNSAFE,
    Door,
    NoExample,
    doors,
    routes,
)
from tests.security.visitors import browser_of, knock, program_of, stranger
from tests.security.world import World, changed, everything_stored

Knock = tuple[Door, str, str, HttpResponse]


def knock_everywhere(
    world: World,
    visitor: Callable[[], Client],
    methods: tuple[str, ...] = METHODS,
    wanted: Callable[[Door], bool] = lambda _: True,
) -> Iterator[Knock]:
    """Knock with a fresh visitor at each door: one of them signs the visitor out."""
    for door in filter(wanted, doors(world.examples())):
        client = visitor()
        for address in door.addresses:
            for method in methods:
                yield door, method, address, knock(client, method, address, as_json=door.is_api)


def told(found: Knock) -> str:
    _, method, address, answer = found
    return f"{method.upper()} {address} answered {answer.status_code}"


def test_the_walk_finds_the_doors():
    assert len(routes()) > 60
    assert {"flows/<str:sid>/", "api/v1/sms", "v2.0/sms/<str:sid>"} < set(routes())
    assert set(routes()) > PUBLIC | SIGNPOSTS | STATELESS | OWN_SESSION


def test_a_door_without_an_example_object_stops_the_walk(world: World):
    with pytest.raises(NoExample, match="invoices"):
        doors(world.examples(), known=["invoices/<str:sid>/"])


def test_the_example_objects_are_real(world: World):
    """Their owner opens each of them; otherwise a 404 to others would prove nothing."""
    opened = knock_everywhere(
        world, lambda: browser_of(world.admin), ("get",), lambda door: door.names_an_object
    )
    assert [told(found) for found in opened if found[3].status_code not in (200, 405)] == []


def refuses_strangers(door: Door, answer: HttpResponse) -> bool:
    if door.is_api:
        return answer.status_code == 401
    if answer.status_code == 302:
        return door.route in SIGNPOSTS or answer["Location"].startswith("/sign-in/")
    return answer.status_code in (404, 405)


def test_strangers_are_sent_to_sign_in_or_get_401(world: World):
    before = everything_stored()
    walk = knock_everywhere(world, stranger, wanted=lambda door: door.route not in PUBLIC)
    assert [told(found) for found in walk if not refuses_strangers(found[0], found[3])] == []
    assert changed(before, everything_stored()) == []


def test_what_is_public_tells_nothing_of_an_account(world: World):
    public = knock_everywhere(world, stranger, ("get",), lambda door: door.route in PUBLIC)
    leaks = [
        told(found)
        for found in public
        for trace in world.traces()
        if trace in found[3].content.decode(errors="replace") and found[0].route not in DESCRIPTIONS
    ]
    assert leaks == []


def test_signposts_lead_strangers_to_the_sign_in(world: World):
    for address in SIGNPOSTS:
        last = stranger().get(f"/{address}", follow=True)
        assert last.redirect_chain[-1][0].startswith("/sign-in/"), address


def refuses_viewers(door: Door, answer: HttpResponse) -> bool:
    if door.route in STATELESS:
        return answer.status_code in (200, 400, 403, 405, 422)
    if door.route in SIGNPOSTS | OWN_SESSION | {"sign-in/"}:
        return answer.status_code in (302, 405)
    return answer.status_code in (400, 401, 403, 404, 405)


@pytest.mark.parametrize("way", ["session", "key"])
def test_a_viewer_changes_nothing(world: World, way: str):
    def visitor() -> Client:
        return browser_of(world.viewer) if way == "session" else key

    key = program_of(world.account, Role.VIEWER)
    before = everything_stored()
    others = PUBLIC - {"sign-in/"}
    inside = [*knock_everywhere(world, visitor, wanted=lambda door: door.route not in others)]
    assert [told(found) for found in inside if found[3].status_code >= 500] == []
    unsafe = [found for found in inside if found[1] in UNSAFE]
    refused = refuses_viewers if way == "session" else refuses_keys_of_viewers
    assert [told(found) for found in unsafe if not refused(found[0], found[3])] == []
    assert changed(before, everything_stored()) == []


def refuses_keys_of_viewers(door: Door, answer: HttpResponse) -> bool:
    """A key opens no page: there it is a stranger."""
    if door.route == "sign-in/":
        return answer.status_code in (200, 405)
    return refuses_viewers(door, answer) if door.is_api else refuses_strangers(door, answer)


@pytest.mark.parametrize("way", ["session", "key"])
def test_admins_of_another_account_find_nothing(world: World, other_account: Account, way: str):
    admin = build_member(other_account, Role.ADMIN)
    key = program_of(other_account, Role.ADMIN)
    before = everything_stored()
    walk = knock_everywhere(
        world,
        lambda: browser_of(admin) if way == "session" else key,
        wanted=lambda door: (
            door.names_an_object and door.route not in PUBLIC and (way == "session" or door.is_api)
        ),
    )
    answers = list(walk)
    assert [told(found) for found in answers if found[3].status_code not in (404, 405)] == []
    # 405 to every method would say nothing about whose object it is.
    asked = {found[0].route for found in answers}
    assert asked == {found[0].route for found in answers if found[3].status_code == 404}
    assert changed(before, everything_stored()) == []


def test_lists_of_another_account_name_nothing_of_this_one(world: World, other_account: Account):
    admin = build_member(other_account, Role.ADMIN)
    lists = list(
        knock_everywhere(
            world,
            lambda: browser_of(admin),
            ("get",),
            lambda door: not door.names_an_object and door.route not in DESCRIPTIONS,
        )
    )
    bodies = {
        address: b"".join(answer) if answer.streaming else answer.content
        for _, _, address, answer in lists
    }
    leaks = [
        f"{address} tells {trace!r}"
        for address, body in bodies.items()
        for trace in world.traces()
        if trace in body.decode()
    ]
    assert leaks == []


FOREIGN_FILTERS = [
    "/api/v1/calls?flow={0.flow.sid}",
    "/api/v1/sms?call={0.call.sid}",
    "/api/v1/dlt/templates?entity={0.entity.pe_id}",
    "/api/v1/dlt/headers?entity={0.entity.pe_id}",
    "/api/v1/dlt/templates?q={0.template.template_id}",
    "/api/v1/dlt/chains?entity={0.entity.pe_id}",
    "/api/v1/dlt/ctas?entity={0.entity.pe_id}",
    "/api/v1/dlt/consents?entity={0.entity.pe_id}",
    "/api/v1/dlt/telemarketers?q={0.telemarketer.tm_id}",
    "/reports/sms/rows/?sid={0.message.sid}",
    "/reports/sms/rows/?before={0.message.sid}",
    "/reports/sms/?flow={0.flow.sid}",
    "/reports/sms/export.csv?flow={0.flow.sid}",
    "/calls/?flow={0.flow.sid}",
    "/calls/?before={0.call.sid}",
    "/dlt/templates/new/?again={0.template.pk}",
    "/dlt/templates/?entity={0.entity.pe_id}",
]


@pytest.mark.parametrize("filter_", FOREIGN_FILTERS)
def test_filters_by_ids_of_another_account_find_nothing(
    world: World, other_account: Account, filter_: str
):
    address = filter_.format(world)
    answer = browser_of(build_member(other_account, Role.ADMIN)).get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    asked = address.partition("=")[2]
    assert [t for t in world.traces() if t in body.decode() and t != asked] == []


def test_a_hook_with_a_wrong_token_is_not_there(world: World):
    token = gateway_token("simulator")
    wrong = [token[:-1], token + "0", "x" + token[1:], gateway_token("other"), "0", token.upper()]
    for guess in wrong:
        answer = stranger().post(f"/gateways/simulator/{guess}/receipts", {"id": "1"})
        assert answer.status_code == 404, guess
