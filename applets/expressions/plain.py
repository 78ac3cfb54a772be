"""Values as plain data: what JSON can hold, and nothing that is ours."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

from applets.expressions.errors import Exhausted, Trouble
from applets.expressions.scope import Scope
from applets.expressions.values import MISSING, Moment, well_formed

DEEPEST: Final = 50


def plain(value: Any, scope: Scope, depth: int = 0) -> Any:
    """Return a value as JSON has it: undefined as None, a time as its text. Raises Exhausted."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, Moment):
        return iso(value)
    return _plain_entries(value, scope, depth) if isinstance(value, list | Mapping) else None


def _plain_entries(value: list[Any] | Mapping[str, Any], scope: Scope, depth: int) -> Any:
    if depth >= DEEPEST:
        raise Exhausted(f"a value in it is nested more than {DEEPEST} times")
    scope.spend(len(value) * 50)
    if isinstance(value, list):
        return [plain(item, scope, depth + 1) for item in value]
    pairs = value.items()
    return {key: plain(item, scope, depth + 1) for key, item in pairs if item is not MISSING}


def _plain_number(value: float) -> int | float | None:
    if math.isnan(value) or math.isinf(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e21 else value


def iso(value: Moment) -> str:
    """Return a time as RFC 3339 in UTC, as ``toISOString`` does."""
    at = value.at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def written(value: Any, scope: Scope, indent: int | None = None) -> str:
    """Return a value as JSON text. Raises Exhausted."""
    made = plain(value, scope)
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(made, ensure_ascii=False, separators=separators, indent=indent)
    scope.text(len(text))
    return text


def read(text: str, scope: Scope) -> Any:
    """Return what a JSON text says. Raises Trouble."""
    scope.text(len(text))
    try:
        return json.loads(well_formed(text), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Trouble("JSON.parse() was given a text that is not JSON") from None


def _refused(constant: str) -> None:
    raise ValueError(constant)
