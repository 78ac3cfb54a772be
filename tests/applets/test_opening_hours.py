"""When it is open, and until when: examples, and the law that ``until`` is the next change."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applets.opening_hours import DAYS, INDIAN_HOLIDAYS, Holiday, is_open
from applets.types.hours import HoursSettings

CASES = json.loads(
    (Path(__file__).parent.parent / "cases" / "opening_hours.json").read_text("utf-8")
)

WEEKS: dict[str, dict[str, Any]] = {
    "office": {day: [{"opens": "09:00", "closes": "18:00"}] for day in DAYS[:5]},
    "always": {day: [{"opens": "00:00", "closes": "00:00"}] for day in DAYS},
    "nights": {day: [{"opens": "22:00", "closes": "06:00"}] for day in DAYS},
    "all_night": {"sat": [{"opens": "22:00", "closes": "06:00"}]},
    "half_past_one": {"sun": [{"opens": "01:30", "closes": "05:00"}]},
    "until_half_past_one": {day: [{"opens": "00:00", "closes": "01:30"}] for day in DAYS},
}


def settings_of(written: Any) -> HoursSettings:
    """Settings as the cases write them: a week may stand there by its name."""
    whole = {"week": written} if isinstance(written, str) else dict(written)
    if isinstance(whole.get("week"), str):
        whole["week"] = WEEKS[whole["week"]]
    return HoursSettings.model_validate(whole)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdicts(case: dict[str, Any]) -> None:
    moment = datetime.fromisoformat(case["at"]).astimezone(ZoneInfo(case["zone"]))
    verdict = is_open(settings_of(case["settings"]), moment)
    assert verdict.open is case["open"]
    assert verdict.reason == case["reason"]
    assert (verdict.until.isoformat() if verdict.until else None) == case["until"]


def test_the_ready_made_holidays_are_holidays() -> None:
    named: dict[str, list[Holiday]] = {}
    for row in INDIAN_HOLIDAYS:
        holiday = Holiday(date=row["date"], name=row["label"], yearly=row["yearly"])
        named.setdefault(holiday.name, []).append(holiday)
    assert [holiday.yearly for holiday in named["Republic Day"]] == [True]
    diwali = [holiday.date.isoformat() for holiday in named["Diwali"]]
    assert diwali == ["2026-11-08", "2027-10-29", "2028-10-17"]
    assert not any(holiday.yearly for holiday in named["Diwali"])


def test_who_answers_in_a_zone_without_summer_time_is_the_same_all_year() -> None:
    office = settings_of("office")
    for month in range(1, 13):
        nine = datetime(2026, month, 13, 9, tzinfo=ZoneInfo("Asia/Kolkata"))
        wanted = nine.weekday() < 5
        assert is_open(office, nine).open is wanted
        assert not is_open(office, nine - timedelta(minutes=1)).open


clocks = st.builds(lambda half: f"{half // 2:02}:{half % 2 * 30:02}", st.integers(0, 47))
intervals = st.lists(st.fixed_dictionaries({"opens": clocks, "closes": clocks}), max_size=2)
holidays = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.dates(date(2026, 2, 1), date(2027, 2, 1)),
            "yearly": st.booleans(),
            "hours": st.lists(
                st.fixed_dictionaries({"opens": clocks, "closes": clocks}), max_size=1
            ),
        }
    ),
    max_size=4,
)
zones = st.sampled_from(
    ["Asia/Kolkata", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]
)


@settings(deadline=None)
@given(
    week=st.fixed_dictionaries(dict.fromkeys(DAYS, intervals)) | st.just(WEEKS["always"]),
    days=holidays,
    zone=zones,
    minute=st.integers(0, 365 * 24 * 60),
)
def test_until_is_the_next_change(
    week: dict[str, Any], days: list[Any], zone: str, minute: int
) -> None:
    hours = HoursSettings.model_validate({"week": week, "holidays": days, "time_zone": zone})
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    verdict = is_open(hours, moment)
    last = moment + timedelta(days=420)
    if verdict.until is not None:
        assert verdict.until > moment
        assert is_open(hours, verdict.until).open is not verdict.open
        last = verdict.until
    # All times are on the half hour, and so are the changes of these zones' clocks.
    steps = int((last - moment) / timedelta(minutes=30))
    for step in (*range(1, min(steps, 60)), *range(60, steps, 127)):
        between = moment + step * timedelta(minutes=30)
        assert is_open(hours, between).open is verdict.open, between
    assert is_open(hours, max(moment, last - timedelta(microseconds=1))).open is verdict.open
