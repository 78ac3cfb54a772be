"""Expressions: the part of JavaScript's expressions that reads plain data and does nothing.

``docs/expressions.md`` describes the language. Read by a kept parser (lark), compiled once, worked
out by us over plain data within budgets; regular expressions by RE2.
"""

from __future__ import annotations

from applets.expressions.errors import (
    BadExpression,
    ExpressionFailed,
    MissingVariable,
    TooMuchWork,
)
from applets.expressions.expression import (
    Expression,
    Lookup,
    cut_off,
    expression,
    expression_in,
)
from applets.expressions.lexing import LONGEST_EXPRESSION
from applets.expressions.shape import Shape
from applets.expressions.values import MISSING, Lazy, Moment, number_text

__all__ = [
    "LONGEST_EXPRESSION",
    "MISSING",
    "BadExpression",
    "Expression",
    "ExpressionFailed",
    "Lazy",
    "Lookup",
    "MissingVariable",
    "Moment",
    "Shape",
    "TooMuchWork",
    "check",
    "cut_off",
    "expression",
    "expression_in",
    "number_text",
]


def check(source: str) -> None:
    """Raise BadExpression when a source cannot be read."""
    expression(source)
