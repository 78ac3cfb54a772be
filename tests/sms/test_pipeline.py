"""A message's way through the pipeline, on the real database, with the simulated carrier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Account
from billing.models import Balance, LedgerEntry
from dlt.models import RecordState
from sms.gateways.simulator import gateway as carrier
from sms.models import DeliveryReceipt, Message, SimulatedSubmission
from sms.pipeline import receipts, submit
from sms.services import Draft, Source, accept_message
from tests.builders import (
    PE_ID,
    TEMPLATE_ID,
    build_account,
    build_entity,
    build_header,
    build_template,
)

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BODY = "We missed your call to Acme. We will call you back soon. Ref 7K2M9QX4TB - ACMECO"

# The carrier is spoken to in threads of its own, which see committed rows only.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acme() -> Account:
    account = build_account()
    build_template(build_header(build_entity(account)))
    return account


def send(account: Account, to: str = "+919876543210", **changes: Any) -> Message:
    values = {
        "body": BODY,
        "sender": "ACMECO",
        "dlt_template_id": TEMPLATE_ID,
        "dlt_entity_id": PE_ID,
    } | changes
    source = Source(**values.pop("source", {}))
    return accept_message(account=account, draft=Draft(to=to, **values), source=source, now=NOW)


def carry(now: datetime = NOW) -> None:
    """Let worker and carrier do what is due at ``now``."""
    submit.run_once(now, lambda: now)
    for raw in carrier.due_reports(now):
        receipts.keep(gateway="simulator", raw=raw, now=now)
    receipts.run_once(now)


def steps(message: Message) -> list[str]:
    return [step.after for step in message.history.order_by("pk")]


def test_a_message_walks_from_created_to_delivered(acme: Account):
    message = send(acme)
    assert message.status == "created"
    carry()
    carry(NOW + timedelta(minutes=1))
    message.refresh_from_db()
    assert message.status == "delivered"
    assert steps(message) == ["pending", "sent", "delivered"]
    assert message.sent and message.delivered and message.gateway_message_id


def test_the_money_is_held_first_and_charged_on_delivery(acme: Account):
    before = Balance.objects.get(account=acme).available_paise
    send(acme)
    held = Balance.objects.get(account=acme)
    assert (held.available_paise, held.held_paise) == (before - 16, 16)
    carry()
    carry(NOW + timedelta(minutes=1))
    charged = Balance.objects.get(account=acme)
    assert (charged.available_paise, charged.held_paise) == (before - 16, 0)


def test_a_failed_message_gives_its_money_back(acme: Account):
    before = Balance.objects.get(account=acme).available_paise
    message = send(acme, to="+919876500024")
    carry()
    carry(NOW + timedelta(minutes=1))
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", "carrier.absent_subscriber")
    assert Balance.objects.get(account=acme).available_paise == before


def test_a_text_that_breaks_dlt_is_refused_and_says_at_which_character(acme: Account):
    message = send(acme, body=BODY.replace("call you back", "ring you back"))
    assert (message.status, message.error_code) == ("error", "dlt.template_mismatch")
    assert message.template_name == "Missed call alert"
    assert [line["gate"] for line in message.trace if not line["ok"]] == ["dlt.match"]
    assert "character 38" in message.error_message
    assert steps(message) == ["error"]
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dlt_template_id": "1107999999999999999"}, "dlt.template_unknown"),
        ({"dlt_entity_id": "1101999999999999999"}, "dlt.entity_unknown"),
        ({"sender": "NOBODY"}, "dlt.header_unknown"),
        ({"sender": "acmeco"}, "dlt.header_case"),
        ({"to": "12"}, "phone.impossible"),
        ({"to": "+911800123456"}, "sms.recipient_cannot_receive"),
        ({"body": "   "}, "sms.body_empty"),
        ({"body": "x" * 3201}, "sms.body_too_long"),
        ({"encoding": "morse"}, "sms.unknown_encoding"),
        (
            {"problem": "There is no value for Order.", "problem_code": "variables.missing"},
            "variables.missing",
        ),
    ],
)
def test_every_refusal_is_a_row_with_its_reason(acme: Account, changes: dict, code: str):
    message = send(acme, **changes)
    assert (message.status, message.error_code) == ("error", code)
    assert message.error_message
    assert [line["ok"] for line in message.trace][-1:] != [] and not all(
        line["ok"] for line in message.trace
    )


def test_a_template_of_another_account_does_not_exist_here(acme: Account):
    other = build_account("globex", "Globex")
    build_template(
        build_header(build_entity(other, "1101000000000000001"), "GLOBEX"),
        template_id="1107000000000000001",
    )
    message = send(acme, dlt_template_id="1107000000000000001")
    assert message.error_code == "dlt.template_unknown"


def test_a_suspended_template_stops_the_next_message(acme: Account):
    acme.templates.update(state=RecordState.SUSPENDED_CUSTOMER)
    assert send(acme).error_code == "dlt.template_suspended"


def test_without_a_template_id_the_only_matching_template_is_found(acme: Account):
    message = send(acme, dlt_template_id="", dlt_entity_id="", sender="")
    assert (message.status, message.dlt_template_id, message.sender) == (
        "created",
        TEMPLATE_ID,
        "ACMECO",
    )


def test_the_registered_bytes_go_on_the_wire(acme: Account):
    message = send(acme, body=BODY + "  \r\n")
    assert message.body == BODY


def test_too_little_money_refuses_the_message_and_holds_nothing(acme: Account):
    Balance.objects.update(available_paise=15)
    message = send(acme)
    assert (message.status, message.error_code) == ("error", "billing.insufficient_balance")
    assert Balance.objects.get(account=acme).held_paise == 0


def test_a_test_call_sends_through_the_simulated_carrier_and_costs_nothing(acme: Account):
    before = Balance.objects.get(account=acme).available_paise
    message = send(acme, source={"origin": "test_call"})
    carry()
    carry(NOW + timedelta(minutes=1))
    message.refresh_from_db()
    assert (message.status, message.gateway) == ("delivered", "simulator")
    assert Balance.objects.get(account=acme).available_paise == before


def test_an_unreachable_carrier_is_tried_again_later(acme: Account):
    message = send(acme, to="+919876500022")
    carry()
    message.refresh_from_db()
    assert message.status == "created"
    assert message.not_before > NOW
    for minutes in (1, 2, 3):
        carry(NOW + timedelta(minutes=minutes))
    message.refresh_from_db()
    assert message.status == "delivered"
    assert SimulatedSubmission.objects.filter(reference=message.sid).count() == 1


def test_an_unknown_outcome_is_never_sent_again_and_its_receipt_settles_it(acme: Account):
    message = send(acme, to="+919876500023")
    submit.run_once(NOW, lambda: NOW)
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("pending", "sms.outcome_unknown")
    carry(NOW + timedelta(minutes=1))
    message.refresh_from_db()
    assert message.status == "delivered"
    assert message.error_code == ""


def test_a_lost_worker_leaves_its_messages_to_the_sweeper(acme: Account):
    message = send(acme)
    assert [row.pk for row in submit.claim(NOW)] == [message.pk]
    assert submit.settle_lost_leases(NOW) == 0
    submit.settle_lost_leases(NOW + timedelta(minutes=5))
    message.refresh_from_db()
    assert message.status == "created"


def test_a_worker_that_lost_its_lease_does_not_send(acme: Account):
    """It may have waited for so long that another worker has the message by now."""
    message = send(acme)
    (slow,) = submit.claim(NOW)
    submit.settle_lost_leases(NOW + timedelta(minutes=5))
    submit.run_once(NOW + timedelta(minutes=5), lambda: NOW + timedelta(minutes=5))
    submit._free.acquire()  # as every claimed message has one
    assert list(submit._submit_together([slow], NOW)) == []
    assert SimulatedSubmission.objects.filter(reference=message.sid).count() == 1


def test_no_more_is_claimed_than_carrier_threads_are_free(acme: Account):
    """What waits for a thread while its lease runs could be sent twice."""
    for _ in range(3):
        send(acme)
    taken = [submit._free.acquire(blocking=False) for _ in range(submit.CLAIMED_AT_ONCE - 2)]
    assert all(taken)
    try:
        assert submit.run_once(NOW, lambda: NOW) == 2
    finally:
        for _ in taken:
            submit._free.release()
    assert submit.run_once(NOW, lambda: NOW) == 1


def test_two_workers_never_claim_the_same_message(acme: Account):
    send(acme)
    assert len(submit.claim(NOW)) == 1
    assert submit.claim(NOW) == []


def test_alerting_goes_before_marketing(acme: Account):
    slow = send(acme, traffic_type="marketing")
    urgent = send(acme, traffic_type="alerting")
    assert [row.pk for row in submit.claim(NOW)] == [urgent.pk, slow.pk]


@pytest.mark.parametrize("second", ["DELIVRD", "EXPIRED", "UNDELIV"])
def test_a_late_receipt_never_moves_a_delivered_message_back(acme: Account, second: str):
    message = send(acme)
    carry()
    carry(NOW + timedelta(minutes=1))
    raw = {"reference": message.sid, "stat": second}
    receipts.keep(gateway="simulator", raw=raw, now=NOW + timedelta(minutes=2))
    receipts.run_once(NOW + timedelta(minutes=2))
    message.refresh_from_db()
    assert message.status == "delivered"
    assert DeliveryReceipt.objects.order_by("-pk")[0].outcome == "no_change"


def test_a_receipt_that_comes_before_the_carriers_answer_is_applied(acme: Account):
    message = send(acme)
    (claimed,) = submit.claim(NOW)
    receipts.keep(gateway="simulator", raw={"id": "sim1", "stat": "DELIVRD"}, now=NOW)
    receipts.run_once(NOW)
    assert DeliveryReceipt.objects.get().outcome == "unmatched"
    submit.submitted(claimed, "sim1", "", NOW)
    receipts.run_once(NOW)
    message.refresh_from_db()
    assert message.status == "delivered"


def test_words_nobody_mapped_are_kept_and_change_nothing(acme: Account):
    message = send(acme)
    receipts.keep(gateway="simulator", raw={"reference": message.sid, "stat": "HACKED"}, now=NOW)
    receipts.run_once(NOW)
    message.refresh_from_db()
    assert message.status == "created"
    assert DeliveryReceipt.objects.get().outcome == "unmapped"


def test_a_delivery_after_failure_is_accepted_and_not_charged_again(acme: Account):
    before = Balance.objects.get(account=acme).available_paise
    message = send(acme, to="+919876500024")
    carry()
    carry(NOW + timedelta(minutes=1))
    receipts.keep(
        gateway="simulator",
        raw={"reference": message.sid, "stat": "DELIVRD"},
        now=NOW + timedelta(hours=1),
    )
    receipts.run_once(NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert message.status == "delivered"
    assert Balance.objects.get(account=acme).available_paise == before


def test_a_number_outside_india_needs_no_template(acme: Account):
    message = send(
        acme,
        to="+33639981020",
        body="Hello world!",
        sender="",
        dlt_template_id="",
        dlt_entity_id="",
    )
    assert (message.status, message.sender, message.parts) == ("created", "ACMECO", 1)
