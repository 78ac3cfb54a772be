"""Periods as people choose them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.periods import BadPeriod, Period, period_from

INDIA = ZoneInfo("Asia/Kolkata")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # already the 21st in India


def test_the_last_seven_days_end_with_today_in_the_zone_of_the_account():
    period = period_from({}, zone=INDIA, now=NOW)
    assert (period.first, period.last) == (date(2026, 11, 15), date(2026, 11, 21))
    assert period.start == datetime(2026, 11, 14, 18, 30, tzinfo=UTC)
    assert period.name == "15 \N{EN DASH} 21 Nov 2026"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 11, 1), date(2026, 11, 1), "1 Nov 2026"),
        (date(2026, 10, 30), date(2026, 11, 2), "30 Oct \N{EN DASH} 2 Nov 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 Dec 2025 \N{EN DASH} 2 Jan 2026"),
    ],
)
def test_a_name_has_no_more_months_and_years_than_it_needs(first, last, name):
    assert Period("custom", first, last, INDIA).name == name


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"from": "2026-11-20", "to": "2026-11-10"}, "before it begins"),
        ({"from": "2025-01-01", "to": "2026-11-10"}, "400 days at most"),
        ({"from": "2026-11-20"}, "needs a date"),
        ({"from": "yesterday", "to": "2026-11-10"}, "needs a date"),
        ({"from": "0001-01-01", "to": "0001-01-02"}, "years 2000"),
        ({"period": "year"}, "There is no period"),
        ({"period": "custom"}, "needs a date"),
    ],
)
def test_dates_that_make_no_period_are_refused_in_plain_words(wanted, words):
    with pytest.raises(BadPeriod, match=words):
        period_from(wanted, zone=INDIA, now=NOW)


def test_four_hundred_days_are_the_longest_period():
    period = period_from({"from": "2025-10-18", "to": "2026-11-21"}, zone=INDIA, now=NOW)
    assert period.days == 400


def test_a_running_period_is_compared_with_one_cut_at_the_same_hour():
    period = period_from({"period": "today"}, zone=INDIA, now=NOW)
    start, end = period.before(NOW)
    assert start == datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
    assert end == datetime(2026, 11, 19, 20, 0, tzinfo=UTC)


def test_a_day_with_a_change_of_the_clocks_has_all_its_hours():
    period = Period("custom", date(2026, 10, 25), date(2026, 10, 25), BERLIN)
    assert (period.end.astimezone(UTC) - period.start.astimezone(UTC)).total_seconds() == 25 * 3600
