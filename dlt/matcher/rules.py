"""What a value of each tag may hold, written once and used by every search.

A value is either a run of allowed characters (var, numeric, alphanumeric, the rest of a link) or
has a shape (url, urlott, cbn, email). Lengths are the business of the slot, not of the rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dlt.matcher.limits import Limits, Tag


@dataclass(frozen=True, slots=True)
class RunRule:
    """Any non-blank run of allowed characters."""

    name: str
    wanted: str
    allows: Callable[[str], bool]
    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ShapeRule:
    """A value that must follow a pattern; ``ends(body, start, stop)`` is the set of its ends."""

    name: str
    wanted: str
    ends: Callable[[str, int, int], int]

    def accepts(self, value: str) -> bool:
        return bool(self.ends(value, 0, len(value)) >> len(value) & 1)


Rule = RunRule | ShapeRule


def span_mask(first: int, last: int) -> int:
    """Return the set of the positions first..last, empty when they are out of order."""
    return ((1 << (last + 1)) - 1) & ~((1 << first) - 1) if first <= last else 0


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


_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_URLOTT = re.compile(r"([a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE | re.ASCII)


def _url_ends(body: str, start: int, stop: int) -> int:
    found = _URL.match(body, start, stop)
    return span_mask(found.end(1) + 1, found.end()) if found else 0


def _urlott_ends(body: str, start: int, stop: int) -> int:
    found = _URLOTT.match(body, start, stop)
    return span_mask(found.end(1) + 1, found.end()) if found else 0


_CBN_START = re.compile(r"\+?(?=[0-9])")
_CBN_DIGIT = re.compile(r"[ -]*[0-9]")


def _cbn_ends(body: str, start: int, stop: int) -> int:
    """Accept 8 to 13 digits with spaces and hyphens between them, a plus before them."""
    found = _CBN_START.match(body, start, stop)
    digits = ends = 0
    while found and digits < 13:
        found = _CBN_DIGIT.match(body, found.end(), stop)
        digits += 1
        if found and digits >= 8:
            ends |= 1 << found.end()
    return ends


_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@")
_EMAIL_LABEL = re.compile(r"[A-Za-z0-9-]+")
_EMAIL_LAST = re.compile(r"[A-Za-z]{2,}")


def _email_ends(body: str, start: int, stop: int) -> int:
    """Accept local@domain.tld with a last label of two or more letters."""
    local = _EMAIL_LOCAL.match(body, start, stop)
    ends, at = 0, local.end() if local else stop
    label = _EMAIL_LABEL.match(body, at, stop)
    while label and body[label.end() : label.end() + 1] == ".":
        at = label.end() + 1
        last = _EMAIL_LAST.match(body, at, stop)
        ends |= span_mask(at + 2, last.end()) if last else 0
        label = _EMAIL_LABEL.match(body, at, stop)
    return ends


_TEXT = RunRule("var", "text without line breaks", _not_newline, accepts_text)
_DIGITS = RunRule("numeric", "digits only", _ascii_digit, _accepts_digits)
_LINK_REST = RunRule(
    "rest of a link", "the rest of a link, no spaces", _not_space, _accepts_unspaced
)
_RULES: dict[Tag, Rule] = {
    Tag.VAR: _TEXT,
    Tag.NUMERIC: _DIGITS,
    Tag.URL: ShapeRule("url", "a link starting with http://, https:// or www.", _url_ends),
    Tag.URLOTT: ShapeRule("urlott", "a link with a scheme such as https://, or www.", _urlott_ends),
    Tag.CBN: ShapeRule("cbn", "a telephone number of 8 to 13 digits", _cbn_ends),
    Tag.EMAIL: ShapeRule("email", "an e-mail address", _email_ends),
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
