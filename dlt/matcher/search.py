"""Does some cut of the body fit the template? Greedy first, the exact search when greedy fails."""

from __future__ import annotations

from collections.abc import Sequence

from dlt.matcher.bounds import ruled_out
from dlt.matcher.reach import Reach
from dlt.matcher.template import Part, Slot, Template

Spans = tuple[tuple[int, int], ...]


def find_cut(template: Template, body: str) -> Spans | None:
    """Return the place of each slot's value, shortest values from the left, or None.

    The body is normalised. Every registered text must be equal and every slot's rule must hold.
    Most bodies are decided by the nearest place of each text: when the values between them are
    legal no cut has shorter ones, and what is not behind its nearest predecessor is nowhere.
    """
    if template.last is None:
        return () if body == template.head else None
    if not body.startswith(template.head):
        return None
    at, find = len(template.head), body.find
    spans: list[tuple[int, int]] = []
    for accepts, capacity, literal, width in template.steps if "\n" in body else template.one_line:
        end = find(literal, at + 1)
        if end < 0:
            return None
        if end - at > capacity or (
            not accepts(body[at:end]) if accepts else body[at].isspace() and body[at:end].isspace()
        ):
            return _exact(template, body, len(spans), at, end)
        spans.append((at, end))
        at = end + width
    accepts, capacity, tail, width = template.last
    end = len(body) - width
    if at < end <= at + capacity and body.endswith(tail) and accepts(body[at:end]):
        return (*spans, (at, end))
    return _exact(template, body, len(spans), at, end) if at < end else None


def _exact(template: Template, body: str, slot: int, start: int, end: int) -> Spans | None:
    """Try every cut, unless the nearest value of this slot already tells that none can fit."""
    if len(body) < template.fewest or ruled_out(template, body, slot, start, end):
        return None
    return cut_of(template.parts, Reach(body), 0, len(body))


def cut_of(parts: Sequence[Part], reach: Reach, start: int, end: int) -> Spans | None:
    """Return the place of each slot's value when these parts fill the body from start to end."""
    ends = 1 << end
    after = []
    for part in reversed(parts):
        after.append(ends)
        ends = reach.before(ends, part)
        if not ends:
            return None
    return _walk(parts, reach, after[::-1], start) if ends >> start & 1 else None


def _walk(parts: Sequence[Part], reach: Reach, after: list[int], at: int) -> Spans:
    """Follow the sets from the left; each part has an end from which the rest is known to fit."""
    spans = []
    for part, ends in zip(parts, after, strict=True):
        if isinstance(part, Slot):
            end = lowest(reach.ends_of(part, at) & ends)
            spans.append((at, end))
            at = end
        else:
            at += len(part)
    return tuple(spans)


def furthest_end(slot: Slot, reach: Reach, at: int, ends: int) -> int:
    """Return the end of the longest legal value that starts here, ``at`` when there is none."""
    return max((reach.ends_of(slot, at) & ends).bit_length() - 1, at)


def lowest(ends: int) -> int:
    return (ends & -ends).bit_length() - 1
