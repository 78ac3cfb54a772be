"""The cut that keeps every registered text and breaks the fewest slot rules."""

from __future__ import annotations

from dlt.matcher.reach import Reach
from dlt.matcher.search import Spans, furthest_end
from dlt.matcher.shapes import span_mask
from dlt.matcher.template import Slot, Template

# Moves over slots that may be computed: about 10 ms for the longest body.
_BUDGET = 2_500


def fewest_violations(template: Template, reach: Reach) -> Spans | None:
    """Return the place of each slot's value, or None when some registered text is not there.

    When too many values are wrong to try all, the nearest place of each text is taken.
    """
    nearest = _texts_in_order(template, reach.body)
    if nearest is None:
        return None
    levels: list[list[int]] = []
    effort = sum(map(reach.effort, template.slots)) or 1
    for _ in range(min(len(template.slots), _BUDGET // effort) + 1):
        levels.append(_level(template, reach, levels[-1] if levels else None))
        if levels[-1][0] & 1:
            return _walk(template, reach, levels)
    return nearest


def _texts_in_order(template: Template, body: str) -> Spans | None:
    """Return the gaps between the registered texts, each as near as it can be, if all are there."""
    if template.last is None or not (
        body.startswith(template.head) and body.endswith(template.tail)
    ):
        return None
    at, spans = 0, []
    for part, following in zip(template.parts, (*template.parts, "")[1:], strict=True):
        if isinstance(part, str):
            at += len(part)
            continue
        end = body.find(following, at) if isinstance(following, str) else at
        if end < 0:
            return None
        spans.append((at, end))
        at = end
    return (*spans[:-1], (spans[-1][0], len(body) - len(template.tail)))


def _level(template: Template, reach: Reach, better: list[int] | None) -> list[int]:
    """Return, per part, where it may start when one slot more than in ``better`` may be wrong."""
    sets = [reach.end]
    for index in range(len(template.parts) - 1, -1, -1):
        part = template.parts[index]
        starts = reach.before(sets[-1], part)
        if better is not None and isinstance(part, Slot):
            starts |= reach.before_anything(better[index + 1])
        sets.append(starts)
    return sets[::-1]


def _walk(template: Template, reach: Reach, levels: list[list[int]]) -> Spans:
    """Follow the sets from the left: legal values as long as possible, wrong ones as short."""
    at, level = 0, len(levels) - 1
    spans = []
    for index, part in enumerate(template.parts):
        if isinstance(part, str):
            at += len(part)
            continue
        if reach.before(levels[level][index + 1], part) >> at & 1:
            end = furthest_end(part, reach, at, levels[level][index + 1])
        else:
            level -= 1
            end = shortest_wrong(levels[level][index + 1], at)
        spans.append((at, end))
        at = end
    return tuple(spans)


def shortest_wrong(ends: int, at: int) -> int:
    """Return the nearest of ``ends`` behind ``at``, or ``at`` itself when there is none."""
    behind = ends & ~span_mask(0, at)
    return (behind & -behind).bit_length() - 1 if behind else at
