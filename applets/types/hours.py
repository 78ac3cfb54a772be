"""Ask whether the business is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Final
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.fields import panel
from applets.opening_hours import (
    DAY_NAMES,
    INDIAN_HOLIDAYS,
    Holiday,
    Interval,
    Verdict,
    Week,
    has_hours,
    is_open,
)
from applets.registry import register
from applets.run import RunView, zone_of
from applets.variables import DIGITS, VariableInfo

_MOST_HOLIDAYS: Final = 100
_TIME_FORMAT: Final = "%Y-%m-%d %H:%M"


def _known_zone(name: str) -> str:
    if name:
        try:
            zone_of(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no such time zone; write one such as Asia/Kolkata") from None
    return name


class HoursSettings(AppletSettings):
    week: Week = Field(
        default=Week(),
        title=_("Opening hours"),
        description=_("By the clock of the time zone below."),
        json_schema_extra=panel("schedule"),
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="",
        title=_("Time zone"),
        description=_("Empty: the workspace's."),
        max_length=64,
        json_schema_extra=panel("time_zone", placeholder="Asia/Kolkata"),
    )
    holidays: Annotated[tuple[Holiday, ...], Field(max_length=_MOST_HOLIDAYS)] = Field(
        default=(),
        title=_("Holidays"),
        description=_("On these days only their own hours count."),
        json_schema_extra={**panel("holidays"), "ready_made": list(INDIAN_HOLIDAYS)},
    )


@register
class Hours(Applet[HoursSettings]):
    """Goes one way during your opening hours and another when you are closed."""

    slug = "hours"
    label = _("Opening hours")
    category = "logic"
    icon = "clock"
    settings_model = HoursSettings
    ports = (Port("open", _("Open")), Port("closed", _("Closed")))
    port_on_failure = "closed"
    leaves = (
        VariableInfo("open", _("Whether you are open"), "true", 5, "aeflrstu"),
        VariableInfo("reason", _("Why: hours, holiday or no_schedule"), "hours", 11),
        VariableInfo("until", _("Until when"), "2026-11-09 09:00", 16, f"{DIGITS}-: "),
        VariableInfo("holiday", _("Name of the holiday"), "Diwali", 60),
    )

    def enter(self, settings: HoursSettings, run: RunView) -> Exit:
        verdict = is_open(settings, run.local_time())
        found = {
            "open": verdict.open,
            "reason": verdict.reason,
            "until": _written(verdict.until),
            "holiday": verdict.holiday,
        }
        port = "open" if verdict.open else "closed"
        return Exit(port, result=found, detail=found, note=_note(verdict))

    def issues(self, settings: HoursSettings) -> Iterator[SettingIssue]:
        if not has_hours(settings):
            yield SettingIssue(
                "week",
                _("No day has opening hours: every call goes through “Closed”."),
                severity="warning",
                fix=_("Set the hours of at least one day."),
            )
        for name, intervals in zip(DAY_NAMES, settings.week.days(), strict=True):
            if _overlap(intervals):
                told = f"Two times of {name} overlap; they count as one."
                yield SettingIssue("week", told, severity="warning")
        yield from _holiday_issues(settings.holidays)


def _holiday_issues(holidays: tuple[Holiday, ...]) -> Iterator[SettingIssue]:
    """Yield dates that are there twice: only the first of them counts."""
    seen: set[tuple[bool, str]] = set()
    for holiday in holidays:
        day = holiday.date.isoformat()
        key = (holiday.yearly, day[5:] if holiday.yearly else day)
        if key in seen:
            told = f"{day} is there twice; only the first counts."
            yield SettingIssue("holidays", told, severity="warning", fix=_("Delete one of them."))
        seen.add(key)
        if _overlap(holiday.hours):
            told = f"Two times of {day} overlap; they count as one."
            yield SettingIssue("holidays", told, severity="warning")


def _overlap(intervals: tuple[Interval, ...]) -> bool:
    rows = sorted((row.opens, "24:00" if row.overnight else row.closes) for row in intervals)
    return any(one[1] > other[0] for one, other in pairwise(rows))


def _written(until: datetime | None) -> str | None:
    return until.strftime(_TIME_FORMAT) if until else None


def _note(verdict: Verdict) -> str:
    if verdict.reason == "no_schedule":
        return _("No day has opening hours.")
    if verdict.reason == "holiday":
        return f"It is {verdict.holiday}." if verdict.holiday else _("It is a holiday.")
    return ""
