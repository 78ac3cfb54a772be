"""One thing to tell the author: a reason of a refusal or a risk worth a note."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Code(StrEnum):
    """Stable names of the reasons for a refusal."""

    BODY_EMPTY = "BODY_EMPTY"
    BODY_TOO_LONG = "BODY_TOO_LONG"
    UNFILLED_PLACEHOLDER = "UNFILLED_PLACEHOLDER"
    STATIC_MISMATCH = "STATIC_MISMATCH"
    VAR_EMPTY = "VAR_EMPTY"
    VAR_TOO_LONG = "VAR_TOO_LONG"
    VAR_BAD_TYPE = "VAR_BAD_TYPE"
    VAR_NEWLINE = "VAR_NEWLINE"


class NoteCode(StrEnum):
    """Stable names of the notes: nothing is refused for them."""

    UNKNOWN_TAG = "UNKNOWN_TAG"
    NOT_A_PLACEHOLDER = "NOT_A_PLACEHOLDER"
    UNTYPED_TEMPLATE = "UNTYPED_TEMPLATE"
    VAR_OVER_30 = "VAR_OVER_30"
    ALPHANUMERIC_PUNCTUATION = "ALPHANUMERIC_PUNCTUATION"
    LINK_IN_UNTYPED_VAR = "LINK_IN_UNTYPED_VAR"
    PHONE_IN_UNTYPED_VAR = "PHONE_IN_UNTYPED_VAR"
    UNICODE_IN_TEXT_TEMPLATE = "UNICODE_IN_TEXT_TEMPLATE"
    SEVERAL_SEGMENTS = "SEVERAL_SEGMENTS"
    MOSTLY_VARIABLE = "MOSTLY_VARIABLE"
    PASSES_WITH_LIMIT_40 = "PASSES_WITH_LIMIT_40"
    PASSES_WITHOUT_PUNCTUATION = "PASSES_WITHOUT_PUNCTUATION"


class Kind(StrEnum):
    """How registered text and sent text differ."""

    CASE = "case"
    WHITESPACE = "whitespace"
    NEWLINE = "newline"
    PUNCTUATION = "punctuation"
    LOOKALIKE = "lookalike"
    INVISIBLE = "invisible"
    TEXT = "text"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason in a code for programs and a sentence for people.

    ``position`` counts from 1 in the normalised body; one past the end means "after it".
    """

    code: str
    message: str
    position: int | None = None
    expected: str | None = None
    found: str | None = None
    variable: int | None = None
    length: int | None = None
    limit: int | None = None
    kind: str | None = None

    def as_dict(self) -> dict[str, object]:
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: _plain(value) for name, value in named if value is not None}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value
