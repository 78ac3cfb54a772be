"""Checks of single fields that records of several kinds share. Pure: an import asks row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.errors import DomainError
from dlt.identifiers import BadId, IdKind, problem_with

NAME_LENGTH: Final = 100
LONG_NAME: Final = 120


class FieldMissing(DomainError):
    code = "dlt.field_missing"
    message = "{label} is missing. {remedy}"


class FieldTooLong(DomainError):
    code = "dlt.field_too_long"
    message = "{label} has {length} characters; {limit} is the most."


class BadCharacter(DomainError):
    code = "dlt.bad_character"
    message = "{label} holds a character that no keyboard makes ({sign}). Type it anew."


def id_problems(value: str, wanted: IdKind, field: str) -> Iterator[DomainError]:
    """Yield why a value cannot be an id of that kind."""
    problem = problem_with(value.strip(), wanted)
    if problem:
        yield BadId(field=field, problem=problem)


def name_problems(
    value: str, limit: int = NAME_LENGTH, *, field: str = "name", label: str = "The name"
) -> Iterator[DomainError]:
    """Yield what is wrong with a name: nothing there, too long, or unprintable."""
    value = value.strip()
    if not value:
        yield FieldMissing(field=field, label=label, remedy="Write it as the portal shows it.")
    if len(value) > limit:
        yield FieldTooLong(field=field, label=label, length=len(value), limit=limit)
    yield from character_problems(value, field, label)


def character_problems(value: str, field: str, label: str) -> Iterator[DomainError]:
    """Yield a NUL or half of a pair of code units: databases cannot keep them."""
    for sign in value:
        if sign == "\0" or "\ud800" <= sign <= "\udfff":
            yield BadCharacter(field=field, label=label, sign=f"U+{ord(sign):04X}")
            return


def require(problems: Iterator[DomainError]) -> None:
    """Raise the first problem."""
    for problem in problems:
        raise problem
