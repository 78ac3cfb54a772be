"""What stands in addresses, cookies and forms: odd dates, huge numbers, NUL, code in names."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, Role
from tests.security.asking import ask, check
from tests.security.doors import doors
from tests.security.visitors import browser_of, program_of, stranger
from tests.security.world import World, build_world, changed, everything_stored

SEARCHES = [
    "/flows/?q=",
    "/dlt/templates/?q=",
    "/dlt/templates/?state=",
    "/dlt/templates/?entity=",
    "/dlt/templates/new/?again=",
    "/dlt/headers/?q=",
    "/dlt/headers/?kind=",
    "/dlt/entities/?q=",
    "/settings/audit/?q=",
    "/settings/members/?page=",
    "/settings/balance/?page=",
    "/reports/sms/?q=",
    "/reports/sms/?flow=",
    "/reports/sms/?before=",
    "/reports/sms/rows/?sid=",
    "/reports/sms/rows/?after=",
    "/reports/sms/summary/?header=",
    "/reports/sms/export.csv?template=",
    "/calls/?flow=",
    "/calls/?before=",
    "/calls/?kind=",
    "/sign-in/?next=",
]
API_SEARCHES = [
    "flows?cursor=",
    "calls?flow=",
    "sms?call=",
    "sms?status=",
    "dlt/templates?q=",
    "dlt/templates?entity=",
    "dlt/headers?q=",
    "dlt/entities?q=",
    "dlt/telemarketers?q=",
    "dlt/chains?q=",
    "dlt/chains?entity=",
    "dlt/ctas?q=",
    "dlt/consents?q=",
    "numbers/lookup?number=",
    "reports/sms/summary?q=",
    "reports/sms/summary?flow=",
]
ODD = [
    "%27%20or%201%3D1--",
    "%22%3B%20drop%20table%20sms_message",
    "%25%25%25",
    "_%5C",
    "%FF%FE",
    "%ED%A0%80",
    "9" * 5000,
    str(2**63),
    "-1",
    "NaN",
    "1e9",
    "%C2%B2",
    "%F0%9F%98%80" * 100,
    "\u202e\u200b",
    "[]",
    "a" * 9000,
]


@pytest.mark.parametrize("search", SEARCHES)
def test_nul_in_a_search_of_a_page_is_refused(world: World, search: str):
    client = browser_of(world.admin)
    for value in ("%00", "a%00b", "%00%27"):
        answer = client.get(search + value)
        assert answer.status_code in (400, 302), search
        name = search.partition("?")[2].rstrip("=")
        assert f"“{name}” holds a NUL character" in answer.content.decode()


@pytest.mark.parametrize("search", API_SEARCHES)
def test_nul_in_a_search_of_the_api_is_refused_by_name(world: World, search: str):
    client = program_of(world.account, Role.VIEWER)
    name = search.partition("?")[2].rstrip("=")
    asked = ask("get", search + "a%00b", None, name, status=400)
    check(asked, asked.of(client, world))


@pytest.mark.parametrize("value", ODD, ids=lambda value: str(value)[:20])
def test_odd_values_in_searches_find_nothing_or_are_refused(world: World, value: str):
    page, program = browser_of(world.admin), program_of(world.account, Role.VIEWER)
    answers = [page.get(search + value) for search in SEARCHES]
    answers += [program.get(f"/api/v1/{search}{value}") for search in API_SEARCHES]
    assert [a.request["PATH_INFO"] for a in answers if a.status_code >= 500] == []


PATHS = [
    "/flows/{0.flow.sid}%00/",
    "/calls/{0.call.sid}%00/",
    "/reports/sms/%00{0.message.sid}/",
    "/api/v1/flows/{0.flow.sid}%00/draft",
    "/api/v1/calls/%00",
    "/api/v1/simulations/%00/events",
    "/api/v1/numbers/+91%00",
    "/api/v1/sms/%00",
    "/v2.0/sms/%00",
    "/api/v1/webhooks/%00",
    "/api/v1/dlt/templates/%00%00%00%00%00%00%00%00%00%00%00%00",
    "/gateways/simulator/%00/receipts",
    "/%00",
]


@pytest.mark.parametrize("path", PATHS)
def test_nul_in_a_path_is_refused(world: World, path: str):
    answer = browser_of(world.admin).get(path.format(world))
    assert answer.status_code == 400
    if path.startswith(("/api", "/v2.0", "/gateways")):
        assert list(answer.json()["error"]["context"]["fields"]) == ["path"]
    else:
        assert "“path” holds a NUL character" in answer.content.decode()


def test_nul_in_a_cookie_or_key_is_refused(client: Client, world: World):
    visitor = stranger()
    visitor.cookies["sessionid"] = "\0" * 32
    assert visitor.get("/flows/").status_code == 400
    answer = stranger().get("/api/v1/flows", headers={"x-api-key": "fb_live_ab\0cdefg_x"})
    assert answer.status_code == 401


FORMS: list[tuple[str, dict[str, Any], str]] = [
    ("/sign-in/", {"username": "a\0@b.example", "password": "x"}, "username"),
    ("/sign-in/", {"username": "a@b.example", "password": "\0"}, "password"),
    ("/settings/account/", {"account": "\0"}, "account"),
    ("/settings/members/", {"name": "\0", "email": "a@b.example", "role": "viewer"}, "name"),
    ("/settings/keys/", {"name": "a\0", "role": "viewer"}, "name"),
    ("/settings/balance/", {"amount": "5", "note": "\0"}, "note"),
    ("/flows/", {"name": "a\0", "start": "blank"}, "name"),
    ("/dlt/headers/new/", {"pe_id": "1", "value": "A\0B"}, "value"),
    ("/dlt/entities/new/", {"pe_id": "1101000000000000000", "name": "\0"}, "name"),
    ("/dlt/templates/new/", {"text": "\0"}, "text"),
    ("/dlt/templates/checks/", {"text": "\0"}, "text"),
]


@pytest.mark.parametrize(("path", "form", "name"), FORMS)
def test_nul_in_a_form_is_refused_by_field_and_nothing_is_saved(
    world: World, path: str, form: dict[str, Any], name: str
):
    before = everything_stored()
    answer = browser_of(world.admin).post(path, form)
    assert answer.status_code == 400
    assert f"“{name}” holds a NUL character" in answer.content.decode()
    assert changed(before, everything_stored()) == []


def test_nul_in_a_reason_is_refused_and_nothing_is_decided(world: World):
    before = everything_stored()
    client = browser_of(world.admin)
    pk = world.template.pk
    for path in (f"/dlt/templates/{pk}/suspend/", f"/approvals/template/{pk}/reject/"):
        assert client.post(path, {"reason": "a\0"}).status_code == 400
    assert changed(before, everything_stored()) == []


ODD_DATES = [
    "from=2026-02-30&to=2026-03-01",
    "from=0000-00-00&to=0000-00-00",
    "from=9999-12-31&to=9999-12-31",
    "from=-1&to=1",
    "from=2026-01-01T00:00:00Z&to=2026-01-02",
    "from=20260101",
    "from=2026-W01-1&to=2025-01-01",
    "from=1e9&to=NaN",
    "period=custom",
    "period=-7d",
    "period=7d7d",
    "from=\u0662\u0660\u0662\u0666-01-01&to=2026-01-01",
    "from=2016-01-01&to=2026-01-01",
]


@pytest.mark.parametrize("dates", ODD_DATES)
def test_odd_dates_are_refused_in_words(world: World, dates: str):
    client = browser_of(world.viewer)
    for path in ("/reports/sms/", "/reports/sms/rows/", "/reports/sms/export.csv", "/calls/"):
        answer = client.get(f"{path}?{dates}")
        assert answer.status_code == 422, path
        assert answer.content
    asked = ask("get", f"reports/sms/summary?{dates}", status=422)
    check(asked, asked.of(client, world))


CODE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_code_in_names_is_text_on_every_page(account: Account):
    """In flows, templates, numbers, keys, messages, calls and webhook errors alike."""
    world = build_world(account, CODE)
    world.account.name = CODE
    world.account.save()
    type(world.admin).objects.filter(pk=world.admin.pk).update(name=CODE)
    world.entity.name = CODE
    world.entity.save()
    client = browser_of(world.admin)
    shown = 0
    for door in doors(world.examples()):
        if door.is_api:
            continue
        for address in door.addresses:
            answer = client.get(address)
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            page = answer.content.decode()
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            shown += "&lt;script&gt;alert(1)" in page or "\\u003Cscript\\u003Ealert" in page
    assert shown > 15


def test_code_in_a_search_comes_back_as_text(world: World):
    client = browser_of(world.admin)
    for search in SEARCHES:
        path, _, name = search.rstrip("=").partition("?")
        answer = client.get(path, {name: CODE})
        page = b"" if answer.streaming else answer.content
        assert b"<script>alert" not in page, search
        assert b"<img src=x" not in page, search
