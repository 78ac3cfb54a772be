"""Whether the values in a message can fit the variables of its template, in the worst case.

The composer of the SMS applet judges by the same rules while somebody types:
``frontend/src/model/worst_case.ts``. Both pass ``tests/cases/worst_case_cases.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from applets.expressions import Expression, cut_off, expression
from applets.variables import Name, Part, written
from dlt.matcher import Template
from dlt.matcher.rules import RunRule
from dlt.matcher.template import Slot
from flows.alignment import align
from flows.extents import Extent, Extents
from flows.issues import Severity

_CALL_SID: Final = Name("CallSid")
_CALL_REF: Final = Name("CallRef")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or may be, with what stands in a variable."""

    severity: Severity
    code: str
    variable: int
    message: str
    fix: str | None = None


def findings_of(template: Template, body: str, extents: Extents) -> list[Finding] | None:
    """Return what is to be said of the values in a body, in the template's order.

    None when the static text is not the template's. Raises BadExpression.
    """

    def faultless(slot: Slot, parts: tuple[Part, ...]) -> bool:
        return next(_findings(slot, parts, extents), None) is None

    def possible(slot: Slot, parts: tuple[Part, ...]) -> bool:
        return all(found.severity != "error" for found in _findings(slot, parts, extents))

    filled = align(template, body, faultless, possible)
    if filled is None:
        return None
    slots = zip(template.slots, filled, strict=True)
    return [found for slot, parts in slots for found in _findings(slot, parts, extents)]


def _findings(slot: Slot, parts: tuple[Part, ...], extents: Extents) -> Iterator[Finding]:
    who = _who(slot)
    unset = [part for part in parts if extents.of(part) is None]
    yield from (_never_set(slot, part) for part in unset)
    if unset:
        return
    extent = extents.of_all(parts)
    if extent.most == 0 or (len(parts) == 1 and isinstance(parts[0], str) and parts[0].isspace()):
        told = f"{who} is empty."
        yield Finding("error", "dlt.value_does_not_fit", slot.first, told, "Fill it in.")
        return
    yield from _length(slot, parts, extent, extents)
    yield from _kind(slot, parts, extent, extents)


def _who(slot: Slot) -> str:
    return (
        f"variable {slot.first}"
        if slot.first == slot.last
        else (f"variables {slot.first} to {slot.last} together")
    )


def _never_set(slot: Slot, part: Part) -> Finding:
    told = f"nothing in this flow sets {written(part)}, so a call has no value for it."
    fix = "Choose another variable."
    return Finding("warning", "flows.variable_never_set", slot.first, told, fix)


def _length(
    slot: Slot, parts: tuple[Part, ...], extent: Extent, extents: Extents
) -> Iterator[Finding]:
    who, limit = _who(slot), slot.capacity
    if extent.least > limit:
        told = f"{who} has at least {extent.least} characters; its limit is {limit}."
        if _CALL_SID in parts and _with_call_ref(parts, extents).least <= limit:
            told = f"{{CallSid}} has 32 characters; {who} holds {limit} at most."
            fix = "Use {CallRef}, which has 10."
            yield Finding("error", "dlt.call_sid_too_long", slot.first, told, fix)
            return
        yield Finding("error", "dlt.value_does_not_fit", slot.first, told, "Shorten it.")
    elif extent.most is None or extent.most > limit:
        culprit = next((part for part in parts if extents.of_all((part,)).most is None), None)
        if culprit is None:
            told = f"{who} can have {extent.most} characters; its limit is {limit}."
        else:
            told = f"{written(culprit)} may be longer than the limit of {limit} of {who}."
        shorter = _shortened(culprit, parts, limit, extents)
        yield Finding("warning", "dlt.value_may_not_fit", slot.first, told, shorter)


def _with_call_ref(parts: tuple[Part, ...], extents: Extents) -> Extent:
    return extents.of_all(tuple(_CALL_REF if part == _CALL_SID else part for part in parts))


def _shortened(culprit: Part | None, parts: tuple[Part, ...], limit: int, extents: Extents) -> str:
    """Return the advice to cut the value, if a rule can be written for it that leaves room."""
    others = extents.of_all(tuple(part for part in parts if part is not culprit))
    room = limit - (limit if others.most is None else others.most)
    if culprit is None or isinstance(culprit, str) or room < 1:
        return "Shorten what stands beside it." if culprit else "Shorten it."
    whole = culprit if isinstance(culprit, Expression) else expression(culprit.name)
    return f"Cut it: ${{{{ {cut_off(whole, room)} }}}}"


def _kind(
    slot: Slot, parts: tuple[Part, ...], extent: Extent, extents: Extents
) -> Iterator[Finding]:
    rule, who = slot.rule, _who(slot)
    must = f"{who} must be {rule.wanted}"
    if not isinstance(rule, RunRule):
        if extent.characters is None:
            yield _hint(slot, f"{must}; make sure that the call brings one.")
        elif not rule.accepts(extent.sample):
            told = f"{must}, found “{extent.sample}”."
            yield Finding("error", "dlt.value_does_not_fit", slot.first, told, "Use another value.")
        return
    for part in parts:
        here = extents.of_all((part,))
        bad = next((char for char in here.sample if not rule.allows(char)), None)
        if here.characters is not None and bad is not None:
            shown = f"“{part}”" if isinstance(part, str) else written(part)
            told = f"{must}; {shown} has “{bad}” in it."
            if bad == "\n":
                told = f"{must}; a line break is in it."
            fix = "Use another value."
            yield Finding("error", "dlt.value_does_not_fit", slot.first, told, fix)
            return
    yield from _possible_kind(slot, must, extent)


def _possible_kind(slot: Slot, must: str, extent: Extent) -> Iterator[Finding]:
    rule = slot.rule
    if not isinstance(rule, RunRule) or rule.allows("\u2603"):
        return  # any character will do
    if extent.characters is None:
        yield _hint(slot, f"{must}; make sure that the call brings nothing else.")
        return
    bad = "".join(sorted(char for char in extent.characters if not rule.allows(char)))
    if bad:
        told = f"{must}, but “{bad[0]}” can come in it."
        yield Finding("warning", "dlt.value_may_not_fit", slot.first, told)


def _hint(slot: Slot, told: str) -> Finding:
    return Finding("hint", "dlt.value_may_not_fit", slot.first, told)
