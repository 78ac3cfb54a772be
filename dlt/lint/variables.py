"""How many variables there are, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.matcher import Placeholder, Tag
from dlt.models import Category

LEAST_FIXED_SHARE: Final = 0.30
USUAL_VARIABLES: Final = 2
MOST_VARIABLES: Final = 3
TYPED_SINCE: Final = date(2026, 1, 14)
_NEEDS_VARIABLE: Final = {Category.TRANSACTIONAL, Category.SERVICE_IMPLICIT}
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|$)|\n")
_LETTER: Final = re.compile(r"[^\W\d_]")


def no_variable(subject: Subject) -> Iterator[LintFinding]:
    if not subject.holes and subject.category in _NEEDS_VARIABLE and subject.text.strip():
        label = Category(subject.category).label.lower()
        yield objection(
            "no_variable",
            f"A {label} template needs at least one variable.",
            "Write {#alphanumeric#} or another tag where the text differs from person to person.",
        )


def too_many(subject: Subject) -> Iterator[LintFinding]:
    count = len(subject.holes)
    if count <= USUAL_VARIABLES:
        return
    hole = subject.holes[USUAL_VARIABLES]
    where = {"at": hole.start, "length": hole.end - hole.start}
    if count == MOST_VARIABLES:
        sentence = "There are 3 variables. Operators take 2, a third only with a recorded reason."
        yield objection("third_variable", sentence, "Tell the portal why you need it.", **where)
    else:
        sentence = (
            f"There are {count} variables. More than {MOST_VARIABLES} need a special approval."
        )
        yield objection("many_variables", sentence, "Use fewer, or split the message.", **where)


def neighbours(subject: Subject) -> Iterator[LintFinding]:
    """Look at what stands between two variables: one finding per kind."""
    seen: set[str] = set()
    for before, after in zip(subject.holes, subject.holes[1:], strict=False):
        finding = _between(subject.text[before.end : after.start], before, after)
        if finding and finding.code not in seen:
            seen.add(finding.code)
            yield finding


def _between(between: str, before: Placeholder, after: Placeholder) -> LintFinding | None:
    pair = f"variables {before.index} and {after.index}"
    at, length = before.end, len(between)
    if any(sign.isalnum() for sign in between):
        return None
    if between:
        shown = "a line break" if between.strip(" ") == "\n" else f"“{between}”"
        return objection(
            "variables_together",
            f"Only {shown} stands between {pair}; blanks and signs do not separate variables.",
            "Put a word between them.",
            at=at,
            length=length,
        )
    if before.tag is after.tag is Tag.ALPHANUMERIC:
        sentence = f"Nothing stands between {pair}; only alphanumeric ones may do that."
        return objection("alphanumeric_adjacent", sentence, at=at, length=length)
    return objection(
        "variables_adjacent",
        f"Nothing stands between {pair}: contiguous variables are not allowed.",
        "Put a word between them. Only two alphanumeric variables may stand side by side.",
        at=at,
        length=length,
    )


def mostly_variable(subject: Subject) -> Iterator[LintFinding]:
    fixed = len(subject.static)
    longest = fixed + sum(subject.compiled.longest)
    if subject.holes and fixed / longest < LEAST_FIXED_SHARE:
        share = round(100 * fixed / longest)
        yield objection(
            "mostly_variable",
            f"With full variables only {share}% of the text is fixed; portals want 30%.",
            "Write more around the variables, or use fewer.",
        )


def variable_last(subject: Subject) -> Iterator[LintFinding]:
    if subject.holes and not subject.text[subject.holes[-1].end :].strip(" .!\t\r\n"):
        last = subject.holes[-1]
        yield objection(
            "variable_last",
            "The text ends in a variable; some portals refuse that.",
            "End it with your brand name, such as “- ACMECO”.",
            at=last.start,
            length=last.end - last.start,
        )


def floating(subject: Subject) -> Iterator[LintFinding]:
    """Find a sentence or line that is nothing but variables and signs."""
    if not _LETTER.search(subject.static):
        return
    for hole in subject.holes:
        ends = [hit.end() for hit in _SENTENCE_END.finditer(subject.fixed)]
        start = max((end for end in ends if end <= hole.start), default=0)
        stop = min((end for end in ends if end >= hole.end), default=len(subject.text))
        if not _LETTER.search(subject.fixed[start:stop]):
            yield objection(
                "floating_variable",
                f"Variable {hole.index} stands alone: no word of its sentence says what it is.",
                "Write what it holds, such as “Order {#numeric#}”.",
                at=hole.start,
                length=hole.end - hole.start,
            )
            return


def untyped(subject: Subject) -> Iterator[LintFinding]:
    on = subject.about.on
    hole = next((hole for hole in subject.holes if hole.name == "var"), None)
    if hole and (on is None or on >= TYPED_SINCE):
        yield objection(
            "untyped",
            "{#var#} is not typed. New templates need typed variables since January 2026.",
            "Use {#numeric#}, {#alphanumeric#}, {#url#}, {#urlott#}, {#cbn#} or {#email#}.",
            at=hole.start,
            length=hole.end - hole.start,
        )


RULES: Final = (
    no_variable, too_many, neighbours, mostly_variable, variable_last, floating, untyped,
)  # fmt: skip
