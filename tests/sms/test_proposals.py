"""Delivery reports that say something about a record: noted, and decided by an admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Role
from dlt.models import Proposal
from sms.gateways.simulator import gateway as carrier
from sms.models import Message
from sms.pipeline import receipts, submit
from tests.builders import build_account, build_entity, build_header, build_template
from tests.sms.test_scrub import build_chain, send

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
PROPOSALS = "/api/v1/dlt/proposals"

# The carrier is spoken to in threads of its own, which see committed rows only.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acme() -> Account:
    account = build_account()
    build_template(build_header(build_entity(account)))
    return account


def deliver(account: Account, ending: str, at: datetime = NOW, **changes: Any) -> Message:
    message = send(account, at, to=f"+91987650{ending}", **changes)
    submit.run_once(at, lambda: at)
    for raw in carrier.due_reports(at + timedelta(minutes=1)):
        receipts.keep(gateway="simulator", raw=raw, now=at + timedelta(minutes=1))
    receipts.run_once(at + timedelta(minutes=1))
    message.refresh_from_db()
    return message


def listed(client: Client, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(PROPOSALS, query).json()["proposals"]
    return found


@pytest.mark.parametrize(
    ("ending", "code", "words"),
    [
        ("0631", "dlt.template_inactive", "631 TEMPLATE_INACTIVE"),
        ("0621", "dlt.header_inactive", "621 HEADER_INACTIVE"),
        ("0625", "dlt.header_suspended", "625 HEADER_SUSPENDED_DUE_TO_USAGE"),
        ("0633", "dlt.template_mismatch", "633 TEMPLATE_NOT_MATCHED"),
        ("0635", "dlt.variable_too_long", "635 TEMPLATE_VARIABLE_EXCEEDED_MAX_LENGTH"),
        ("0650", "dlt.dnd_blocked", "650 PREFERENCE_NOT_MATCHED"),
        ("0651", "dlt.outside_promo_window", "651 INVALID_PROMO_TIME"),
        ("0701", "dlt.url_not_whitelisted", "701 URL CTA not matched"),
    ],
)
def test_the_simulated_carrier_reports_dlt_codes(acme: Account, ending: str, code: str, words: str):
    message = deliver(acme, ending)
    assert (message.status, message.error_code) == ("failed", code)
    assert message.error_message == words


@pytest.mark.parametrize(
    ("ending", "kind", "verb", "becomes"),
    [
        ("0602", "entity", "deactivate", "inactive"),
        ("0603", "entity", "blacklist", "blacklisted"),
        ("0611", "telemarketer", "deactivate", "inactive"),
        ("0616", "chain", "deactivate", "inactive"),
        ("0618", "chain", "suspend", "suspended"),
        ("0621", "header", "deactivate", "inactive"),
        ("0624", "header", "suspend_validity", "suspended_validity"),
        ("0625", "header", "suspend_usage", "suspended_usage"),
        ("0631", "template", "deactivate", "inactive"),
        ("0632", "template", "blacklist", "blacklisted"),
    ],
)
def test_a_report_about_a_record_is_proposed_and_applied_by_an_admin(
    acme: Account, api_of: Callable[..., Client], ending: str, kind: str, verb: str, becomes: str
):
    build_chain(acme)
    message = deliver(acme, ending)
    admin = api_of(acme, Role.ADMIN)
    (proposal,) = listed(admin)
    assert (proposal["record"]["kind"], proposal["verb"]) == (kind, verb)
    assert (proposal["message"], proposal["times"]) == (message.sid, 1)
    assert proposal["operator_code"]["code"] == ending[1:]
    answer = admin.post(f"{PROPOSALS}/{proposal['id']}/apply")
    assert (answer.status_code, answer.json()["outcome"]) == (200, "applied")
    rows = {
        "entity": acme.entities, "header": acme.headers, "template": acme.templates,
        "telemarketer": acme.telemarketers, "chain": acme.chains,
    }  # fmt: skip
    assert rows[kind].get().state == becomes
    event = AuditEvent.objects.get(account=acme, action__startswith=f"{kind}.")
    assert event.detail["source"] == "delivery_report"
    assert ending[1:] in event.detail["reason"]
    assert listed(admin) == []


def test_nothing_changes_by_itself_and_the_same_report_counts_up(
    acme: Account, api_of: Callable[..., Client]
):
    deliver(acme, "0631")
    last = deliver(acme, "0631", LATER)
    assert last.status == "failed"
    assert acme.templates.get().state == "approved"
    (proposal,) = listed(api_of(acme, Role.VIEWER))
    assert proposal["times"] == 2
    assert proposal["first"] != proposal["last"]


@pytest.mark.parametrize("ending", ["0633", "0650", "0670"])
def test_a_report_about_the_message_alone_proposes_nothing(acme: Account, ending: str):
    deliver(acme, ending)
    assert not Proposal.objects.exists()


def test_a_report_about_a_record_that_is_halted_already_proposes_nothing(acme: Account):
    message = send(acme, NOW, to="+919876500631")
    submit.run_once(NOW, lambda: NOW)
    acme.templates.update(state="inactive")
    receipts.keep(
        gateway="simulator",
        raw={"reference": message.sid, "stat": "UNDELIV", "err": "631"},
        now=LATER,
    )
    receipts.run_once(LATER)
    message.refresh_from_db()
    assert message.error_code == "dlt.template_inactive"
    assert not Proposal.objects.exists()


def test_the_same_receipt_twice_is_one_report(acme: Account):
    message = deliver(acme, "0631")
    raw = {"reference": message.sid, "stat": "UNDELIV", "err": "631"}
    receipts.keep(gateway="simulator", raw=raw, now=LATER)
    receipts.run_once(LATER)
    assert Proposal.objects.get().times == 1


@pytest.mark.parametrize("err", ["999", "", "6e31", "631; DROP TABLE", "٦٣١"])
def test_a_code_nobody_knows_is_an_ordinary_failure(acme: Account, err: str):
    message = send(acme)
    submit.run_once(NOW, lambda: NOW)
    raw = {"reference": message.sid, "stat": "UNDELIV", "err": err}
    receipts.keep(gateway="simulator", raw=raw, now=LATER)
    receipts.run_once(LATER)
    message.refresh_from_db()
    assert message.error_code == "carrier.absent_subscriber"
    assert not Proposal.objects.exists()


def test_a_dismissed_proposal_leaves_the_record_and_may_come_again(
    acme: Account, api_of: Callable[..., Client]
):
    deliver(acme, "0631")
    admin = api_of(acme, Role.ADMIN)
    (proposal,) = listed(admin)
    assert admin.post(f"{PROPOSALS}/{proposal['id']}/dismiss").json()["outcome"] == "dismissed"
    assert acme.templates.get().state == "approved"
    assert AuditEvent.objects.filter(action="proposal.dismissed").count() == 1
    assert len(listed(admin, outcome="dismissed")) == 1
    again = admin.post(f"{PROPOSALS}/{proposal['id']}/apply")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "dlt.proposal_closed")
    deliver(acme, "0631", LATER)
    assert len(listed(admin)) == 1


def test_when_the_record_changed_meanwhile_the_proposal_stays_open(
    acme: Account, api_of: Callable[..., Client]
):
    deliver(acme, "0631")
    acme.templates.update(state="blacklisted")
    admin = api_of(acme, Role.ADMIN)
    (proposal,) = listed(admin)
    answer = admin.post(f"{PROPOSALS}/{proposal['id']}/apply")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "dlt.already_decided")
    assert len(listed(admin)) == 1


def test_only_admins_of_the_account_decide(acme: Account, api_of: Callable[..., Client]):
    deliver(acme, "0631")
    pk = Proposal.objects.get().pk
    for verb in ("apply", "dismiss"):
        assert api_of(acme, Role.EDITOR).post(f"{PROPOSALS}/{pk}/{verb}").status_code == 403
        other = api_of(build_account(f"globex-{verb}", "Globex"), Role.ADMIN)
        assert other.post(f"{PROPOSALS}/{pk}/{verb}").status_code == 404
        assert listed(other) == []
    assert acme.templates.get().state == "approved"


def test_test_calls_propose_nothing(acme: Account):
    message = deliver(acme, "0631")
    Proposal.objects.all().delete()
    Message.objects.filter(pk=message.pk).update(origin="test_call", status="sent")
    receipts.keep(
        gateway="simulator",
        raw={"reference": message.sid, "stat": "UNDELIV", "err": "631"},
        now=LATER,
    )
    receipts.run_once(LATER)
    assert not Proposal.objects.exists()
