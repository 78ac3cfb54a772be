"""Values in expressions: plain data, with JavaScript's rules for what counts as what.

A text is a ``str``, a number an ``int`` or a ``float``, null is None, undefined is ``MISSING``, an
array a ``list``, an object a mapping, a regular expression a ``Regex`` and a time a ``Moment``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from applets.expressions.errors import Trouble

MOMENT_FORMAT: Final = "%Y-%m-%d %H:%M"
_EXACT: Final = 2**53
# Named once: a union in each call would be made anew each time.
_SCALAR: Final = (str, int)
_NUMERIC: Final = (int, float)
_NUMBER: Final = re.compile(
    r"[+-]?(?:Infinity|(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?)",
    re.ASCII,
)
_SCIENTIFIC_FROM: Final = 1e21


class _Missing:
    """The value of what is not there; unlike None, which JSON can hold."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, in the zone of the workspace."""

    at: datetime

    @property
    def text(self) -> str:
        return self.at.strftime(MOMENT_FORMAT)


class Lazy(Mapping[str, Any]):
    """An object whose fields are worked out when they are read, each once."""

    def __init__(self, readers: Mapping[str, Callable[[Any], Any]], of: Any) -> None:
        self._readers, self._of = readers, of
        self._known: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._known:
            self._known[key] = self._readers[key](self._of)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def truthy(value: Any) -> bool:
    """Return whether a value counts as true: all but 0, NaN, "", null, undefined and false."""
    if value is None or value is MISSING:
        return False
    if isinstance(value, float):
        return value != 0 and value == value  # NaN is not itself
    return bool(value) if isinstance(value, _SCALAR) else True


def kind_of(value: Any) -> str:
    """Return what ``typeof`` says."""
    if value is MISSING:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "object"


def called(value: Any) -> str:
    """Return what a value is, as errors say it."""
    if value is MISSING or value is None:
        return "no value"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Moment):
        return "a time"
    words = {"boolean": "true or false", "number": "a number", "string": "a text"}
    return words.get(kind_of(value), "an object")


def number_of(value: Any) -> int | float:
    """Return a value as a number; NaN when it is none."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return _number_in(value)
    if isinstance(value, Moment):
        return round(value.at.timestamp() * 1000)
    return 0 if value is None else math.nan


def _number_in(text: str) -> int | float:
    text = text.strip()
    if not text:
        return 0
    if not _NUMBER.fullmatch(text):
        return math.nan
    if len(text) <= 16 and text.lstrip("+-").isdigit():
        return int(text)
    return tidy(float(text.replace("Infinity", "inf")))


def tidy(number: int | float) -> int | float:
    """Return a number as the doubles of JavaScript hold it: whole ones as ``int`` while exact."""
    if isinstance(number, int):
        return number if -_EXACT <= number <= _EXACT else _as_float(number)
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _as_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def number_text(number: int | float) -> str:
    """Return a number as JavaScript writes it: 5.0 is ``5``, 1e-07 is ``1e-7``."""
    if isinstance(number, int):
        return str(number)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < _SCIENTIFIC_FROM:
        return str(int(number))
    return re.sub(r"e([+-])0+", r"e\1", repr(number))


def text_of(value: Any) -> str:
    """Return a value as a text. Raises Trouble for objects, and for what is no value at all."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isnan(value):
        raise Trouble("a part of it is not a number")
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, Moment):
        return value.text
    if value is None or value is MISSING:
        raise Trouble("a part of it has no value")
    if isinstance(value, list):
        raise Trouble("a list cannot stand in a text; use join() or JSON.stringify()")
    raise Trouble("an object cannot stand in a text; use JSON.stringify()")


def same(one: Any, other: Any) -> bool:
    """Return what ``===`` says; lists and objects are the same only as one and the same thing."""
    if type(one) is str:
        return type(other) is str and one == other
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, _NUMERIC) and isinstance(other, _NUMERIC):
        return bool(one == other)
    if isinstance(one, Moment) and isinstance(other, Moment):
        return one.at == other.at
    return one is other


def loosely_same(one: Any, other: Any) -> bool:
    """Return what ``==`` says: null is undefined, and "5" is 5."""
    if one is None or one is MISSING or other is None or other is MISSING:
        return (one is None or one is MISSING) and (other is None or other is MISSING)
    if kind_of(one) == kind_of(other) or kind_of(one) == "object" or kind_of(other) == "object":
        return same(one, other)
    return number_of(one) == number_of(other)


def well_formed(text: str) -> str:
    """Return a text that every store and library can hold: halves of a surrogate pair are joined or
    replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
