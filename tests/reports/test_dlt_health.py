"""The radar, the re-check and typed variables, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Account, AuditEvent, Role, User
from dlt.models import Category, ContentTemplate, DltSettings, Header, RecordState
from dlt.services.expiry import expire_headers
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_member,
    build_template,
)
from tests.reports.sent import build_message

ClientOf = Callable[[User], Client]
BODY = "We missed your call to {0}. We will call you back soon. Ref {1} - ACMECO"


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


@pytest.fixture
def template(header: Header) -> ContentTemplate:
    return build_template(header)


def sent(account: Account, *values: str, **fields: Any) -> None:
    build_message(account, body=BODY.format(*values), dlt_entity_id=PE_ID, **fields)


def recheck(api: Client, **asked: Any) -> dict[str, Any]:
    answer = api.post("/api/v1/dlt/recheck", asked, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_messages_that_passed_pass_again(api: Client, account: Account, template: ContentTemplate):
    sent(account, "Acme", "K7")
    found = recheck(api, last=10)
    assert (found["checked"], found["still_pass"], found["now_fail"]) == (1, 1, 0)


def test_a_suspended_template_would_refuse_what_passed(
    api: Client, account: Account, template: ContentTemplate
):
    sent(account, "Acme", "K7")
    ContentTemplate.objects.update(state=RecordState.SUSPENDED_USAGE)
    found = recheck(api)
    assert found["now_fail"] == 1
    assert "suspended" in found["fails"][0]["why"]


def test_a_longer_limit_would_pass_what_was_refused(
    api: Client, account: Account, template: ContentTemplate
):
    sent(account, "A" * 34, "K7", status="error", error_code="dlt.template_mismatch")
    assert recheck(api)["still_fail"] == 1
    assert recheck(api, rules="limit40")["now_pass"] == 1
    DltSettings.objects.create(account=account, limits={"var": 40})
    assert recheck(api)["now_pass"] == 1


def test_another_text_can_be_tried_on_the_messages_of_a_template(
    api: Client, account: Account, template: ContentTemplate
):
    sent(account, "Acme", "K7")
    sent(account, "Acme", "77")
    numeric = MISSED_CALL.replace("Ref {#var#}", "Ref {#numeric#}")
    found = recheck(api, template_id=TEMPLATE_ID, text=numeric)
    assert (found["still_pass"], found["now_fail"]) == (1, 1)
    assert "digits only" in found["fails"][0]["why"]
    refused = api.post("/api/v1/dlt/recheck", {"text": "x"}, content_type="application/json")
    assert refused.status_code == 400
    assert "template_id" in refused.json()["error"]["context"]["fields"]


def test_messages_of_other_accounts_and_refusals_before_the_registry_are_left_out(
    api: Client, account: Account, other_account: Account, template: ContentTemplate
):
    sent(other_account, "Acme", "K7")
    sent(account, "Acme", "K7", status="error", error_code="billing.insufficient_balance")
    sent(account, "Acme", "K7", to_number="+447700900123")
    assert recheck(api)["checked"] == 0


def test_a_receiver_who_wants_no_offers_says_nothing_about_the_template(
    api: Client, account: Account, template: ContentTemplate
):
    sent(account, "Acme", "K7", status="error", error_code="dlt.dnd_blocked")
    found = recheck(api)
    assert (found["checked"], found["still_pass"], found["now_pass"]) == (1, 1, 0)


def test_the_page_counts_and_shows_what_would_change(
    client_of: ClientOf, editor: User, account: Account, template: ContentTemplate
):
    sent(account, "Acme", "K7")
    ContentTemplate.objects.update(state=RecordState.BLACKLISTED)
    page = client_of(editor).get("/dlt/recheck/?last=100").content.decode()
    assert "Would be refused now" in page
    assert "is blacklisted" in page
    assert client_of(editor).get("/dlt/recheck/?last=-1&rules=none").status_code == 200


def test_types_are_suggested_from_what_was_sent(
    api: Client, account: Account, template: ContentTemplate
):
    for number in range(6):
        sent(account, "Acme Retail", str(1000 + number))
    found = api.get(f"/api/v1/dlt/typed-tags/{TEMPLATE_ID}").json()
    assert found["tags"] == ["alphanumeric", "numeric"]
    assert (found["messages"], found["fitting"], found["complete"]) == (6, 6, True)
    assert found["typed_text"].endswith("Ref {#numeric#} - ACMECO")
    assert [variable["sure"] for variable in found["variables"]] == [False, True]


def test_values_that_were_sent_are_not_for_viewers(
    client_of: ClientOf, viewer: User, account: Account, template: ContentTemplate,
    api_of: Callable[..., Client],
):  # fmt: skip
    assert (
        api_of(account, Role.VIEWER).get(f"/api/v1/dlt/typed-tags/{TEMPLATE_ID}").status_code == 403
    )
    for path in (f"/dlt/typed/{template.pk}/", "/dlt/typed/", "/dlt/recheck/"):
        assert client_of(viewer).get(path).status_code == 403
    assert client_of(viewer).get("/dlt/radar/").status_code == 200


def test_templates_of_other_accounts_are_not_found(
    client_of: ClientOf, admin: User, api: Client, other_account: Account
):
    foreign = build_template(build_header(build_entity(other_account)))
    assert client_of(admin).get(f"/dlt/typed/{foreign.pk}/").status_code == 404
    assert api.get(f"/api/v1/dlt/typed-tags/{TEMPLATE_ID}").status_code == 404


def test_the_typed_page_offers_the_new_text(
    client_of: ClientOf, editor: User, account: Account, template: ContentTemplate
):
    sent(account, "Acme", "77")
    client = client_of(editor)
    assert "Missed call alert" in client.get("/dlt/typed/").content.decode()
    page = client.get(f"/dlt/typed/{template.pk}/").content.decode()
    assert "{#numeric#}" in page
    assert "1 of 1 messages would match it" in page
    start = re.search(r'href="(/dlt/templates/new/[^"]+)"', page)
    assert start
    form = client.get(unescape(start[1])).content.decode()
    assert "New version of" in form
    assert "{#numeric#} - ACMECO" in form


def test_the_radar_names_what_ends_what_rests_and_what_fails(
    api: Client, account: Account, header: Header, template: ContentTemplate
):
    now = timezone.now()
    Header.objects.update(valid_until=(now + timedelta(days=5)).date(), last_used=now, decided=now)
    ContentTemplate.objects.update(last_used=now - timedelta(days=28))
    for _ in range(9):
        sent(account, "Acme", "K7")
    sent(account, "Acme", "K7", status="error", error_code="dlt.template_mismatch")
    found = api.get("/api/v1/dlt/radar").json()
    assert found["ending"][0]["header"] == "ACMECO"
    assert found["ending"][0]["days_left"] in {4, 5, 6}
    assert [(one["name"], one["days_left"]) for one in found["idle"]] == [("Missed call alert", 2)]
    assert found["failing"][0]["refused"] == 1
    assert found["failing"][0]["reason"] == "Content does not match template"
    assert found["untyped"] == [TEMPLATE_ID]


def test_a_quiet_registry_is_said_to_be_clear(
    client_of: ClientOf, viewer: User, account: Account, header: Header
):
    Header.objects.update(last_used=timezone.now())
    build_template(header, "Code {#numeric#} - ACMECO")
    ContentTemplate.objects.update(last_used=timezone.now())
    assert "All clear" in client_of(viewer).get("/dlt/radar/").content.decode()
    ContentTemplate.objects.update(category=Category.SERVICE_EXPLICIT)
    assert "no longer registered" in client_of(viewer).get("/dlt/radar/").content.decode()


def test_a_header_expires_when_its_last_day_is_over(header: Header):
    now = timezone.now().replace(hour=12)
    Header.objects.update(valid_until=now.date())
    assert expire_headers(now) == 0
    assert expire_headers(now + timedelta(days=1)) == 1
    assert Header.objects.get().state == RecordState.EXPIRED
    event = AuditEvent.objects.get(action="header.expired")
    assert (event.actor, event.detail["source"]) == ("calendar", "clock")
    assert expire_headers(now + timedelta(days=2)) == 0


def test_two_admins_do_not_see_each_others_accounts(
    client_of: ClientOf, other_account: Account, template: ContentTemplate
):
    stranger = build_member(other_account, Role.ADMIN)
    assert "Missed call alert" not in client_of(stranger).get("/dlt/radar/").content.decode()
