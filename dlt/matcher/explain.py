"""Why a body does not fit its template: every reason, and the body as it should have been."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dlt.matcher.align import align, shared
from dlt.matcher.differences import Difference, differences, kind_of, slot_spans
from dlt.matcher.normalise import normalise
from dlt.matcher.problem import Problem
from dlt.matcher.reach import Reach
from dlt.matcher.relaxed import fewest_violations
from dlt.matcher.search import Spans, find_cut
from dlt.matcher.slip import Slip, find_slip, is_plain
from dlt.matcher.steps import Step
from dlt.matcher.template import Slot, Template, render, unfilled
from dlt.matcher.values import faults, is_slight, values_of
from dlt.matcher.wording import describe

_SNIPPET = 40


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons, and where the values stand as far as that can be told."""

    problems: tuple[Problem, ...]
    spans: Spans | None


def explain(template: Template, body: str) -> Explanation:
    """List all reasons.

    A single character of registered text that is not as it should be comes first, then values
    that break rules between texts that are all there, then whatever else was edited.
    """
    reach = Reach(body)
    slip = find_slip(template, reach)
    if slip and is_plain(slip[0]):
        return _told(template, _Padded.bare(body), slip[1])
    padded = _Padded.around(template, body)
    spans = fewest_violations(template, reach if padded.text == body else Reach(padded.text))
    if slip and not (spans and _explains(template, padded, spans, slip[0])):
        return _told(template, _Padded.bare(body), slip[1])
    if spans is not None:
        return _values_told(template, padded, spans, [])
    steps = align(template, padded.text)
    if steps is None:
        return Explanation((_unrelated(template, body),), None)
    return _told(template, padded, steps)


def _explains(template: Template, padded: _Padded, spans: Spans, slip: Slip) -> bool:
    """Say whether a single wrong value tells as much as a slip of registered text.

    It does when a character makes it legal too, or when the slip would cut a long value in two. A
    value that lacks its blank as well lacks more than that.
    """
    wrong = [
        (slot, padded.text[start:end], padded.place(start))
        for slot, (start, end) in zip(template.slots, spans, strict=True)
        if any(faults(slot, padded.text[start:end], start))
    ]
    if len(wrong) != 1 or padded.size < len(padded.text):
        return False
    slot, value, start = wrong[0]
    inside = start < slip.at < start + len(value)
    return is_slight(slot, value) or (len(value) > slot.capacity and inside)


def _told(template: Template, padded: _Padded, steps: Sequence[Step]) -> Explanation:
    texts = differences(steps, padded.text)
    return _values_told(template, padded, slot_spans(steps), texts)


def _values_told(
    template: Template, padded: _Padded, spans: Spans, texts: Sequence[Difference]
) -> Explanation:
    problems = [describe(padded.moved(text), padded.size) for text in texts]
    for slot, (start, end) in zip(template.slots, spans, strict=True):
        problems += faults(slot, padded.text[start:end], padded.place(start))
    problems.sort(key=lambda problem: problem.position or 0)
    places = tuple((padded.place(start), padded.place(end)) for start, end in spans)
    return Explanation(tuple(problems), places)


def suggestion(template: Template, body: str, spans: Spans | None) -> str | None:
    """Return the registered text with the values of this body, if that is a legal body."""
    if spans is None:
        return None
    values = [value.value for value in values_of(template, body, spans)]
    repaired = render(template, values)
    text = normalise(repaired)
    fits = text.strip() and len(text) <= template.limits.body and not unfilled(template, text)
    return repaired if fits and find_cut(template, text) is not None else None


@dataclass(frozen=True, slots=True)
class _Padded:
    """The body with the outer blanks that stripping took from beside an empty variable."""

    text: str
    before: int
    size: int

    @classmethod
    def bare(cls, body: str) -> _Padded:
        return cls(body, 0, len(body))

    @classmethod
    def around(cls, template: Template, body: str) -> _Padded:
        parts = template.parts
        before = behind = ""
        if len(parts) > 1 and isinstance(parts[0], Slot) and isinstance(parts[1], str):
            bare = parts[1].lstrip()
            before = parts[1][: len(parts[1]) - len(bare)] if body.startswith(bare) else ""
        if len(parts) > 1 and isinstance(parts[-1], Slot) and isinstance(parts[-2], str):
            bare = parts[-2].rstrip()
            behind = parts[-2][len(bare) :] if body.endswith(bare) else ""
        return cls(before + body + behind, len(before), len(body))

    def place(self, at: int) -> int:
        return min(max(at - self.before, 0), self.size)

    def moved(self, difference: Difference) -> Difference:
        return replace(difference, at=self.place(difference.at))


def _unrelated(template: Template, body: str) -> Problem:
    """Point at the furthest place up to which a text too different can be followed."""
    at = shared(template.head, body)
    if at < len(template.head):
        return _rest_differs(template.head[at:], body, at)
    at = 0
    for literal in template.literals:
        size = _found(literal, body[at:])
        at = body.find(literal[:size], at) + size
        if size < len(literal):
            return _rest_differs(literal[size:], body, at)
    return _rest_differs("", body, at)


def _found(literal: str, body: str) -> int:
    """Return how many first characters of a registered text stand together in the body."""
    sizes = range(len(literal) + 1)
    return bisect_left(sizes, x=True, key=lambda size: literal[:size] not in body) - 1


def _rest_differs(expected: str, body: str, at: int) -> Problem:
    expected, found = expected[:_SNIPPET], body[at : at + _SNIPPET]
    kind = kind_of(expected, found, at_edge=True)
    problem = describe(Difference(kind, at, expected, found), len(body))
    return replace(problem, message=f"{problem.message} The rest is too different to compare.")
