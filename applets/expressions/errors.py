"""What can go wrong with an expression: when it is read, and when it is worked out."""

from __future__ import annotations

from typing import ClassVar, Final

from core.errors import DomainError

_REMEDY: Final = 'Write an expression such as nodes.lookup.json.name ?? "there"'
_SHOWN: Final = 40


class BadExpression(DomainError):
    """What stands there cannot be read; ``position`` is counted from 1 within the expression."""

    code: ClassVar[str] = "variables.bad_expression"
    message: ClassVar[str] = (
        "“{expression}” cannot be read at character {position}: {problem}. {remedy}."
    )


class MissingVariable(DomainError):
    """A text or an expression needs a value that this call does not have."""

    code: ClassVar[str] = "variables.missing"
    message: ClassVar[str] = "There is no value for {name} in this call."


class ExpressionFailed(DomainError):
    """The values of this call do not suit the expression."""

    code: ClassVar[str] = "expressions.failed"
    message: ClassVar[str] = "“{expression}” cannot be worked out: {problem}."


class TooMuchWork(DomainError):
    """The expression needs more steps, or makes larger values, than one may."""

    code: ClassVar[str] = "expressions.too_much_work"
    message: ClassVar[str] = (
        "“{expression}” cannot be worked out: {problem}. Take a part of the value first, such as"
        " .slice(0, 100)."
    )


class Trouble(Exception):
    """A problem found by an operator, a function or a method, which do not know the expression
    they stand in."""


class Exhausted(Exception):
    """The same for a budget that is used up."""


def unreadable(source: str, at: int, problem: str, remedy: str = _REMEDY) -> BadExpression:
    """Return the refusal of a source at a character, counted from 0."""
    return BadExpression(
        expression=shown(source), position=at + 1, problem=problem, remedy=remedy.rstrip(".")
    )


def shown(source: str) -> str:
    """Return the beginning of an expression, as errors name it."""
    source = source.strip()
    return source if len(source) <= _SHOWN else f"{source[:_SHOWN]}…"
