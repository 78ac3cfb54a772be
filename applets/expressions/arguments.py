"""Arguments of functions and methods, read as JavaScript reads them."""

from __future__ import annotations

import math
from typing import Any

from applets.expressions.errors import Trouble
from applets.expressions.values import MISSING, called, number_of, text_of


def text(value: Any, what: str) -> str:
    """Return an argument that must be a text or a number. Raises Trouble."""
    if value is MISSING or value is None or isinstance(value, list | dict):
        raise Trouble(f"{what} wants a text, not {called(value)}")
    return text_of(value)


def whole(value: Any, default: int) -> int:
    """Return an argument as a whole number; what is missing is the default, NaN is 0."""
    if value is MISSING:
        return default
    number = number_of(value)
    if isinstance(number, int):
        return number
    if math.isnan(number):
        return 0
    return int(max(min(number, 2.0**53), -(2.0**53)))


def span(length: int, start: Any, end: Any) -> tuple[int, int]:
    """Return the bounds that ``slice`` means: negative ones count from the end."""
    first, last = whole(start, 0), whole(end, length)
    first = max(length + first, 0) if first < 0 else min(first, length)
    last = max(length + last, 0) if last < 0 else min(last, length)
    return first, max(first, last)
