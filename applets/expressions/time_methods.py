"""What times can be asked, in the zone of the workspace. Months count from 0, as in JavaScript."""

from __future__ import annotations

from applets.expressions.documented import documented
from applets.expressions.plain import iso
from applets.expressions.scope import Scope
from applets.expressions.values import Moment

_MONDAY = 'parseDate("2026-01-05T10:30:15Z")'


@documented("time", "getFullYear()", "The year.", f"{_MONDAY}.getFullYear()", "2026")
def get_full_year(scope: Scope, value: Moment) -> int:
    return value.at.year


@documented("time", "getMonth()", "The month: 0 is January.", f"{_MONDAY}.getMonth()", "0")
def get_month(scope: Scope, value: Moment) -> int:
    return value.at.month - 1


@documented("time", "getDate()", "The day of the month.", f"{_MONDAY}.getDate()", "5")
def get_date(scope: Scope, value: Moment) -> int:
    return value.at.day


@documented("time", "getDay()", "The day of the week: 0 is Sunday.", f"{_MONDAY}.getDay()", "1")
def get_day(scope: Scope, value: Moment) -> int:
    return value.at.isoweekday() % 7


@documented(
    "time", "getHours()", "The hour, 0 to 23.", 'parseDate("2026-01-05T10:30:15").getHours()', "10"
)
def get_hours(scope: Scope, value: Moment) -> int:
    return value.at.hour


@documented(
    "time", "getMinutes()", "The minute.", 'parseDate("2026-01-05T10:30:15").getMinutes()', "30"
)
def get_minutes(scope: Scope, value: Moment) -> int:
    return value.at.minute


@documented("time", "getSeconds()", "The second.", f"{_MONDAY}.getSeconds()", "15")
def get_seconds(scope: Scope, value: Moment) -> int:
    return value.at.second


@documented(
    "time", "getTime()", "Milliseconds since 1970, for differences between times.",
    f"{_MONDAY}.getTime()", "1767609015000",
)  # fmt: skip
def get_time(scope: Scope, value: Moment) -> int:
    return round(value.at.timestamp() * 1000)


@documented(
    "time", "toISOString()", "The time in UTC, as computers write it.", f"{_MONDAY}.toISOString()",
    '"2026-01-05T10:30:15.000Z"',
)  # fmt: skip
def to_iso_string(scope: Scope, value: Moment) -> str:
    return iso(value)
