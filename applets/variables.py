"""Variables in texts: ``{CallFrom}``, ``{any_name}`` and ``${{ expression }}``.

Values are put in once and never read for variables again, so a caller cannot smuggle one in. Text
that looks like nothing of ours (``{#var#}``, ``{CallSid.__class__}``, ``{{7*7}}``) stays as it is.
Finding the variables is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from applets.expressions import (
    MISSING,
    BadExpression,
    Expression,
    ExpressionFailed,
    Lookup,
    MissingVariable,
    Moment,
    TooMuchWork,
    expression_in,
    number_text,
)
from core.sids import ALPHABET

__all__ = ["BadExpression", "Lookup", "MissingVariable"]

LONGEST_VALUE: Final = 500
"""Characters a value may bring into a text; what is longer is cut."""

_OPENING: Final = re.compile(r"\$\{\{|\{([A-Za-z_][A-Za-z0-9_]{0,63})\}", re.ASCII)
# Control characters, line ends, zero-width characters, direction overrides: unseen, refused.
_INVISIBLE: Final = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class VariableInfo:
    """One value that texts can use, as the composer offers it, and what it can be in a call."""

    name: str
    label: str
    sample: str
    longest: int | None = None
    """In characters; None: nobody can say before the call."""
    characters: str | None = None
    """Every character it can have; None: any."""
    longest_by: str = ""
    """The setting of the node that says how long it gets in this flow."""

    def in_node(self, settings: Mapping[str, Any]) -> Iterator[VariableInfo]:
        """Yield it as a node with these settings has it.

        A name in braces is the value of a setting, ``{variable}``, or of a field of each entry of a
        list, ``{assignments.name}``; while that is empty there is nothing.
        """
        own = settings.get(self.longest_by)
        longest = own if isinstance(own, int) and self.longest_by else self.longest
        for name in self._names(settings):
            if isinstance(name, str) and name:
                yield replace(self, name=name.removeprefix("$"), longest=longest)

    def _names(self, settings: Mapping[str, Any]) -> list[Any]:
        if not self.name.startswith("{"):
            return [self.name]
        setting, _, field = self.name[1:-1].partition(".")
        value = settings.get(setting)
        if not field:
            return [value]
        rows = value if isinstance(value, list) else []
        return [row.get(field) for row in rows if isinstance(row, dict)]


DIGITS: Final = "0123456789"
_LONGEST_NUMBER: Final = 16  # E.164: a plus and 15 digits

# Samples follow the guide of the SMS applet; a CallSid is as long as real ones.
VARIABLES: Final = (
    VariableInfo("CallFrom", "Caller's number", "+919876543210", _LONGEST_NUMBER, f"+{DIGITS}"),
    VariableInfo("CallTo", "Called number", "+914412345678", _LONGEST_NUMBER, f"+{DIGITS}"),
    VariableInfo("CallRef", "Short call reference", "K7M2Q9XW4T", 10, ALPHABET.upper()),
    VariableInfo("CallSid", "Full call id", "cal" + ("7k2m9x4tq3" * 3)[:29], 32, f"{ALPHABET}al"),
    VariableInfo("DateTime", "Date and time", "2024-01-15 10:30", 16, f"{DIGITS}-: "),
)

Part: TypeAlias = "str | Name | Expression"


@dataclass(frozen=True, slots=True)
class Name:
    """``{CallFrom}`` in a text."""

    name: str


def parse(text: str) -> tuple[Part, ...]:
    """Cut a text into literal pieces, names and expressions.

    Raises:
        BadExpression: a ``${{ … }}`` is not closed, or cannot be read.
    """
    return _short(text) if len(text) <= _SHORT else _long(text)


def _cut(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    start = 0
    while match := _OPENING.search(text, start):
        if match.start() > start:
            parts.append(text[start : match.start()])
        if match[1]:
            parts.append(Name(match[1]))
            start = match.end()
        else:
            found, start = expression_in(text, match.end())
            parts.append(found)
    if start < len(text):
        parts.append(text[start:])
    return tuple(parts)


# As in ``applets.expressions``: many long texts must not fill the memory.
_SHORT: Final = 500
_short = lru_cache(maxsize=1024)(_cut)
_long = lru_cache(maxsize=128)(_cut)


def has_variables(text: str) -> bool:
    """Whether anything in a text looks like a variable."""
    return _OPENING.search(text) is not None


def expand(text: str, lookup: Lookup, *, encode: Callable[[str], str] | None = None) -> str:
    """Put values in.

    ``encode`` is applied to each value, for instance to quote it for a URL.

    Raises:
        MissingVariable: naming the first name or expression without a value.
        ExpressionFailed, TooMuchWork: see ``Expression.find``.
        BadExpression: see ``parse``.
    """
    parts = parse(text)
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        value = as_text(_value_of(part, lookup))
        if value is None:
            raise MissingVariable(name=written(part))
        pieces.append(encode(value) if encode else value)
    return "".join(pieces)


def expand_lenient(text: str, lookup: Lookup) -> tuple[str, tuple[str, ...]]:
    """Put values in and leave out what is missing; also return what that was."""
    missing: list[str] = []
    pieces = []
    for part in parse(text):
        if isinstance(part, str):
            pieces.append(part)
            continue
        value = _text_or_none(part, lookup)
        if value is None:
            missing.append(written(part))
        pieces.append(value or "")
    return "".join(pieces), tuple(missing)


def names_in(text: str) -> tuple[str, ...]:
    """Return the plain names a text uses, in order, each once. Raises BadExpression."""
    return tuple(dict.fromkeys(part.name for part in parse(text) if isinstance(part, Name)))


def as_text(value: Any) -> str | None:
    """Return a value as it stands in a text, or None when it has no such form.

    Invisible characters become one space and long values are cut: what arrives from outside must
    not be able to break the message it stands in.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value) if value - value == 0 else None  # infinite, or not a number
    if isinstance(value, Moment):
        return value.text
    if isinstance(value, str):
        cut = value[: LONGEST_VALUE * 4]  # before the clean-up, which must not read a megabyte
        return _INVISIBLE.sub(" ", cut)[:LONGEST_VALUE]
    return None


def sample_values() -> dict[str, str]:
    """Return a value for every variable that all calls have."""
    return {variable.name: variable.sample for variable in VARIABLES}


def expand_with_samples(text: str, values: Mapping[str, str] | None = None) -> str:
    """Put samples in; what has none becomes its own default, else the word ``sample``.

    Raises:
        BadExpression: see ``parse``.
    """
    known = {**sample_values(), **(values or {})}
    pieces = []
    for part in parse(text):
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Name):
            pieces.append(known.get(part.name, "sample"))
        else:
            found = _text_or_none(part, lambda name: known.get(name, MISSING))
            pieces.append("sample" if found is None else found)
    return "".join(pieces)


def _text_or_none(part: Name | Expression, lookup: Lookup) -> str | None:
    try:
        return as_text(_value_of(part, lookup))
    except (MissingVariable, ExpressionFailed, TooMuchWork):
        return None


def _value_of(part: Name | Expression, lookup: Lookup) -> Any:
    return lookup(part.name) if isinstance(part, Name) else part.find(lookup)


def written(part: Part) -> str:
    """Return a part of a text as it is written there."""
    if isinstance(part, str):
        return part
    return f"{{{part.name}}}" if isinstance(part, Name) else f"${{{{ {part.source} }}}}"
