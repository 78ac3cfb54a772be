"""The figures of the report against a second, naive computation over the same rows."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Account
from core.periods import period_from
from reports.buckets import buckets_of
from reports.figures import Figures, Summary, summary
from reports.filters import Filters
from sms.models import Message
from sms.states import FINAL, Status
from tests.reports.sent import build_message, build_step

INDIA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CODES = ["dlt.template_mismatch", "carrier.dnd_blocked", "carrier.absent", ""]


def scatter(account: Account, number: int = 160) -> None:
    """Send messages of every kind over 20 days, the same ones each time."""
    chance = random.Random(11)  # noqa: S311 -- a test wants the same numbers each time
    for _ in range(number):
        status = chance.choice(list(Status))
        refused = status in {Status.ERROR, Status.FAILED, Status.EXPIRED}
        message = build_message(
            account,
            status,
            created=NOW - timedelta(seconds=chance.randint(1, 20 * 86400)),
            took=timedelta(microseconds=chance.randint(200_000, 40_000_000)),
            error_code=chance.choice(CODES) if refused else "",
            parts=chance.randint(1, 3),
            cost_paise=chance.randint(10, 60),
            origin=chance.choice(list(Message.Origin)),
        )
        if status == Status.DELIVERED and chance.random() < 0.2:
            build_step(message, Status.EXPIRED, Status.DELIVERED)


def figures_of(account: Account, **wanted: str) -> Summary:
    period = period_from(wanted, zone=INDIA, now=NOW)
    return summary(account, Filters(period), now=NOW)


def naive(rows: list[Message]) -> Figures:
    """Count one message after the other; waits are left out, see naive_wait."""
    charged = [row for row in rows if is_charged(row)]
    return Figures(
        messages=len(rows),
        delivered=sum(row.status == Status.DELIVERED for row in rows),
        finalised=sum(row.status in FINAL for row in rows),
        segments=sum(row.parts for row in charged),
        paise=sum(row.cost_paise for row in charged),
    )


def is_charged(row: Message) -> bool:
    if row.is_test or row.status in {Status.ERROR, Status.FAILED, Status.EXPIRED}:
        return False
    return not row.history.filter(before=Status.EXPIRED, after=Status.DELIVERED).exists()


def naive_wait(rows: list[Message], share: float) -> Decimal:
    waits = sorted(row.delivered - row.created for row in rows if row.delivered)
    place = share * (len(waits) - 1)
    low, high = waits[math.floor(place)], waits[math.ceil(place)]
    seconds = (low + (high - low) * (place - math.floor(place))).total_seconds()
    return Decimal(f"{seconds:.6f}").quantize(Decimal("0.1"), ROUND_HALF_UP)


def within(rows: list[Message], start: datetime, end: datetime) -> list[Message]:
    return [row for row in rows if start <= row.created < end]


@pytest.mark.parametrize("key", ["today", "7d", "30d", "90d"])
def test_figures_of_a_period_agree_with_counting_one_by_one(account, key):
    scatter(account)
    found = figures_of(account, period=key)
    period = period_from({"period": key}, zone=INDIA, now=NOW)
    rows = within(list(Message.objects.all()), period.start, period.end)
    expected = naive(rows)
    assert found.now.messages == expected.messages
    assert found.now.finalised == expected.finalised
    assert found.now.delivery_rate == expected.delivery_rate
    assert (found.now.paise, found.now.segments) == (expected.paise, expected.segments)
    if expected.delivered:
        assert found.now.median_seconds == naive_wait(rows, 0.5)
        assert found.now.p95_seconds == naive_wait(rows, 0.95)


def test_the_span_before_is_counted_to_the_same_hour(account):
    scatter(account)
    found = figures_of(account, period="7d")
    period = period_from({"period": "7d"}, zone=INDIA, now=NOW)
    rows = within(list(Message.objects.all()), *period.before(NOW))
    assert found.before.messages == naive(rows).messages
    assert found.before.paise == naive(rows).paise
    assert found.before.median_seconds == naive_wait(rows, 0.5)


@pytest.mark.parametrize("key", ["today", "7d", "30d"])
def test_every_message_stands_in_exactly_one_bar_of_its_own_day(account, key):
    scatter(account)
    found = figures_of(account, period=key)
    cut = buckets_of(period_from({"period": key}, zone=INDIA, now=NOW))
    rows = list(Message.objects.all())
    ends = [*cut.starts[1:], period_from({"period": key}, zone=INDIA, now=NOW).end]
    for bucket, start, end in zip(found.buckets, cut.starts, ends, strict=True):
        inside = within(rows, start, end)
        assert bucket.total == len(inside)
        assert bucket.counts["delivered"] == sum(row.status == "delivered" for row in inside)
        if bucket.figures.delivered:
            assert bucket.figures.median_seconds == naive_wait(inside, 0.5)
    assert sum(bucket.total for bucket in found.buckets) == found.now.messages


def test_a_message_at_midnight_in_india_belongs_to_the_new_day(account):
    build_message(account, created=datetime(2026, 11, 18, 18, 29, 59, tzinfo=UTC))
    build_message(account, created=datetime(2026, 11, 18, 18, 30, tzinfo=UTC))
    totals = [bucket.total for bucket in figures_of(account, period="7d").buckets]
    assert totals == [0, 0, 0, 0, 1, 1, 0]


def test_dnd_stands_out_from_other_failures(account):
    build_message(account, Status.FAILED, created=NOW, error_code="carrier.dnd_blocked")
    build_message(account, Status.FAILED, created=NOW, error_code="carrier.absent")
    counts = figures_of(account).buckets[-1].counts
    assert (counts["dnd"], counts["failed"]) == (1, 1)


def test_reasons_come_with_the_most_frequent_first(account):
    for code in ("carrier.absent", "dlt.header_unknown", "carrier.absent"):
        build_message(account, Status.FAILED, created=NOW, error_code=code)
    build_message(account, created=NOW)
    reasons = [(reason.code, reason.messages) for reason in figures_of(account).reasons]
    assert reasons == [("carrier.absent", 2), ("dlt.header_unknown", 1)]


def test_a_test_call_costs_nothing_in_the_report(account):
    build_message(account, created=NOW, origin=Message.Origin.TEST_CALL)
    assert figures_of(account).now.spend == 0


def test_an_account_without_messages_has_no_rate_and_no_wait(account):
    found = figures_of(account).now
    assert (found.delivery_rate, found.median_seconds, found.p95_seconds) == (None, None, None)


def test_messages_of_another_account_are_never_counted(account, other_account):
    build_message(other_account, created=NOW)
    assert figures_of(account).now.messages == 0


def test_long_periods_are_cut_into_weeks():
    period = period_from({"from": "2026-01-01", "to": "2026-11-20"}, zone=INDIA, now=NOW)
    cut = buckets_of(period)
    assert cut.unit == "week"
    assert len(cut.starts) == 47
