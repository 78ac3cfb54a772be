"""What expressions can call by name."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from urllib.parse import quote, unquote

from applets.expressions.arguments import text, whole
from applets.expressions.documented import documented
from applets.expressions.errors import Trouble
from applets.expressions.plain import read, written
from applets.expressions.scope import Scope
from applets.expressions.values import (
    MISSING,
    Moment,
    called,
    number_of,
    number_text,
    text_of,
    tidy,
    truthy,
    well_formed,
)

_LEADING_FLOAT: Final = re.compile(
    r"\s*([+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?)",
    re.ASCII,
)
_LEADING_WHOLE: Final = re.compile(r"\s*([+-]?)(?:0[xX])?([0-9A-Za-z]{1,64})", re.ASCII)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
# What encodeURIComponent leaves as it is, beside letters and digits. Source: ECMA-262, 19.2.6.4.
_UNRESERVED: Final = "-_.!~*'()"


@documented("function", "String(value)", "A value as a text.", "String(4.50)", '"4.5"')
def string(scope: Scope, value: Any = "") -> str:
    scope.spend()
    return text_of(value)


@documented(
    "function", "Number(value)", "A text as a number; NaN when it is none.", 'Number("42")', "42"
)
def number(scope: Scope, value: Any = 0) -> int | float:
    scope.spend()
    return tidy(number_of(value))


@documented("function", "Boolean(value)", "Whether a value counts as true.", 'Boolean("")', "false")
def boolean(scope: Scope, value: Any = MISSING) -> bool:
    scope.spend()
    return truthy(value)


@documented("function", "isNaN(value)", "Whether a value is no number.", 'isNaN("abc")', "true")
def is_nan(scope: Scope, value: Any = MISSING) -> bool:
    scope.spend()
    return math.isnan(number_of(value))


@documented(
    "function", "parseInt(text, base)", "The whole number a text begins with; NaN when there is none.",
    'parseInt("25 s")', "25",
)  # fmt: skip
def parse_int(scope: Scope, value: Any = MISSING, base: Any = 10) -> int | float:
    scope.spend()
    radix = whole(base, 10) or 10
    found = _LEADING_WHOLE.match(
        number_text(value) if isinstance(value, float) else text(value, "parseInt()")
    )
    if not 2 <= radix <= 36 or found is None:
        return math.nan
    digits = ""
    for sign in found[2].lower():
        if _DIGITS.index(sign) >= radix:
            break
        digits += sign
    if not digits:
        return math.nan
    return tidy(int(f"{found[1]}{digits}", radix))


@documented(
    "function", "parseFloat(text)", "The number a text begins with; NaN when there is none.",
    'parseFloat("4.5 kg")', "4.5",
)  # fmt: skip
def parse_float(scope: Scope, value: Any = MISSING) -> int | float:
    scope.spend()
    found = _LEADING_FLOAT.match(text(value, "parseFloat()"))
    return tidy(float(found[1])) if found else math.nan


@documented(
    "function", "encodeURIComponent(text)", "A text as it can stand in a part of a web address.",
    'encodeURIComponent("a b&c")', '"a%20b%26c"',
)  # fmt: skip
def encode(scope: Scope, value: Any = MISSING) -> str:
    given = well_formed(text(value, "encodeURIComponent()"))
    scope.text(len(given) * 3)
    return quote(given, safe=_UNRESERVED)


@documented(
    "function", "decodeURIComponent(text)", "The text that stands in a part of a web address.",
    'decodeURIComponent("a%20b")', '"a b"',
)  # fmt: skip
def decode(scope: Scope, value: Any = MISSING) -> str:
    given = text(value, "decodeURIComponent()")
    scope.text(len(given))
    return unquote(well_formed(given))


@documented(
    "function", "JSON.stringify(value)", "A value as JSON text.", "JSON.stringify({ok: true})",
    '"{\\"ok\\":true}"',
)  # fmt: skip
def stringify(scope: Scope, value: Any = MISSING) -> Any:
    return MISSING if value is MISSING else written(value, scope)


@documented(
    "function", "JSON.parse(text)", "What a JSON text says.", "JSON.parse('[1, 2]')", "[1, 2]"
)
def parse(scope: Scope, value: Any = MISSING) -> Any:
    return read(text(value, "JSON.parse()"), scope)


@documented("function", "Math.round(number)", "The nearest whole number.", "Math.round(4.5)", "5")
def rounded(scope: Scope, value: Any = MISSING) -> int | float:
    return _whole(scope, value, lambda given: math.floor(given + 0.5))


@documented("function", "Math.floor(number)", "The whole number below.", "Math.floor(4.9)", "4")
def floor(scope: Scope, value: Any = MISSING) -> int | float:
    return _whole(scope, value, math.floor)


@documented("function", "Math.ceil(number)", "The whole number above.", "Math.ceil(4.1)", "5")
def ceil(scope: Scope, value: Any = MISSING) -> int | float:
    return _whole(scope, value, math.ceil)


@documented(
    "function", "Math.trunc(number)", "Without what is after the point.", "Math.trunc(-4.7)", "-4"
)
def trunc(scope: Scope, value: Any = MISSING) -> int | float:
    return _whole(scope, value, math.trunc)


@documented("function", "Math.abs(number)", "Without its sign.", "Math.abs(-3)", "3")
def absolute(scope: Scope, value: Any = MISSING) -> int | float:
    scope.spend()
    return tidy(abs(number_of(value)))


@documented("function", "Math.min(number, …)", "The smallest.", "Math.min(3, 1, 2)", "1")
def smallest(scope: Scope, *values: Any) -> int | float:
    return _extreme(scope, values, math.inf, min)


@documented("function", "Math.max(number, …)", "The largest.", "Math.max(3, 1, 2)", "3")
def largest(scope: Scope, *values: Any) -> int | float:
    return _extreme(scope, values, -math.inf, max)


@documented(
    "function", "Object.keys(object)", "A list of an object's keys.", "Object.keys({a: 1})", '["a"]'
)
def keys(scope: Scope, value: Any = MISSING) -> list[Any]:
    given = _object(value, "Object.keys()")
    scope.items(len(given))
    return list(given)


@documented(
    "function",
    "Object.values(object)",
    "A list of an object's values.",
    "Object.values({a: 1})",
    "[1]",
)
def values(scope: Scope, value: Any = MISSING) -> list[Any]:
    given = _object(value, "Object.values()")
    scope.items(len(given))
    return list(given.values())


@documented(
    "function", "Array.isArray(value)", "Whether a value is a list.", "Array.isArray([1])", "true"
)
def is_array(scope: Scope, value: Any = MISSING) -> bool:
    scope.spend()
    return isinstance(value, list)


@documented(
    "function", "formatDate(time, form)", "A time in the workspace's zone, written as the form says:"
    " YYYY, MM, DD, HH, mm, ss, and ddd or dddd for the weekday, MMM or MMMM for the month.",
    'formatDate(parseDate("2026-01-05T10:30:00+05:30"), "DD.MM.YYYY HH:mm")', '"05.01.2026 10:30"',
)  # fmt: skip
def format_date(scope: Scope, value: Any = MISSING, form: Any = "YYYY-MM-DD HH:mm") -> str:
    if not isinstance(value, Moment):
        raise Trouble(f"formatDate() wants a time such as now, not {called(value)}")
    written_form = text(form, "formatDate()")
    scope.text(len(written_form) * 9)
    return _DATE_PART.sub(lambda part: value.at.strftime(_DATE_PARTS[part[0]]), written_form)


@documented(
    "function", "parseDate(text)", "The time that a text such as 2026-01-05T10:30:00Z names; without"
    " a zone it is that of the workspace.", 'parseDate("2026-01-05T10:30:00Z").getFullYear()', "2026",
)  # fmt: skip
def parse_date(scope: Scope, value: Any = MISSING) -> Moment:
    scope.spend()
    if isinstance(value, Moment):
        return value
    now = scope.lookup("now")
    zone = now.at.tzinfo if isinstance(now, Moment) else UTC
    try:
        at = datetime.fromisoformat(text(value, "parseDate()").strip()[:40])
        return Moment(at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone))
    except (ValueError, OverflowError):
        raise Trouble("parseDate() was given a text that is not a time") from None


_DATE_PARTS: Final = {
    "YYYY": "%Y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "DD": "%d", "dddd": "%A", "ddd": "%a",
    "HH": "%H", "mm": "%M", "ss": "%S",
}  # fmt: skip
_DATE_PART: Final = re.compile("|".join(_DATE_PARTS))


@documented(
    "number", "toFixed(digits)", "A number with so many digits after the point.", "(4.5).toFixed(2)",
    '"4.50"',
)  # fmt: skip
def to_fixed(scope: Scope, value: int | float, digits: Any = 0) -> str:
    scope.spend()
    places = whole(digits, 0)
    if not 0 <= places <= 20:
        raise Trouble("toFixed() wants 0 to 20 digits")
    if (isinstance(value, float) and not math.isfinite(value)) or abs(value) >= 1e21:
        return number_text(value)
    return str(Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


@documented(
    "object",
    "hasOwnProperty(key)",
    "Whether an object has a key.",
    '({a: 1}).hasOwnProperty("a")',
    "true",
)
def has_own(scope: Scope, value: Mapping[str, Any], key: Any = MISSING) -> bool:
    scope.spend()
    return text(key, "hasOwnProperty()") in value


def _whole(scope: Scope, value: Any, by: Any) -> int | float:
    scope.spend()
    given = number_of(value)
    return tidy(by(given)) if math.isfinite(given) else given


def _extreme(scope: Scope, given: tuple[Any, ...], start: float, choose: Any) -> int | float:
    scope.spend(len(given))
    numbers = [number_of(value) for value in given]
    if any(isinstance(number, float) and math.isnan(number) for number in numbers):
        return math.nan
    return tidy(choose(numbers)) if numbers else start


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise Trouble(f"{what} wants an object, not {called(value)}")
