"""The checks on a message's page: nine stages, our codes and the operators' side by side."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from dlt.models import DndNumber
from sms.models import Message
from tests.builders import build_entity, build_header, build_template
from tests.reports.sent import build_message
from tests.sms.test_scrub import NOON, build_chain, build_cta, build_promotion, promote, send

NIGHT = datetime(2026, 11, 25, 16, 45, tzinfo=UTC)  # 22:15 in India


@pytest.fixture
def acme(account: Account) -> Account:
    build_template(build_header(build_entity(account)))
    build_chain(account)
    return account


def checks_of(client: Client, message: Message) -> str:
    page = client.get(f"/reports/sms/{message.sid}/").content.decode()
    return page[page.index(">Checks</h2>") :]


def stage(checks: str, number: int) -> str:
    """Return the words of one stage."""
    found = re.search(rf'<span class="no"[^>]*>{number}</span>(.*?)</li>', checks, re.DOTALL)
    assert found, number
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def is_open(checks: str) -> bool:
    return bool(re.search(r"<details[^>]* open", checks))


def test_when_all_passed_the_report_is_folded_away(acme, viewer, client_of):
    checks = checks_of(client_of(viewer), send(acme))
    assert "All checks passed" in checks
    assert not is_open(checks)
    assert "Passed" in stage(checks, 1)
    assert "can receive SMS" in stage(checks, 1)
    assert "Not needed Service implicit messages may leave at any hour." in stage(checks, 8)


def test_a_note_is_counted_and_explained(acme, viewer, client_of):
    acme.templates.update(operators={"vi": {"state": "inactive"}})
    checks = checks_of(client_of(viewer), send(acme))
    assert "Passed, with 1 note" in checks
    assert not is_open(checks)
    assert "Noted Not everywhere: Vodafone Idea: inactive." in stage(checks, 5)
    assert "DLT 631" in stage(checks, 5)


@pytest.mark.parametrize(
    ("prepare", "number", "words"),
    [
        (
            lambda acme: acme.templates.update(state="suspended_usage"), 5,
            ["Refused", "Suspended: unused".lower(), "dlt.template_suspended", "TEMPLATE_SUSPENDED",
             "Gateways 449 , 450 , 451", "SmartPing 5313 , 5314 , 5315", "What to do"],
        ),
        (
            lambda acme: acme.headers.update(state="blacklisted"), 4,
            ["Refused", "dlt.header_blacklisted", "HEADER_BLACKLISTED", "DLT 622", "Airtel 801-805"],
        ),
        (
            lambda acme: acme.chains.update(state="suspended"), 3,
            ["Refused", "dlt.chain_not_approved", "CHAIN_NOT_APPROVED", "DLT 616 , 617 , 618"],
        ),
    ],
)  # fmt: skip
def test_a_refusal_stands_open_with_both_codes_and_the_remedy(
    acme, viewer, client_of, prepare: Any, number: int, words: list[str]
):
    prepare(acme)
    checks = checks_of(client_of(viewer), send(acme))
    assert is_open(checks)
    assert f"Refused at stage {number}" in checks
    for word in words:
        assert word in stage(checks, number)


def test_a_mismatch_has_the_names_of_its_problems(acme, viewer, client_of):
    body = "We missed your call to Acme. We will ring you back soon. Ref 7K2M9QX4TB - ACMECO"
    checks = checks_of(client_of(viewer), send(acme, body=body))
    assert "STATIC_MISMATCH" in stage(checks, 6)
    assert "DLT 633 , 666" in stage(checks, 6)


def test_a_link_that_is_not_whitelisted_is_marked_in_the_text(acme, viewer, client_of):
    build_cta(acme, "https://acme.example/help")
    build_template(
        acme.headers.get(),
        "See {#var#} or www.acme.example/offers - ACMECO",
        "1107161234567890555",
        "Link",
    )
    body = "See bit.ly/abc or www.acme.example/offers - ACMECO"
    message = send(acme, body=body, dlt_template_id="1107161234567890555")
    client = client_of(viewer)
    page = client.get(f"/reports/sms/{message.sid}/").content.decode()
    assert re.search(r'<mark class="gap" title="[^"]*not whitelisted[^"]*">bit.ly/abc</mark>', page)
    told = stage(checks_of(client, message), 7)
    assert "dlt.link_in_untyped_var" in told
    assert "“www.acme.example/offers” is not whitelisted" in told
    assert "dlt.url_not_whitelisted" in told


def test_a_held_message_says_so_everywhere(acme, viewer, client_of):
    build_promotion(acme)
    message = promote(acme, NIGHT)
    client = client_of(viewer)
    page = client.get(f"/reports/sms/{message.sid}/").content.decode()
    assert '<span class="badge warn">Held</span>' in page
    assert "Held until 10:00 on 26 Nov." in page
    checks = checks_of(client, message)
    assert "Held at stage 8, time of day" in checks
    assert "DLT 651" in stage(checks, 8)
    Message.objects.update(created=NOON)
    listed = client.get(
        "/reports/sms/", {"from": "2026-11-25", "to": "2026-11-26"}
    ).content.decode()
    assert re.search(r'class="badge warn"[^>]*>Held', listed)


def test_a_blocked_receiver(acme, viewer, client_of):
    build_promotion(acme)
    DndNumber.objects.create(account=acme, number="+919876543210", updated=NOON)
    checks = checks_of(client_of(viewer), promote(acme))
    assert "DND_BLOCKED" in stage(checks, 9)
    assert "DLT 650 , 652" in stage(checks, 9)
    assert "9876543210" not in checks


def test_what_an_operator_said_is_told_in_our_words(account, viewer, client_of):
    message = build_message(
        account, "failed", error_code="dlt.template_inactive", error_message="631 TEMPLATE_INACTIVE"
    )
    page = client_of(viewer).get(f"/reports/sms/{message.sid}/").content.decode()
    assert "631 TEMPLATE_INACTIVE" in page
    assert "Reactivate the template on the portal" in page


def test_lines_from_before_there_were_nine_stages_are_shown(account, viewer, client_of):
    trace = [
        {"gate": "recipient", "ok": True, "code": "", "message": "A number.", "detail": {}},
        {
            "gate": "dlt.entity",
            "ok": False,
            "code": "dlt.entity_unknown",
            "message": "No.",
            "detail": {},
        },
        {"gate": "price", "ok": True, "message": "1 × INR 0.16."},
        {"gate": "dlt.chain", "verdict": "strange", "ok": True},
        {"gate": "dlt.cta", "ok": False, "detail": {"also": ["rubbish", {"code": 1}]}},
        None,
        "rubbish",
    ]
    checks = checks_of(client_of(viewer), build_message(account, "error", trace=trace))
    assert "Refused at stage 2, entity" in checks
    assert "Passed A number." in stage(checks, 1)
    assert "DLT 600 , 601" in stage(checks, 2)
