"""From ``{#var#}`` to typed tags, suggested from values that were really sent. Pure.

TRAI's direction of 18 November 2025 (Annexure I) wants a type on every variable; portals take nothing else
for new templates. Which type fits, the messages of the past know best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dlt.matcher import Limits, Match, Tag, Template, check, placeholders
from dlt.matcher.rules import RunRule, rule_for
from dlt.matcher.wording import shown

# Fewer different values than this say little about what comes next.
ENOUGH_VALUES: Final = 5
EXAMPLES: Final = 3
# From the narrowest type to the widest; the first that takes every value is suggested.
_NARROWEST_FIRST: Final = (
    Tag.URL, Tag.EMAIL, Tag.CBN, Tag.NUMERIC, Tag.URLOTT, Tag.ALPHANUMERIC,
)  # fmt: skip
# An order number of ten digits is no telephone number; one that rings in India looks like this.
_CALL_BACK: Final = re.compile(r"(\+91|91|0)?[ -]?[6-9](?:[ -]?\d){9}|1[86]00[ -]?(?:\d[ -]?){4,7}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one variable should be typed as. ``tag`` is None when no type takes every value."""

    index: int
    before: Tag
    tag: Tag | None
    messages: int
    different: int
    longest: int
    examples: tuple[str, ...]
    reason: str

    @property
    def is_sure(self) -> bool:
        return self.tag is not None and self.different >= ENOUGH_VALUES

    def as_dict(self) -> dict[str, object]:
        return {
            "index": self.index,
            "before": self.before.value,
            "tag": self.tag.value if self.tag else None,
            "messages": self.messages,
            "different": self.different,
            "longest": self.longest,
            "examples": list(self.examples),
            "sure": self.is_sure,
            "reason": self.reason,
        }


def suggest(template: Template, bodies: Iterable[str]) -> list[Suggestion]:
    """Suggest a type for each variable from bodies that were sent; those that do not match are skipped."""
    values: list[list[str]] = [[] for _ in template.placeholders]
    for body in bodies:
        found = check(template, body)
        if isinstance(found, Match):
            for variable in found.variables:
                values[variable.index - 1].append(variable.value)
    return [
        _suggestion(hole.index, hole.tag, given, template.limits)
        for hole, given in zip(template.placeholders, values, strict=True)
    ]


def _suggestion(index: int, before: Tag, values: Sequence[str], limits: Limits) -> Suggestion:
    different = list(dict.fromkeys(values))
    tag, reason = _type_of(before, different, limits)
    return Suggestion(
        index=index,
        before=before,
        tag=tag,
        messages=len(values),
        different=len(different),
        longest=max(map(len, different), default=0),
        examples=tuple(different[:EXAMPLES]),
        reason=reason,
    )


def _type_of(before: Tag, values: Sequence[str], limits: Limits) -> tuple[Tag | None, str]:
    if before is not Tag.VAR:
        return before, "It is typed already."
    if not values:
        return None, "Nothing was sent with it yet, so there is nothing to go by."
    for tag in _NARROWEST_FIRST:
        if all(_takes(tag, value, limits) for value in values):
            return tag, _why(tag, values)
    return None, _obstacle(values, limits)


def _takes(tag: Tag, value: str, limits: Limits) -> bool:
    if tag is Tag.CBN and not _CALL_BACK.fullmatch(value):
        return False
    rule = rule_for(tag, limits, glued=False)
    return 0 < len(value) <= limits.longest(tag) and rule.accepts(value)


def _why(tag: Tag, values: Sequence[str]) -> str:
    what = {
        Tag.URL: "is a link",
        Tag.EMAIL: "is an e-mail address",
        Tag.CBN: "is a number to call back",
        Tag.NUMERIC: "has digits only",
        Tag.URLOTT: "is a link into an app",
        Tag.ALPHANUMERIC: "has letters, digits and blanks only",
    }[tag]
    if len(values) < ENOUGH_VALUES:
        few = "the only value" if len(values) == 1 else f"each of only {len(values)} values"
        return f"{few[0].upper()}{few[1:]} {what}: look at it before you rely on it."
    return f"Each of {len(values)} different values {what}."


def _obstacle(values: Sequence[str], limits: Limits) -> str:
    """Say which value keeps the widest type from fitting, and what could be done."""
    rule = rule_for(Tag.ALPHANUMERIC, limits, glued=False)
    limit = limits.longest(Tag.ALPHANUMERIC)
    odd = next(value for value in values if not _takes(Tag.ALPHANUMERIC, value, limits))
    if len(odd) > limit:
        return f"“{odd}” has {len(odd)} characters; no type but a link takes more than {limit}."
    assert isinstance(rule, RunRule)  # noqa: S101 -- the alphanumeric rule is one of characters
    sign = next((char for char in odd if not rule.allows(char)), odd[:1])
    return (
        f"“{odd}” holds {shown(sign)}, which no type takes."
        " Leave the sign out of the value, or put it into the fixed text."
    )


def retagged(text: str, tags: Sequence[Tag | None]) -> str:
    """Return a text with its untyped variables written with their new types; None leaves one as it is."""
    pieces, at = [], 0
    for hole, tag in zip(placeholders(text), tags, strict=True):
        pieces.append(text[at : hole.start])
        new = tag if hole.tag is Tag.VAR else None
        pieces.append(f"{{#{new.value}#}}" if new else text[hole.start : hole.end])
        at = hole.end
    return "".join([*pieces, text[at:]])
