"""Spans of whole days in an account's time zone, as people choose them for a report or a log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from core.errors import DomainError

LONGEST_DAYS: Final = 400
TO: Final = "\N{EN DASH}"
CUSTOM: Final = "custom"
CHOICES: Final = {"today": 1, "7d": 7, "30d": 30, "90d": 90}
NAMES: Final = {
    "today": "Today",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
    CUSTOM: "Custom dates",
}


class BadPeriod(DomainError):
    """The dates do not make a period; ``problem`` says why and what to do."""

    code: ClassVar[str] = "period.not_valid"
    message: ClassVar[str] = "{problem}"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, first and last included, in one time zone."""

    key: str
    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def name(self) -> str:
        """Name the days, with no more months and years than are needed: 14 to 20 Nov 2026."""
        last = f"{self.last.day} {self.last:%b %Y}"
        if self.first == self.last:
            return last
        if self.first.year != self.last.year:
            return f"{self.first.day} {self.first:%b %Y} {TO} {last}"
        if self.first.month != self.last.month:
            return f"{self.first.day} {self.first:%b} {TO} {last}"
        return f"{self.first.day} {TO} {last}"

    def includes(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def so_far(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the part of the period that has passed: up to ``now`` while it runs."""
        return self.start, min(self.end, now) if self.includes(now) else self.end

    def before(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the same span right before, cut at the same hour while the period still runs."""
        start, end = self.so_far(now)
        return self._earlier(start), self._earlier(end)

    def _earlier(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone).replace(tzinfo=None) - timedelta(days=self.days)
        return local.replace(tzinfo=self.zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def period_from(
    wanted: Mapping[str, str], *, zone: ZoneInfo, now: datetime, default: str = "7d"
) -> Period:
    """Read ``period``, or ``from`` and ``to``, of a query; both dates are included.

    Raises BadPeriod for dates that are no dates, go backwards or are more than 400 days apart.
    """
    today = now.astimezone(zone).date()
    first_text, last_text = wanted.get("from", ""), wanted.get("to", "")
    key = wanted.get("period") or (CUSTOM if first_text or last_text else default)
    if key == CUSTOM:
        return _custom(first_text, last_text, zone=zone, today=today)
    if key not in CHOICES:
        known = ", ".join([*CHOICES, CUSTOM])
        raise BadPeriod(problem=f"There is no period “{key[:20]}”. Choose one of: {known}.")
    return Period(key, today - timedelta(days=CHOICES[key] - 1), today, zone)


def _custom(first_text: str, last_text: str, *, zone: ZoneInfo, today: date) -> Period:
    first, last = _date(first_text, "from", today), _date(last_text, "to", today)
    if last < first:
        raise BadPeriod(
            problem=f"The period ends on {last_text}, before it begins on {first_text}."
            " Swap the two dates."
        )
    if (last - first).days >= LONGEST_DAYS:
        raise BadPeriod(
            problem=f"A period has {LONGEST_DAYS} days at most. Choose dates closer together."
        )
    return Period(CUSTOM, first, last, zone)


def _date(text: str, field: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadPeriod(
            problem=f"“{field}” needs a date such as {today.isoformat()}. Choose both dates."
        ) from None
    if not 2000 <= day.year <= 2100:  # keeps time zone arithmetic inside what a datetime can hold
        raise BadPeriod(problem="Choose dates between the years 2000 and 2100.")
    return day
