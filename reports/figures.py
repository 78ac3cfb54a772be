"""The figures of the SMS report, rounded once: the page and the API say the same to the digit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from accounts.models import Account
from reports import queries
from reports.buckets import Buckets, buckets_of
from reports.filters import Filters
from reports.queries import GIVEN_BACK, Tally, Waits
from sms.states import FINAL, Status
from sms.wording import is_dnd

SERIES: Final = {
    "delivered": "Delivered",
    "sent": "Sent, no receipt yet",
    "queued": "Queued",
    "dnd": "DND blocked",
    "failed": "Failed",
}
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of some messages, and what is worked out from them."""

    messages: int = 0
    delivered: int = 0
    finalised: int = 0
    segments: int = 0
    paise: int = 0
    waits: Waits = field(default_factory=Waits)

    @property
    def delivery_rate(self) -> Decimal | None:
        """Per cent of the messages in a final state that arrived; None while there are none."""
        if not self.finalised:
            return None
        return _tenths(Decimal(100) * self.delivered / self.finalised)

    @property
    def median_seconds(self) -> Decimal | None:
        return _seconds(self.waits.median)

    @property
    def p95_seconds(self) -> Decimal | None:
        return _seconds(self.waits.p95)

    @property
    def spend(self) -> Decimal:
        return Decimal(self.paise).scaleb(-2)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)


def _seconds(took: timedelta | None) -> Decimal | None:
    if took is None:
        return None
    return _tenths(Decimal(took // timedelta(microseconds=1)) / 1_000_000)


def count(
    tallies: Iterable[Tally], late: Iterable[Tally] = (), waits: Waits | None = None
) -> Figures:
    """Add tallies up; ``late`` messages arrived after their money was given back."""
    messages = delivered = finalised = segments = paise = 0
    for tally in tallies:
        messages += tally.messages
        delivered += tally.messages if tally.status == Status.DELIVERED else 0
        finalised += tally.messages if tally.status in FINAL else 0
        segments += tally.segments
        paise += tally.paise
    for tally in late:
        segments -= tally.segments
        paise -= tally.paise
    return Figures(messages, delivered, finalised, segments, paise, waits or Waits())


def series_of(status: str, reason: str) -> str:
    """Return the part of a bar that a message belongs to."""
    if status == Status.DELIVERED:
        return "delivered"
    if status in {Status.SENT, Status.REMOTE_QUEUED}:
        return "sent"
    if status in {Status.CREATED, Status.PENDING}:
        return "queued"
    return "dnd" if is_dnd(reason) else "failed"


@dataclass(frozen=True, slots=True)
class Bucket:
    """One hour, day or week: its messages by series, and its own figures."""

    index: int
    counts: dict[str, int]
    figures: Figures

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why messages did not arrive, and how many."""

    code: str
    messages: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the upper half of the report shows."""

    now: Figures
    before: Figures
    cut: Buckets
    buckets: list[Bucket]
    reasons: list[Reason]
    at: datetime

    @property
    def passed(self) -> list[Bucket]:
        """The buckets that have begun: the rest of today is not a fall to zero."""
        return [bucket for bucket in self.buckets if self.cut.starts[bucket.index] <= self.at]


def summary(
    account: Account, filters: Filters, *, now: datetime, digits_hidden: bool = False
) -> Summary:
    """Ask the database for the figures of a period and of the one before it."""
    period, cut = filters.period, buckets_of(filters.period)
    rows = queries.messages(
        account, filters, (period.start, period.end), digits_hidden=digits_hidden
    )
    tallies = queries.tallies(rows, cut.starts)
    late = queries.tallies(queries.given_back_then_delivered(rows), cut.starts)
    medians = queries.median_waits(rows, cut.starts)
    return Summary(
        now=count(tallies, late, queries.waits(rows)),
        before=_before(account, filters, now=now, digits_hidden=digits_hidden),
        cut=cut,
        buckets=_buckets(cut, tallies, late, medians),
        reasons=reasons_of(tallies),
        at=now,
    )


def _before(account: Account, filters: Filters, *, now: datetime, digits_hidden: bool) -> Figures:
    span = filters.period.before(now)
    rows = queries.messages(account, filters, span, digits_hidden=digits_hidden)
    late = queries.tallies(queries.given_back_then_delivered(rows))
    return count(queries.tallies(rows), late, queries.waits(rows))


def _buckets(
    cut: Buckets, tallies: list[Tally], late: list[Tally], medians: dict[int, timedelta]
) -> list[Bucket]:
    found = []
    for index in range(len(cut.starts)):
        mine = [tally for tally in tallies if tally.bucket == index]
        counts = dict.fromkeys(SERIES, 0)
        for tally in mine:
            counts[series_of(tally.status, tally.reason)] += tally.messages
        mine_late = [tally for tally in late if tally.bucket == index]
        figures = count(mine, mine_late, Waits(median=medians.get(index)))
        found.append(Bucket(index, counts, figures))
    return found


def reasons_of(tallies: Iterable[Tally]) -> list[Reason]:
    """Return the reasons why messages did not arrive, the most frequent first."""
    counts: dict[str, int] = {}
    for tally in tallies:
        if tally.status in GIVEN_BACK:
            counts[tally.reason] = counts.get(tally.reason, 0) + tally.messages
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Reason(code, messages) for code, messages in ordered]
