"""Characters and texts as a person can read them in a sentence."""

from __future__ import annotations

from dlt.matcher.characters import is_invisible, is_odd_blank, named
from dlt.matcher.differences import Difference
from dlt.matcher.problem import Code, Kind, Problem

_LONGEST_QUOTE = 80
_BLANKS = {" ": "space", "\n": "line break", "\t": "tab"}


def ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 13 else ending}"


def quoted(text: str) -> str:
    """Quote a text with what cannot be seen shown by code point, a line break and a tab as arrows."""
    short = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "\u2026"
    return "'" + "".join(map(_marked, short)) + "'"


def _marked(char: str) -> str:
    if is_invisible(char) or is_odd_blank(char) or "\ud800" <= char <= "\udfff":
        return f"<U+{ord(char):04X}>"
    return {"\n": "\u21b5", "\t": "\u21e5"}.get(char, char)


def shown(text: str) -> str:
    """Name blanks ("2 spaces", "a line break"), quote anything else."""
    blank = _BLANKS.get(text[:1])
    if blank and text == text[0] * len(text):
        return f"a {blank}" if len(text) == 1 else f"{len(text)} {blank}s"
    if text.isspace() and len(text) == 1:
        return named(text)
    return quoted(text)


def describe(difference: Difference, size: int) -> Problem:
    """Put one difference of registered text into a sentence; ``size`` is the body's length."""
    expected, found = difference.expected, difference.found
    where = f"at character {difference.at + 1}"
    if difference.at >= size:
        where = "at the end"
    if not found:
        message = f"Text is missing {where}: {shown(expected)} expected"
    elif not expected:
        message = f"Text {where} is not in the template: {shown(found)} found"
    else:
        message = f"Text differs {where}: {shown(expected)} expected, {shown(found)} found"
    return Problem(
        Code.STATIC_MISMATCH,
        f"{message}{_reason(difference)}.",
        position=difference.at + 1,
        expected=expected,
        found=found,
        kind=difference.kind,
    )


def _reason(difference: Difference) -> str:
    """Say the kind in brackets, unless the quoted words say all, and name characters that look
    the same."""
    if difference.kind is Kind.TEXT:
        return ""
    return f" ({_kind(difference)})"


def _kind(difference: Difference) -> str:
    before, after = set(difference.expected), set(difference.found)
    odd = sorted((before ^ after) - {" ", "\n"})
    if difference.kind is Kind.LOOKALIKE:
        sent = [char for char in odd if char in after]
        return "look-alike: " + ", ".join(named(char) for char in sent or odd)
    if difference.kind is Kind.INVISIBLE:
        return "invisible: " + ", ".join(named(char) for char in odd if is_invisible(char))
    return _WORDS.get(difference.kind, difference.kind.value)


_WORDS = {Kind.CASE: "upper and lower case count", Kind.NEWLINE: "line break"}
