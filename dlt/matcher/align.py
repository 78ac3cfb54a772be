"""The cheapest way to turn the template into the body, when some registered text differs.

Cost and total work are bounded; beyond the bounds the texts count as unrelated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlt.matcher.edits import cells_of, rows_of
from dlt.matcher.reach import Reach
from dlt.matcher.steps import Move, Step
from dlt.matcher.template import Template
from dlt.matcher.trace import Trace

_CEILINGS = (6, 20, 48)
# Sets that may be computed, about 7 ms for the longest body; a slot takes several a row.
_BUDGET = 7_000
_SETS_PER_SLOT = 15
# Registered characters out of which one must be found again for the texts to be related.
_RELATED = 4


def align(template: Template, body: str) -> tuple[Step, ...] | None:
    """Return the steps from left to right, or None when the texts are too different."""
    cells = cells_of(template)
    start, end = _common(template.head, template.tail, body)
    inner = cells[start : len(cells) - end]
    reach = Reach(body[start : len(body) - end])
    effort = 1 + sum(
        1 if isinstance(cell, str) else _SETS_PER_SLOT * reach.effort(cell.slot) for cell in inner
    )
    left = _BUDGET // effort
    for ceiling in _CEILINGS:
        affordable = min(ceiling, left)
        left -= affordable
        rows = rows_of(inner, reach, affordable)
        cost = next((cost for cost, starts in enumerate(rows[0]) if starts & 1), None)
        if cost is not None:
            between = Trace(inner, reach, rows, start, cost).steps()
            steps = (*_same(body, 0, start), *between, *_same(body, len(body) - end, len(body)))
            return steps if _related(template, steps) else None
        if affordable < ceiling:
            break
    return None


def _common(head: str, tail: str, body: str) -> tuple[int, int]:
    """Return how many characters at the start and the end are as registered, in whole words."""
    start = shared(head, body)
    room = len(body) - start
    if head is tail:
        room = min(room, len(head) - start)
    end = min(room, shared(tail[::-1], body[::-1]))
    while start and not body[start - 1].isspace():
        start -= 1
    while end and not body[len(body) - end - 1].isspace():
        end -= 1
    return start, end


def shared(one: str, other: str) -> int:
    """Return how many first characters two texts have in common."""
    pairs = zip(one, other, strict=False)
    apart = (at for at, (a, b) in enumerate(pairs) if a != b)
    return next(apart, min(len(one), len(other)))


def _same(body: str, start: int, end: int) -> Iterator[Step]:
    for at in range(start, end):
        yield Step(Move.SAME, body[at], body[at], at)


def _related(template: Template, steps: Sequence[Step]) -> bool:
    same = sum(step.move is Move.SAME for step in steps)
    return same * _RELATED >= sum(map(len, template.literals))
