"""Messages that wait for their hour, and what is looked at again before they leave."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import Account
from billing.models import Balance
from dlt.models import ContentTemplate, DltSettings, DndNumber, Header
from dlt.scrub.stages.hours import next_opening
from sms.models import Message, SimulatedSubmission
from sms.pipeline import submit
from sms.services import Draft, Source, accept_message
from tests.builders import build_account, build_entity, build_header, build_template
from tests.sms.test_scrub import build_chain, build_promotion, promote, send, settings_of

NIGHT = datetime(2026, 11, 25, 16, 45, tzinfo=UTC)  # 22:15 in India
OPENING = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)  # 10:00 the next day

# The carrier is spoken to in threads of its own, which see committed rows only.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acme() -> Account:
    account = build_account()
    build_template(build_header(build_entity(account)))
    build_promotion(account)
    return account


def work(now: datetime) -> int:
    return submit.run_once(now, lambda: now)


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def line(message: Message, gate: str) -> dict[str, Any]:
    return next(line for line in message.trace if line["gate"] == f"dlt.{gate}")


def test_a_promotion_at_night_is_held_until_the_morning_in_india(acme: Account):
    message = promote(acme, NIGHT)
    assert (message.status, message.held) == ("created", "dlt.outside_promo_window")
    assert message.not_before == OPENING
    assert line(message, "time")["verdict"] == "held"
    assert "Held until 10:00 on 26 Nov (IST)" in line(message, "time")["message"]
    assert work(OPENING - timedelta(seconds=1)) == 0
    assert work(OPENING) == 1
    sent = again(message)
    assert (sent.status, sent.held, sent.attempts) == ("sent", "", 1)
    assert line(sent, "time")["verdict"] == "passed"
    assert [step["gate"] for step in sent.trace] == [step["gate"] for step in message.trace]


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (datetime(2026, 11, 25, 4, 29, 59, tzinfo=UTC), datetime(2026, 11, 25, 4, 30, tzinfo=UTC)),
        (datetime(2026, 11, 25, 4, 30, tzinfo=UTC), None),
        (datetime(2026, 11, 25, 15, 29, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 25, 15, 30, tzinfo=UTC), OPENING),
        (datetime(2026, 11, 25, 18, 29, tzinfo=UTC), OPENING),  # 23:59 in India
        (datetime(2026, 11, 25, 18, 30, tzinfo=UTC), OPENING),  # midnight
        (datetime(2026, 11, 26, 1, 0, tzinfo=UTC), OPENING),
    ],
)
def test_the_window_opens_at_ten_and_closes_at_nine(
    acme: Account, at: datetime, until: datetime | None
):
    message = promote(acme, at)
    assert (message.not_before if message.held else None) == until


@pytest.mark.parametrize(
    ("opens", "closes", "zone", "at", "until"),
    [
        # A window across midnight.
        (time(20), time(2), "Asia/Kolkata", datetime(2026, 11, 25, 19, 0, tzinfo=UTC), None),
        (time(20), time(2), "Asia/Kolkata", datetime(2026, 11, 25, 20, 30, tzinfo=UTC),
         datetime(2026, 11, 26, 14, 30, tzinfo=UTC)),
        # Another zone, in the night in which its clocks go forward.
        (time(10), time(21), "Europe/Berlin", datetime(2026, 3, 28, 21, 0, tzinfo=UTC),
         datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),
        # The same time twice is a day that never closes; an unknown zone is India's.
        (time(0), time(0), "Asia/Kolkata", NIGHT, None),
        (time(10), time(21), "Mars/Base", NIGHT, OPENING),
    ],
)  # fmt: skip
def test_the_window_of_the_settings(
    opens: time, closes: time, zone: str, at: datetime, until: datetime | None
):
    chosen = DltSettings(promo_from=opens, promo_to=closes, promo_zone=zone)
    assert next_opening(chosen, at) == until


@pytest.mark.parametrize(
    ("category", "chosen", "held"),
    [
        ("service_explicit", {}, True),
        ("service_explicit", {"explicit_in_window": False}, False),
        ("government", {}, False),
        ("government", {"government_in_window": True}, True),
    ],
)
def test_which_other_categories_wait_is_a_setting(
    acme: Account, category: str, chosen: dict[str, bool], held: bool
):
    ContentTemplate.objects.filter(name="Sale").update(category=category)
    if category == "government":
        Header.objects.filter(value="612345").update(kind="government")
    settings_of(acme, **chosen)
    message = promote(acme, NIGHT)
    assert message.status == "created"
    assert bool(message.held) is held


def test_service_messages_leave_at_any_hour(acme: Account):
    message = send(acme, NIGHT)
    work(NIGHT)
    assert again(message).status == "sent"


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (lambda acme: acme.templates.update(state="suspended_usage"), "dlt.template_suspended"),
        (lambda acme: acme.headers.update(state="blacklisted"), "dlt.header_blacklisted"),
        (lambda acme: acme.entities.update(state="suspended"), "dlt.entity_suspended"),
        (
            lambda acme: DndNumber.objects.create(
                account=acme, number="+919876543210", updated=NIGHT
            ),
            "dlt.dnd_blocked",
        ),
    ],
)
def test_what_happened_meanwhile_refuses_a_held_message_and_gives_its_money_back(
    acme: Account, happens: Any, code: str
):
    before = Balance.objects.get(account=acme).available_paise
    message = promote(acme, NIGHT)
    assert Balance.objects.get(account=acme).held_paise == message.cost_paise
    happens(acme)
    assert work(OPENING) == 1
    refused = again(message)
    assert (refused.status, refused.error_code, refused.held) == ("error", code, "")
    assert refused.error_message
    assert code in [step["code"] for step in refused.trace if not step["ok"]]
    balance = Balance.objects.get(account=acme)
    assert (balance.available_paise, balance.held_paise) == (before, 0)
    assert not SimulatedSubmission.objects.exists()
    assert [step.after for step in refused.history.order_by("pk")] == ["pending", "error"]


def test_a_worker_that_comes_too_late_leaves_the_message_for_the_next_day(acme: Account):
    message = promote(acme, NIGHT)
    late = OPENING + timedelta(hours=12)
    work(late)
    held = again(message)
    assert (held.status, held.held, held.attempts) == ("created", "dlt.outside_promo_window", 0)
    assert held.not_before == OPENING + timedelta(days=1)
    work(OPENING + timedelta(days=1))
    assert again(message).status == "sent"


def test_a_promotion_tried_again_after_nine_waits_for_the_morning(acme: Account):
    evening = datetime(2026, 11, 25, 15, 29, 59, tzinfo=UTC)
    message = promote(acme, evening, to="+919876500022")
    work(evening)
    assert again(message).error_code == ""
    work(evening + timedelta(seconds=5))
    held = again(message)
    assert (held.status, held.held, held.not_before) == (
        "created", "dlt.outside_promo_window", OPENING,
    )  # fmt: skip


def test_a_template_suspended_after_acceptance_stops_the_message_before_the_carrier(acme: Account):
    stopped, other = send(acme, NIGHT), promote(acme, OPENING)
    acme.templates.filter(name="Missed call alert").update(state="suspended_customer")
    assert work(OPENING) == 2
    assert (again(stopped).status, again(stopped).error_code) == ("error", "dlt.template_suspended")
    assert again(other).status == "sent"


def test_a_chain_that_ended_stops_a_message_that_is_tried_again(acme: Account):
    chain = build_chain(acme)
    message = send(acme, NIGHT, to="+919876500022")
    work(NIGHT)
    assert again(message).status == "created"
    chain.telemarketers.update(state="inactive")
    work(NIGHT + timedelta(seconds=5))
    assert again(message).error_code == "dlt.telemarketer_not_active"


def test_stopped_messages_give_their_carrier_threads_back(acme: Account):
    for _ in range(3):
        promote(acme, NIGHT)
    acme.templates.update(state="inactive")
    assert work(OPENING) == 3
    taken = [submit._free.acquire(blocking=False) for _ in range(submit.CLAIMED_AT_ONCE)]
    assert all(taken)
    for _ in taken:
        submit._free.release()


def test_use_is_noted_once_an_hour_and_not_for_test_calls(acme: Account):
    template = acme.templates.get(name="Missed call alert")
    values = {
        "to": "+919876543210",
        "body": send(acme).body,
        "dlt_template_id": template.template_id,
    }
    Message.objects.all().delete()
    accept_message(
        account=acme, draft=Draft(**values), source=Source(origin="test_call"), now=NIGHT
    )
    work(NIGHT)
    template.refresh_from_db()
    assert template.last_used is None
    for minutes, noted in ((0, 0), (59, 0), (61, 61)):
        send(acme, NIGHT + timedelta(minutes=minutes))
        work(NIGHT + timedelta(minutes=minutes))
        template.refresh_from_db()
        assert template.last_used == NIGHT + timedelta(minutes=noted)
        assert acme.headers.get(value="ACMECO").last_used == template.last_used
