"""When a business is open: a week of hours, holidays, and the verdict for one moment.

Pure: the moment comes in, nothing reads a clock. The panel shows the same verdict while somebody
edits: ``frontend/src/model/opening_hours.ts``. Both pass ``tests/cases/opening_hours.json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated, Any, Final, Literal, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from applets.base import gettext_noop as _
from applets.run import zone_of

MOST_INTERVALS: Final = 4
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

_ONE_DAY: Final = timedelta(days=1)
# A week repeats itself, but where the clock is put forward a short interval can fall away: two weeks
# and a bit show every change of a schedule without holidays.
_REACH: Final = timedelta(days=16)
_YEARS_BETWEEN_LEAP_DAYS: Final = 8  # around 2100; else 4

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Reason = Literal["hours", "holiday", "no_schedule"]
Span: TypeAlias = tuple[datetime, datetime]
"""From and until, in UTC."""


class Interval(BaseModel):
    """Open from one time of day to another; one that ends when it begins, or before, ends on the
    next day: ``00:00`` to ``00:00`` is the whole day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: Clock
    closes: Clock

    @property
    def overnight(self) -> bool:
        return self.closes <= self.opens


Intervals = Annotated[tuple[Interval, ...], Field(max_length=MOST_INTERVALS)]


class Week(BaseModel):
    """The hours of an ordinary week. A day without intervals is closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mon: Intervals = ()
    tue: Intervals = ()
    wed: Intervals = ()
    thu: Intervals = ()
    fri: Intervals = ()
    sat: Intervals = ()
    sun: Intervals = ()

    def days(self) -> tuple[tuple[Interval, ...], ...]:
        """Return Monday to Sunday."""
        return (self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun)


class Holiday(BaseModel):
    """A date with hours of its own, closed if it has none; ``yearly``: in every year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
    name: str = Field(default="", max_length=60)
    yearly: bool = False
    hours: Intervals = ()


class Schedule(Protocol):
    """What a verdict is made from."""

    @property
    def time_zone(self) -> str:
        """By its IANA name; empty: the moment's own."""

    @property
    def week(self) -> Week: ...

    @property
    def holidays(self) -> tuple[Holiday, ...]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Open or closed, why, and until when: local time, None if it never changes."""

    open: bool
    reason: Reason
    until: datetime | None
    holiday: str = ""
    """The holiday's name, when the day is one."""


def is_open(schedule: Schedule, moment: datetime) -> Verdict:
    """Return the verdict for a moment, which must know its zone.

    The hours of a day belong to the day they begin on, but a holiday is a whole day: what began on the
    evening before ends at its midnight. A time that the clock shows twice, or not at all, is taken as
    RFC 5545 takes it: the first one, or as if the clock had not been changed yet.
    """
    zone = zone_of(schedule.time_zone) if schedule.time_zone else moment.tzinfo
    if zone is None:
        raise ValueError("the moment must know its zone")
    here = moment.astimezone(zone)
    calendar = _Calendar(schedule, zone)
    today, at = here.date(), here.astimezone(UTC)
    opened = any(start <= at < end for start, end in calendar.spans(today, today))
    until = calendar.change_after(at, today, opened=opened)
    holiday = calendar.holiday_on(today)
    return Verdict(
        open=opened,
        reason=_reason(schedule, holiday),
        until=until.astimezone(zone) if until else None,
        holiday=holiday.name if holiday else "",
    )


def has_hours(schedule: Schedule) -> bool:
    """Tell whether any day of the week has hours."""
    return any(schedule.week.days())


def _reason(schedule: Schedule, holiday: Holiday | None) -> Reason:
    if holiday is not None:
        return "holiday"
    return "hours" if has_hours(schedule) else "no_schedule"


class _Calendar:
    """A schedule laid over real days of one zone."""

    def __init__(self, schedule: Schedule, zone: tzinfo) -> None:
        self.zone = zone
        self.week = schedule.week.days()
        self._known: dict[date, list[Span]] = {}
        self.once: dict[date, Holiday] = {}
        self.yearly: dict[tuple[int, int], Holiday] = {}
        for holiday in schedule.holidays:
            if holiday.yearly:
                self.yearly.setdefault((holiday.date.month, holiday.date.day), holiday)
            else:
                self.once.setdefault(holiday.date, holiday)

    def holiday_on(self, day: date) -> Holiday | None:
        """Return a day's holiday; one for just this date goes before one of every year."""
        return self.once.get(day) or self.yearly.get((day.month, day.day))

    def spans(self, first: date, last: date) -> list[Span]:
        """Return when it is open from the first day to the last, in order and joined where they touch.

        Hours that begin on later days are not in it.
        """
        found: list[Span] = []
        day = (
            first - 2 * _ONE_DAY
        )  # the longest interval, and a clock put forward, reach no further
        while day <= last:
            found += self._spans_of(day)
            day += _ONE_DAY
        return _joined(sorted(found))

    def change_after(self, at: datetime, today: date, *, opened: bool) -> datetime | None:
        """Return when the verdict next changes."""
        for first, last in self._windows(today):
            since = max(at, self._instant(first, "00:00"))
            changes = _next_end if opened else _next_start
            change = changes(self.spans(first, last), since)
            # At the edge the next day's hours may join on.
            if change is not None and change < self._instant(last + _ONE_DAY, "00:00"):
                return change
        return None

    def _windows(self, today: date) -> Iterator[tuple[date, date]]:
        """Yield where to look for the next change: now; within two weeks; then, as an ordinary week
        seems to bring none, around each holiday to come."""
        yield today, today + _ONE_DAY
        yield today, today + _REACH
        holidays = self._holidays_from(today)
        # Holidays may have hidden the ordinary week so far: then it shows after one of them.
        hidden = bool(holidays) and holidays[0] <= today + _REACH
        for day in holidays:
            yield day - _ONE_DAY, day + (_REACH if hidden else 2 * _ONE_DAY)

    def _holidays_from(self, today: date) -> list[date]:
        days = {day for day in self.once if day >= today}
        for month, number in self.yearly:
            days.update(_next_two(month, number, today))
        return sorted(days)

    def _spans_of(self, day: date) -> Iterator[Span]:
        holiday = self.holiday_on(day)
        tomorrow = day + _ONE_DAY
        for interval in self.week[day.weekday()] if holiday is None else holiday.hours:
            start = self._instant(day, interval.opens)
            if not interval.overnight:
                end = self._instant(day, interval.closes)
            else:
                closes = "00:00" if self.holiday_on(tomorrow) else interval.closes
                end = self._instant(tomorrow, closes)
            if start < end:  # not so for hours that the clock leaps over
                yield start, end

    def _instant(self, day: date, clock: str) -> datetime:
        hour, minute = int(clock[:2]), int(clock[3:])
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
        return local.astimezone(UTC)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _next_start(spans: Sequence[Span], since: datetime) -> datetime | None:
    return next((start for start, _end in spans if start > since), None)


def _next_end(spans: Sequence[Span], since: datetime) -> datetime | None:
    return next((end for start, end in spans if start <= since < end), None)


def _next_two(month: int, number: int, today: date) -> Iterator[date]:
    """Yield the next two days of this name: 29 February is not in every year."""
    found = 0
    for year in range(today.year, today.year + 2 * _YEARS_BETWEEN_LEAP_DAYS + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today and found < 2:
            found += 1
            yield day


INDIAN_HOLIDAYS: Final[Sequence[Any]] = tuple(
    {"label": label, "date": day, "yearly": yearly}
    for label, day, yearly in (
        # The three national holidays of India, and Christmas: the same date in every year.
        (_("Republic Day"), "2026-01-26", True),
        (_("Independence Day"), "2026-08-15", True),
        (_("Gandhi Jayanti"), "2026-10-02", True),
        (_("Christmas Day"), "2026-12-25", True),
        # Diwali follows the moon: the evening of the new moon of Kartik, as central government keeps
        # it (timeanddate.com/holidays/india/diwali). Some states keep the day before.
        (_("Diwali"), "2026-11-08", False),
        (_("Diwali"), "2027-10-29", False),
        (_("Diwali"), "2028-10-17", False),
    )
)
"""Holidays to add with one click. Feasts whose date is not certain are left out."""
