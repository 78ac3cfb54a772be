"""The values of the variables, and what is wrong with one that breaks its slot's rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from dlt.matcher.limits import Tag
from dlt.matcher.problem import Code, Problem
from dlt.matcher.rules import RunRule
from dlt.matcher.search import Spans
from dlt.matcher.template import Slot, Template
from dlt.matcher.wording import ordinal, quoted, shown


@dataclass(frozen=True, slots=True)
class VariableValue:
    """One variable's value; start and end are offsets in the normalised body."""

    index: int
    value: str
    start: int
    end: int
    limit: int
    tag: Tag

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "tag": self.tag.value}


def values_of(template: Template, body: str, spans: Spans) -> tuple[VariableValue, ...]:
    """Return one value for each variable; adjacent ones are filled from the left,
    each up to its own limit."""
    values: list[VariableValue] = []
    for slot, (start, end) in zip(template.slots, spans, strict=True):
        for index, limit in enumerate(slot.limits, slot.first):
            cut = end if index == slot.last else min(end, start + limit)
            values.append(VariableValue(index, body[start:cut], start, cut, limit, slot.tag))
            start = cut
    return tuple(values)


def faults(slot: Slot, value: str, start: int) -> Iterator[Problem]:
    """Yield every rule of its slot that this value breaks."""
    who, be = _who(slot)
    if not value or value.isspace():
        state = "is empty" if be == "is" else "are empty"
        message = f"{who} {'holds only blanks' if value else state}."
        yield Problem(
            Code.VAR_EMPTY, message, start + 1, variable=slot.first, length=0, limit=slot.capacity
        )
        return
    if len(value) > slot.capacity:
        yield _too_long(slot, value, start, who)
    if "\n" in value:
        at = value.index("\n")
        yield Problem(
            Code.VAR_NEWLINE,
            f"{who} must not hold a line break, found one as its {ordinal(at + 1)} character.",
            position=start + at + 1,
            found="\n",
            variable=slot.first,
        )
    unbroken = value.replace("\n", "")
    if unbroken and not slot.rule.accepts(unbroken):
        yield _bad_type(slot, value, start, who)


def is_slight(slot: Slot, value: str) -> bool:
    """Say whether one character more, fewer or in place of another makes this value legal."""
    if isinstance(slot.rule, RunRule):
        wrong = sum(not slot.rule.allows(char) for char in value)
        return wrong + max(len(value) - slot.capacity, 0) <= 1
    nearby = (value[1:], value[:-1], f"a{value}", f"1{value}", f"{value}a", f"{value}1")
    return any(map(slot.rule.accepts, nearby))


def _who(slot: Slot) -> tuple[str, str]:
    if slot.first == slot.last:
        return f"Variable {slot.first}", "is"
    return f"Variables {slot.first} to {slot.last} together", "are"


def _too_long(slot: Slot, value: str, start: int, who: str) -> Problem:
    be, limit, length = _who(slot)[1], slot.capacity, len(value)
    return Problem(
        Code.VAR_TOO_LONG,
        f"{who} {be} {length} characters, limit {limit} ({length - limit} too many): "
        f"{quoted(value)}.",
        position=start + 1,
        variable=slot.first,
        length=length,
        limit=limit,
        found=value,
    )


def _bad_type(slot: Slot, value: str, start: int, who: str) -> Problem:
    at, found = 0, quoted(value)
    message = f"{who} must be {slot.rule.wanted}, found {found}."
    if isinstance(slot.rule, RunRule):
        allows = slot.rule.allows
        at = next(at for at, char in enumerate(value) if char != "\n" and not allows(char))
        found = value[at]
        message = f"{who} must be {slot.rule.wanted}, found {shown(found)} as its "
        message += f"{ordinal(at + 1)} character."
    return Problem(
        Code.VAR_BAD_TYPE,
        message,
        position=start + at + 1,
        expected=slot.rule.wanted,
        found=value[at] if isinstance(slot.rule, RunRule) else value,
        variable=slot.first,
    )
