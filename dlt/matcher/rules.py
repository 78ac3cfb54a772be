"""What a value of each tag may hold, written once and used by every search.

A value is either a run of allowed characters (var, numeric, alphanumeric, the rest of a link) or
has a shape (url, urlott, cbn, email). Lengths are the business of the slot, not of the rule.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dlt.matcher.limits import Limits, Tag
from dlt.matcher.shapes import (
    Group,
    addresses,
    any_links,
    call_back_numbers,
    is_call_back_number,
    links,
)


@dataclass(frozen=True, slots=True)
class RunRule:
    """Any non-blank run of allowed characters; one is the ``fewest``."""

    name: str
    wanted: str
    allows: Callable[[str], bool]
    accepts: Callable[[str], bool]
    fewest: int = 1


@dataclass(frozen=True, slots=True)
class ShapeRule:
    """A value that must follow a pattern; ``groups`` finds all of them in a body."""

    name: str
    wanted: str
    fewest: int
    groups: Callable[[str], Iterable[Group]]

    def accepts(self, value: str) -> bool:
        end = len(value)
        return any(starts & 1 and ends >> end & 1 for starts, ends in self.groups(value))


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A value of digits, found in a body by its length."""

    name: str
    wanted: str
    fewest: int
    accepts: Callable[[str], bool]
    lengths: Callable[[Mapping[str, int], int], Iterable[tuple[int, int]]]


Rule = RunRule | ShapeRule | NumberRule


def _not_newline(char: str) -> bool:
    return char != "\n"


def accepts_text(value: str) -> bool:
    """Say whether an untyped variable may hold this."""
    return "\n" not in value and not value.isspace()


def _not_space(char: str) -> bool:
    return not char.isspace()


def _accepts_unspaced(value: str) -> bool:
    return not any(map(str.isspace, value))


def _ascii_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _accepts_digits(value: str) -> bool:
    return value.isascii() and value.isdigit()


@lru_cache(maxsize=8192)
def in_word(char: str) -> bool:
    """Say whether this is a letter, a mark on one or a decimal digit, of any script."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def _alphanumeric(punctuation: str) -> RunRule:
    extra = frozenset(punctuation)

    def allows(char: str) -> bool:
        return char in extra or in_word(char)

    def accepts(value: str) -> bool:
        return all(map(allows, value)) and not value.isspace()

    shown = f" and any of {punctuation!r}" if punctuation else ""
    return RunRule(f"alphanumeric{punctuation}", f"letters, digits{shown} only", allows, accepts)


_TEXT = RunRule("var", "text without line breaks", _not_newline, accepts_text)
_DIGITS = RunRule("numeric", "digits only", _ascii_digit, _accepts_digits)
_LINK_REST = RunRule(
    "rest of a link", "the rest of a link, no spaces", _not_space, _accepts_unspaced
)
_RULES: dict[Tag, Rule] = {
    Tag.VAR: _TEXT,
    Tag.NUMERIC: _DIGITS,
    Tag.URL: ShapeRule("url", "a link starting with http://, https:// or www.", 5, links),
    Tag.URLOTT: ShapeRule("urlott", "a link with a scheme such as https://, or www.", 5, any_links),
    Tag.CBN: NumberRule(
        "cbn", "a telephone number of 8 to 13 digits", 8, is_call_back_number, call_back_numbers
    ),
    Tag.EMAIL: ShapeRule("email", "an e-mail address", 6, addresses),
}


@lru_cache(maxsize=512)
def rule_for(tag: Tag, limits: Limits, *, glued: bool) -> Rule:
    """Return the rule of a slot; ``glued`` says that registered text before it starts the link."""
    if tag is Tag.ALPHANUMERIC:
        return _alphanumeric(limits.alphanumeric_punctuation)
    if glued and tag in (Tag.URL, Tag.URLOTT):
        return _LINK_REST
    return _RULES[tag]


def starts_a_link(literal: str, tag: Tag) -> bool:
    """Say whether the last word of this registered text already starts a link."""
    if not literal or literal[-1].isspace():
        return False
    word = literal.split()[-1].lower()
    schemes = ("://",) if tag is Tag.URLOTT else ("http://", "https://")
    return any(start in word for start in (*schemes, "www."))
