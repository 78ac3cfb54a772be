"""Arithmetic and comparisons. What has no value is refused where JavaScript would go on with
"undefined" or NaN: neither must get into a message."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from applets.expressions.errors import Trouble
from applets.expressions.scope import Scope
from applets.expressions.values import (
    MISSING,
    Moment,
    kind_of,
    loosely_same,
    number_of,
    same,
    text_of,
    tidy,
    truthy,
)

Operator = Callable[[Scope, Any, Any], Any]


def plus(scope: Scope, left: Any, right: Any) -> Any:
    """Add two numbers, or join two texts when either is one."""
    if isinstance(left, str) or isinstance(right, str):
        one, other = text_of(left), text_of(right)
        scope.text(len(one) + len(other))
        return one + other
    return tidy(_number(left) + _number(right))


def _number(value: Any) -> int | float:
    if value is MISSING or value is None:
        raise Trouble("a part of it has no value")
    if kind_of(value) == "object" and not isinstance(value, Moment):
        raise Trouble("lists and objects cannot be counted with")
    return tidy(number_of(value))


def _minus(_scope: Scope, left: Any, right: Any) -> int | float:
    return tidy(_number(left) - _number(right))


def _times(_scope: Scope, left: Any, right: Any) -> int | float:
    return tidy(_number(left) * _number(right))


def _divided(_scope: Scope, left: Any, right: Any) -> int | float:
    over, under = _number(left), _number(right)
    if under == 0:
        return math.nan if over == 0 or math.isnan(over) else math.copysign(math.inf, over)
    return tidy(over / under)


def _remainder(_scope: Scope, left: Any, right: Any) -> int | float:
    over, under = _number(left), _number(right)
    if under == 0 or math.isinf(over) or math.isnan(over) or math.isnan(under):
        return math.nan
    return tidy(math.fmod(over, under))


_ALIKE: Final = (int, str, float)


def _ordered(by: Callable[[Any, Any], bool]) -> Operator:
    def compare(_scope: Scope, left: Any, right: Any) -> bool:
        if type(left) is type(right) and type(left) in _ALIKE:
            return by(left, right)
        return by(_measure(left), _measure(right))

    return compare


def _measure(value: Any) -> int | float:
    """Return a value as a number to compare with; NaN, which is neither more nor less than any, for
    what is none."""
    if value is MISSING or (kind_of(value) == "object" and not isinstance(value, Moment | None)):
        return math.nan
    return number_of(value)


BINARY: Final[dict[str, Operator]] = {
    "===": lambda _scope, left, right: same(left, right),
    "!==": lambda _scope, left, right: not same(left, right),
    "==": lambda _scope, left, right: loosely_same(left, right),
    "!=": lambda _scope, left, right: not loosely_same(left, right),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "+": plus,
    "-": _minus,
    "*": _times,
    "/": _divided,
    "%": _remainder,
}

UNARY: Final[dict[str, Callable[[Any], Any]]] = {
    "!": lambda value: not truthy(value),
    "-": lambda value: tidy(-_number(value)),
    "+": lambda value: _number(value),
    "typeof": kind_of,
}
