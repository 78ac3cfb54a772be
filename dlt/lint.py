"""What operators object to in a template, found before they do. Pure: text in, findings out.

An *error* is what portals refuse; a *warning* is what approvers ask about. Nothing here blocks a
submission: the registry holds what an operator approved, whatever we think of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dlt.matcher.limits import Limits, known_tag
from dlt.matcher.template import Placeholder, placeholders
from dlt.models import Category, ContentTemplate

MAX_LENGTH: Final = 2000
LEAST_FIXED_SHARE: Final = 0.30
MOST_VARIABLES: Final = 3

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One objection: a stable code, a sentence, and what to do about it."""

    severity: Severity
    code: str
    message: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return {
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class _Subject:
    """A text as the rules look at it."""

    text: str
    category: str
    content_type: str
    holes: tuple[Placeholder, ...]
    fixed: str  # the text without its variables


# Ways people write a variable that every portal takes for plain text.
_WRONG: Final = re.compile(
    r"\{\s*#\s*[A-Za-z]\w*\s*#\s*\}|##\s*\w+\s*##|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}"
    r"|(?<![{$#])\{[A-Za-z_][\w .]{0,38}\}|%[a-z]+%|\bX{3,}\b"
)
_CURLY: Final = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{NO-BREAK SPACE}": "a space",
}
_NEEDS_VARIABLE: Final = {Category.TRANSACTIONAL, Category.SERVICE_IMPLICIT}
_ALONE: Final = re.compile(r"[\s,.;:/|_-]+")


def lint(text: str, category: str, content_type: str = "text") -> list[LintFinding]:
    """Return every objection to a template, errors first."""
    holes = placeholders(text)
    subject = _Subject(text, category, content_type, holes, _fixed_text(text, holes))
    found = [finding for rule in _RULES for finding in rule(subject)]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _fixed_text(text: str, holes: tuple[Placeholder, ...]) -> str:
    edges = [0, *(edge for hole in holes for edge in (hole.start, hole.end)), len(text)]
    return "\0".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _length(subject: _Subject) -> Iterator[LintFinding]:
    length = len(subject.text)
    if length > MAX_LENGTH:
        sentence = f"The text has {length} characters; portals take {MAX_LENGTH} at most."
        yield LintFinding("error", "too_long", sentence, f"Shorten it by {length - MAX_LENGTH}.")


def _variables(subject: _Subject) -> Iterator[LintFinding]:
    count = len(subject.holes)
    if not count and subject.category in _NEEDS_VARIABLE:
        label = Category(subject.category).label
        yield LintFinding(
            "error",
            "no_variable",
            f"A {label.lower()} template needs at least one variable.",
            "Write {#var#} where the text differs from person to person.",
        )
    if count > MOST_VARIABLES:
        yield LintFinding(
            "warning",
            "many_variables",
            f"There are {count} variables; more than {MOST_VARIABLES} are approved in few cases.",
        )


def _last_word(subject: _Subject) -> Iterator[LintFinding]:
    if subject.holes and not subject.text[subject.holes[-1].end :].strip(" .!\t\r\n"):
        yield LintFinding(
            "warning",
            "variable_last",
            "The text ends in a variable; some portals refuse that.",
            "End it with your brand name, such as “- ACMECO”.",
        )


def _neighbours(subject: _Subject) -> Iterator[LintFinding]:
    for before, after in zip(subject.holes, subject.holes[1:], strict=False):
        between = subject.text[before.end : after.start]
        if between and _ALONE.fullmatch(between):
            yield LintFinding(
                "warning",
                "variables_together",
                f"Only “{between}” stands between variables {before.index} and {after.index}.",
                "Put a word between them.",
            )
            return


def _spaces(subject: _Subject) -> Iterator[LintFinding]:
    hit = re.search(r"[ \u00a0]{2,}", subject.text)
    if hit:
        sentence = f"There are {len(hit[0])} spaces in a row after character {hit.start()}."
        yield LintFinding("error", "two_spaces", sentence, "Leave one.")


def _angle_brackets(subject: _Subject) -> Iterator[LintFinding]:
    used = [sign for sign in "<>" if sign in subject.fixed]
    if used:
        sentence = f"Portals take every character of the keyboard but {' and '.join(used)}."
        yield LintFinding("error", "angle_bracket", sentence, "Use words or round brackets.")


def _share(subject: _Subject) -> Iterator[LintFinding]:
    fixed = len(subject.fixed.replace("\0", ""))
    limits = Limits()
    longest = fixed + sum(limits.longest(hole.tag) for hole in subject.holes)
    if longest and fixed / longest < LEAST_FIXED_SHARE:
        share = round(100 * fixed / longest)
        yield LintFinding(
            "error",
            "mostly_variable",
            f"With full variables only {share}% of the text is fixed; portals want 30%.",
            "Write more around the variables, or use fewer.",
        )


def _wrong_spelling(subject: _Subject) -> Iterator[LintFinding]:
    for spelling in dict.fromkeys(hit[0] for hit in _WRONG.finditer(subject.fixed)):
        yield LintFinding(
            "error",
            "not_a_variable",
            f"“{spelling}” is no variable: it would be sent as it stands.",
            "Variables are {#var#}, {#numeric#}, {#alphanumeric#}, {#url#}, {#cbn#} and {#email#}.",
        )


def _unknown_tags(subject: _Subject) -> Iterator[LintFinding]:
    for hole in subject.holes:
        if known_tag(hole.name) is None:
            yield LintFinding(
                "warning",
                "unknown_tag",
                f"Variable {hole.index} has the unknown tag “{hole.name}”, read like {{#var#}}.",
            )


def _lookalikes(subject: _Subject) -> Iterator[LintFinding]:
    found = [sign for sign in _CURLY if sign in subject.fixed]
    if found:
        shown = ", ".join("no-break space" if sign == "\u00a0" else sign for sign in found)
        plain = ", ".join(dict.fromkeys(_CURLY[sign] for sign in found))
        yield LintFinding(
            "warning",
            "typographic",
            f"The text has typographic characters ({shown}), as word processors make them.",
            f"Unless the portal shows the same, use {plain}: operators compare every character.",
        )


def _alphabet(subject: _Subject) -> Iterator[LintFinding]:
    letters = {sign for sign in subject.fixed if ord(sign) > 0x2FF and sign.isalpha()}
    if letters and subject.content_type == ContentTemplate.ContentType.TEXT:
        yield LintFinding(
            "error",
            "not_unicode",
            f"“{min(letters)}” is no letter of a Text template.",
            "Choose the content type Unicode.",
        )


def _untyped(subject: _Subject) -> Iterator[LintFinding]:
    if any(hole.name == "var" for hole in subject.holes):
        yield LintFinding(
            "warning",
            "untyped",
            "{#var#} is not typed. New templates need typed variables since January 2026.",
            "Use {#numeric#}, {#alphanumeric#}, {#url#}, {#urlott#}, {#cbn#} or {#email#}.",
        )


_RULES: Final[tuple[Callable[[_Subject], Iterator[LintFinding]], ...]] = (
    _length, _variables, _wrong_spelling, _angle_brackets, _spaces, _share, _alphabet,
    _lookalikes, _last_word, _neighbours, _unknown_tags, _untyped,
)  # fmt: skip
