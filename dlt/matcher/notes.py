"""Risks of a body that matches: nothing is refused for them here, but elsewhere it may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from core.sms_encoding import fits_one_part, is_gsm
from dlt.matcher.limits import Tag
from dlt.matcher.problem import NoteCode, Problem
from dlt.matcher.template import Template
from dlt.matcher.values import VariableValue
from dlt.matcher.wording import quoted

_STRICT = 30
_VARIABLE_SHARE = 0.7
_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]{2,63}\.(?:com|in|net|org|io|co|me|ly|app)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![0-9])\+?(?:[0-9][ -]?){9,12}[0-9](?![0-9])")

Values = Sequence[VariableValue]
Note = Callable[[Template, str, Values], Iterator[Problem]]


def risks(template: Template, body: str, values: Values) -> tuple[Problem, ...]:
    """Return the notes of a match, those about the template first."""
    found = [note for rule in _RULES for note in rule(template, body, values)]
    return (*template.warnings, *found)


def _untyped(template: Template, _body: str, _values: Values) -> Iterator[Problem]:
    if any(hole.tag is Tag.VAR for hole in template.placeholders):
        yield Problem(
            NoteCode.UNTYPED_TEMPLATE,
            "The template has untyped variables; operators announced to refuse them after the "
            "grace period of TRAI's direction of November 2025.",
        )


def _long_values(_template: Template, _body: str, values: Values) -> Iterator[Problem]:
    for value in values:
        if value.tag in (Tag.VAR, Tag.NUMERIC) and len(value.value) > _STRICT:
            yield Problem(
                NoteCode.VAR_OVER_30,
                f"Variable {value.index} is {len(value.value)} characters; "
                "operators that allow only 30 refuse it.",
                variable=value.index,
                length=len(value.value),
                limit=_STRICT,
            )


def _punctuation(_template: Template, _body: str, values: Values) -> Iterator[Problem]:
    for value in values:
        odd = [char for char in value.value if char in "_/.-,:" or _is_sign(char)]
        if value.tag is Tag.ALPHANUMERIC and odd:
            yield Problem(
                NoteCode.ALPHANUMERIC_PUNCTUATION,
                f"Variable {value.index} is alphanumeric and holds {quoted(odd[0])}; "
                "some operators take letters, digits and spaces only.",
                variable=value.index,
                found=odd[0],
            )


def _is_sign(char: str) -> bool:
    return char.isascii() and not char.isalnum() and not char.isspace()


def _links(_template: Template, _body: str, values: Values) -> Iterator[Problem]:
    for value in values:
        if value.tag is Tag.VAR:
            yield from _contact(value, _LINK, NoteCode.LINK_IN_UNTYPED_VAR, "a link")
            yield from _contact(value, _PHONE, NoteCode.PHONE_IN_UNTYPED_VAR, "a telephone number")


def _contact(
    value: VariableValue, pattern: re.Pattern[str], code: NoteCode, what: str
) -> Iterator[Problem]:
    hit = pattern.search(value.value)
    if hit:
        yield Problem(
            code,
            f"Variable {value.index} is untyped and holds {what}: {quoted(hit[0])}. "
            "Operators block what is not whitelisted.",
            variable=value.index,
            position=value.start + hit.start() + 1,
            found=hit[0],
        )


def _unicode(template: Template, body: str, _values: Values) -> Iterator[Problem]:
    if not is_gsm(body) and all(map(is_gsm, template.literals)):
        at = next(at for at, char in enumerate(body) if not is_gsm(char))
        yield Problem(
            NoteCode.UNICODE_IN_TEXT_TEMPLATE,
            f"{quoted(body[at])} at character {at + 1} makes this a Unicode message, "
            "while the template is registered with plain text.",
            position=at + 1,
            found=body[at],
        )


def _segments(_template: Template, body: str, _values: Values) -> Iterator[Problem]:
    if not fits_one_part(body):
        yield Problem(
            NoteCode.SEVERAL_SEGMENTS,
            "The message takes more than one SMS segment.",
            length=len(body),
        )


def _share(_template: Template, body: str, values: Values) -> Iterator[Problem]:
    """Note a thin fixed part: TRAI's direction of February 2023 wants 30 % of it at least."""
    share = sum(len(value.value) for value in values) / len(body)
    if share > _VARIABLE_SHARE:
        yield Problem(
            NoteCode.MOSTLY_VARIABLE,
            f"{share:.0%} of the message is variable; at least 30% should be registered text.",
        )


_RULES: tuple[Note, ...] = (
    _untyped, _long_values, _punctuation, _links, _unicode, _segments, _share,
)  # fmt: skip
