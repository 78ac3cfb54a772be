"""Wrong input: a refusal that names the field, nothing saved, never an error of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, Role
from sms.callbacks import gateway_token
from tests.builders import TEMPLATE_ID, build_entity, build_header, build_member, build_template
from tests.flows.drawing import graph, greeting, hangup, node
from tests.security.asking import Asked, ask, check
from tests.security.visitors import browser_of, program_of, stranger
from tests.security.world import PE_ID, World, changed, everything_stored
from tests.security.wrong_requests import (
    CALLS,
    GRAPHS,
    LISTS,
    MESSAGES,
    MISSING_ENTITY,
    MISSING_TEMPLATE,
    NUL_IN_BODIES,
    REGISTRY,
    WEBHOOKS,
    WIRE,
    flow,
    sms,
    template,
)


@pytest.mark.parametrize("way", ["key", "session"])
@pytest.mark.parametrize(
    "cases",
    [
        pytest.param(GRAPHS, id="graphs"),
        pytest.param(MESSAGES, id="messages"),
        pytest.param(CALLS, id="calls"),
        pytest.param(REGISTRY, id="registry"),
        pytest.param(WEBHOOKS, id="webhooks"),
        pytest.param(WIRE, id="the wire"),
        pytest.param(LISTS, id="lists"),
    ],
)
def test_the_refusal_names_the_field_and_nothing_is_saved(
    world: World, cases: list[Asked], way: str
):
    client = program_of(world.account, Role.ADMIN) if way == "key" else browser_of(world.admin)
    before = everything_stored()
    for case in cases:
        try:
            check(case, case.of(client, world))
        except AssertionError as problem:
            pytest.fail(f"{case.method} {case.path} {str(case.body)[:80]!r}: {problem}")
    assert changed(before, everything_stored()) == []


def test_nul_characters_in_bodies_are_refused_by_field(world: World):
    client = program_of(world.account, Role.ADMIN)
    before = everything_stored()
    for case in NUL_IN_BODIES:
        try:
            check(case, case.of(client, world))
        except AssertionError as problem:
            pytest.fail(f"{case.path} {str(case.body)[:80]!r}: {problem}")
    assert changed(before, everything_stored()) == []


def receipt_path() -> str:
    return f"/gateways/simulator/{gateway_token('simulator')}/receipts"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"id": "a\\u0000b"}', 400),
        ('{"id": "\\ud800"}', 400),
        ('{"id": NaN}', 400),
        ('{"id": 1e999}', 400),
        ("[" * 30_000, 400),
        ('{"id":' * 400 + "1" + "}" * 400, 400),
        ("[]", 400),
        ("<dlr/>", 400),
        ('{"id": "' + "x" * 5_000_000 + '"}', 413),
        ('{"id": "\\u0000', 400),
    ],
    ids=str,
)
def test_receipts_that_no_database_can_keep_are_refused(world: World, body: str, status: int):
    before = everything_stored()
    answer = stranger().post(receipt_path(), body, content_type="application/json")
    check(ask("post", "", status=status), answer)
    assert changed(before, everything_stored()) == []


def test_long_numbers_in_receipts_are_kept(world: World):
    """Carriers write ids of 19 digits as JSON numbers."""
    body = '{"id": 1107161234567890123456, "stat": "DELIVRD"}'
    answer = stranger().post(receipt_path(), body, content_type="application/json")
    assert answer.status_code == 200


def test_unknown_ports_and_applets_are_drawn_but_not_published(world: World):
    """Drafts keep whatever was drawn; the issue names the applet and calls never meet it."""
    client = program_of(world.account, Role.EDITOR)
    wrong = graph(greeting("n1"), hangup("n2"), node("n3", "teleport"), ways="n1.sideways>n2")
    made = ask("post", "flows", flow(wrong)).of(client, world)
    assert made.status_code == 201
    issues = {(issue["code"], issue["node"]) for issue in made.json()["issues"]}
    assert {node_ for _, node_ in issues} >= {"n1", "n3"}
    publish = ask("post", f"flows/{made.json()['id']}/publish", {}, "n3", status=422)
    check(publish, publish.of(client, world))


SENT_IN_VAIN = [
    (sms(dlt_template_id=MISSING_TEMPLATE, sender_id="ACMECO"), MISSING_TEMPLATE),
    (sms(dlt_entity_id=MISSING_ENTITY, dlt_template_id=TEMPLATE_ID), MISSING_ENTITY),
    (sms(sender_id="NOBODY", dlt_template_id=TEMPLATE_ID), "NOBODY"),
    (sms(text="{#var#}" * 400, sender_id="ACMECO", dlt_template_id=TEMPLATE_ID), "character"),
]


@pytest.mark.parametrize(("body", "named_"), SENT_IN_VAIN)
def test_what_dlt_refuses_is_a_row_that_says_why_and_costs_nothing(
    world: World, body: dict[str, Any], named_: str
):
    answer = ask("post", "sms", body).of(program_of(world.account, Role.EDITOR), world)
    assert answer.status_code == 202
    told = answer.json()
    assert (told["status"], told["cost"]) == ("error", "0.00")
    assert named_ in told["error"]["message"]


def test_a_template_of_another_account_is_unknown(world: World, other_account: Account):
    client = program_of(other_account, Role.EDITOR)
    build_template(
        build_header(build_entity(other_account), "GLOBEX"), template_id="110716000000001"
    )
    used = world.template.template_id
    sent = ask("post", "sms", sms(dlt_template_id=used, sender_id="GLOBEX")).of(client, world)
    assert sent.json()["status"] == "error"
    unknown = ask("post", "sms", sms(dlt_template_id=MISSING_TEMPLATE, sender_id="GLOBEX"))
    assert sent.json()["error"]["code"] == unknown.of(client, world).json()["error"]["code"]
    asked = ask("post", "dlt/check", {"template_id": used, "body": "x"}, used, status=404)
    check(asked, asked.of(client, world))
    for case in (
        ask("post", "dlt/templates", template(), PE_ID, status=422),
        ask("post", "dlt/headers", {"entity": PE_ID, "value": "EVIL"}, PE_ID, status=422),
        ask("post", "simulations", {"flow": world.flow.sid, "from": "+919876543210"}, status=404),
    ):
        check(case, case.of(client, world))


def test_a_key_without_rights_is_told_so(world: World):
    client = program_of(world.account, Role.VIEWER)
    for case in (
        ask("post", "sms", sms(), "role", status=403),
        ask("post", "/v2.0/sms", sms(), "role", status=403),
        ask("delete", "flows/{flow.sid}", None, "role", status=403),
    ):
        check(case, case.of(client, world))
    editor = program_of(world.account, Role.EDITOR)
    approve = ask("post", "dlt/templates/{template.pk}/approve", {}, "role", status=403)
    check(approve, approve.of(editor, world))


def test_fields_that_are_not_the_callers_to_set_are_left_alone(
    world: World, other_account: Account
):
    client = program_of(world.account, Role.EDITOR)
    more = {"account": other_account.pk, "status": "delivered", "cost": "0", "id": 1, "sid": "smsx"}
    told = ask("post", "sms", sms(**more)).of(client, world).json()
    assert told["sid"] != "smsx"
    assert told["status"] != "delivered"
    assert not other_account.messages.exists()


def test_a_form_of_five_megabytes_is_too_large(world: World):
    page = browser_of(world.admin).post("/settings/balance/", {"note": "x" * 5_000_000})
    assert page.status_code == 413
    assert "4 MiB" in page.content.decode()


def test_signed_in_people_of_no_account_get_no_api(world: World, client: Client):
    loner = build_member(world.account, Role.EDITOR, "loner@example.org")
    loner.memberships.all().delete()
    case = ask("get", "flows", None, status=401)
    check(case, case.of(browser_of(loner), world))
