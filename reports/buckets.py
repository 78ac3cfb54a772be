"""A period cut into hours, days or weeks, and the database expression that sorts a row into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Case, IntegerField, Value, When

from core.periods import Period, midnight

MOST_DAYS: Final = 92


@dataclass(frozen=True, slots=True)
class Buckets:
    """Where each bucket starts, in order; the last one ends with the period."""

    unit: str  # hour, day, week
    starts: tuple[datetime, ...]

    def label(self, index: int) -> str:
        """Return what stands under a bar."""
        start = self.starts[index]
        if self.unit == "hour":
            return f"{start:%H:%M}"
        return f"{start:%a} {start.day}" if len(self.starts) <= 14 else f"{start.day} {start:%b}"

    def name(self, index: int) -> str:
        """Return the whole name, for tables and readers."""
        start = self.starts[index]
        if self.unit == "hour":
            return f"{start:%H:%M}"
        day = f"{start:%a} {start.day} {start:%b %Y}"
        return f"Week from {day}" if self.unit == "week" else day


def buckets_of(period: Period) -> Buckets:
    """Cut into hours a single day, into days what a chart can show, into weeks the rest."""
    zone = period.zone
    if period.days == 1:
        hours = range(
            int((period.end.astimezone(UTC) - period.start.astimezone(UTC)) / timedelta(hours=1))
        )
        first = period.start.astimezone(UTC)
        return Buckets("hour", tuple((first + timedelta(hours=h)).astimezone(zone) for h in hours))
    step = 1 if period.days <= MOST_DAYS else 7
    days = range(0, period.days, step)
    starts = tuple(midnight(period.first + timedelta(days=day), zone) for day in days)
    return Buckets("day" if step == 1 else "week", starts)


def index_of(starts: Sequence[datetime], low: int = 0, high: int | None = None) -> Case | Value:
    """Give a row's bucket by comparing ``created`` with the starts, halving them at each step.

    Comparisons with fixed moments are exact in every time zone and need no date function of the
    database.
    """
    high = len(starts) if high is None else high
    if high - low <= 1:
        return Value(low, output_field=IntegerField())
    middle = (low + high) // 2
    return Case(
        When(created__lt=starts[middle], then=index_of(starts, low, middle)),
        default=index_of(starts, middle, high),
        output_field=IntegerField(),
    )
