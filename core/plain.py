"""JSON that every part can hold: the browser, both databases, a hash.

PostgreSQL's jsonb refuses ``\\u0000``; JavaScript rounds integers beyond 2**53 and reads
``__proto__`` as something else than a key; half a surrogate pair has no UTF-8.
"""

from __future__ import annotations

import math
from typing import Any, Final

DEEPEST: Final = 20
LARGEST_NUMBER: Final = 2**53
LONGEST_PATH: Final = 200

Fault = tuple[str, str]
"""The path to a value and what is wrong with it."""


def check_plain(data: object, *, largest: float = LARGEST_NUMBER) -> Fault | None:
    """Return the first fault of a JSON value, or None. ``largest``: the largest number allowed."""
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            return path, f"is nested deeper than {DEEPEST} levels"
        if isinstance(value, dict):
            if fault := _key_fault(value):
                return path or "the value", fault
            waiting += [
                (f"{path}.{key}".lstrip("."), item, depth + 1) for key, item in value.items()
            ]
        elif isinstance(value, list):
            waiting += [(_below(path, f"[{i}]"), item, depth + 1) for i, item in enumerate(value)]
        elif fault := _scalar_fault(value, largest):
            return path, fault
    return None


def _below(path: str, part: str) -> str:
    """Return the path to a part. Cut, or long keys over long lists would fill the memory."""
    return f"{path}{part[:LONGEST_PATH]}".lstrip(".")[:LONGEST_PATH]


def _key_fault(value: dict[str, Any]) -> str | None:
    for key in value:
        if key == "__proto__":
            return "has the key __proto__, which browsers do not read as a key"
        if fault := _text_fault(key):
            return f"has a key that {fault}"
    return None


def _scalar_fault(value: Any, largest: float) -> str | None:
    if isinstance(value, str):
        return _text_fault(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "is not a number"
    if isinstance(value, int | float) and abs(value) > largest:
        return "is too large a number; write long ids as text"
    return None


def _text_fault(text: str) -> str | None:
    if "\0" in text:
        return "holds a NUL character"
    if text.isascii():
        return None
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "holds half a character (an unpaired surrogate)"
    return None
