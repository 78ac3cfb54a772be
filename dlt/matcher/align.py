"""The cheapest way to turn the template into the body, when some registered text differs.

Edit distance over the registered characters, with the slots as parts that cost nothing while
their value is legal. Row by row it is the automaton of Wu and Manber (Fast text searching
allowing errors, 1992) with one set of body positions per cost; the cost and the total work are
bounded, beyond them the texts count as unrelated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from os.path import commonprefix

from dlt.matcher.reach import Reach
from dlt.matcher.relaxed import shortest_wrong
from dlt.matcher.rules import RunRule, span_mask
from dlt.matcher.search import furthest_end
from dlt.matcher.steps import Move, Step
from dlt.matcher.template import Slot, Template

_CEILINGS = (6, 20, 48)
# Sets that may be computed, about 40 ms for the longest body; a slot takes several a row.
_BUDGET = 40_000
_SETS_PER_SLOT = 15
# Registered characters out of which one must be found again for the texts to be related.
_RELATED = 4


class Cost(IntEnum):
    """What a step costs. One per character is the base; whole runs are a little dearer."""

    CHARACTER = 1
    EMPTY = 1
    MID_WORD = 1  # the value begins or ends inside a word: it lost or swallowed a letter
    RUN = 4  # any number of characters added or dropped in one go
    REPLACED = 5  # a run dropped and another put in its place
    SWALLOWED = 4  # the value holds registered words that stand beside it, or no word at all
    WRONG = 4  # the value breaks its rule


@dataclass(frozen=True, slots=True)
class _Variable:
    """A slot with the words beside it: a value that holds them has swallowed registered text."""

    slot: Slot
    beside: tuple[str, ...]


Cell = str | _Variable
Row = list[int]

_FIRST_WORD = re.compile(r"\s*\S+\s?")
_LAST_WORD = re.compile(r"\s?\S+\s*\Z")


def align(template: Template, body: str) -> tuple[Step, ...] | None:
    """Return the steps from left to right, or None when the texts are too different."""
    cells = _cells(template)
    start, end = _common(template.head, template.tail, body)
    inner = cells[start : len(cells) - end]
    reach = Reach(body[start : len(body) - end])
    effort = 1 + sum(
        1 if isinstance(cell, str) else _SETS_PER_SLOT * reach.effort(cell.slot) for cell in inner
    )
    for ceiling in _CEILINGS:
        affordable = min(ceiling, _BUDGET // effort)
        rows = _rows(inner, reach, affordable)
        cost = next((cost for cost, starts in enumerate(rows[0]) if starts & 1), None)
        if cost is not None:
            between = _Trace(inner, reach, rows, start, cost).steps()
            steps = (*_same(body, 0, start), *between, *_same(body, len(body) - end, len(body)))
            return steps if _related(template, steps) else None
        if affordable < ceiling:
            break
    return None


def _common(head: str, tail: str, body: str) -> tuple[int, int]:
    """Return how many characters at the start and the end are as registered, counted once."""
    start = len(commonprefix((head, body)))
    room = len(body) - start
    if head is tail:
        room = min(room, len(head) - start)
    return start, min(room, len(commonprefix((tail[::-1], body[::-1]))))


def _same(body: str, start: int, end: int) -> Iterator[Step]:
    for at in range(start, end):
        yield Step(Move.SAME, body[at], body[at], at)


def _related(template: Template, steps: Sequence[Step]) -> bool:
    same = sum(step.move is Move.SAME for step in steps)
    return same * _RELATED >= sum(map(len, template.literals))


def _cells(template: Template) -> list[Cell]:
    cells: list[Cell] = []
    beside = ("", *template.parts, "")
    for before, part, after in zip(beside, beside[1:], beside[2:], strict=False):
        cells += part if isinstance(part, str) else [_Variable(part, _words(before, after))]
    return cells


def _words(before: str | Slot, after: str | Slot) -> tuple[str, ...]:
    """Return the last word before a slot and the first behind it, with the blanks around them."""
    last = _LAST_WORD.search(before[-80:]) if isinstance(before, str) else None
    first = _FIRST_WORD.match(after) if isinstance(after, str) else None
    return tuple(word[0] for word in (last, first) if word and len(word[0]) > 1)


def _rows(cells: list[Cell], reach: Reach, ceiling: int) -> list[Row]:
    """Return per cell and cost the positions from which the rest can be aligned."""
    rows = [_with_added([reach.end] + [0] * ceiling, reach)]
    dropped: Row = [0] * (ceiling + 1)
    for cell in reversed(cells):
        following = rows[-1]
        if isinstance(cell, str):
            dropped = [old | new for old, new in zip(dropped, following, strict=True)]
            row = _before_char(cell, reach, following, dropped)
        else:
            dropped = [0] * (ceiling + 1)
            row = _before_slot(cell, reach, following)
        rows.append(_with_added(row, reach))
    return rows[::-1]


def _with_added(row: Row, reach: Reach) -> Row:
    """Let the body have characters that are not registered, one by one or in a run."""
    for cost in range(1, len(row)):
        row[cost] |= row[cost - 1] | (row[cost - 1] >> 1)
        if cost >= Cost.RUN:
            row[cost] |= _before_run(reach, row[cost - Cost.RUN])
    return row


def _before_run(reach: Reach, ends: int) -> int:
    """Return where a run of whole words may start; it takes nothing from a value beside it."""
    return reach.before_anything(ends & reach.gaps) & reach.gaps


def _before_char(char: str, reach: Reach, following: Row, dropped: Row) -> Row:
    places = reach.chars.get(char, 0)
    row = [(ends >> 1) & places for ends in following]
    for cost in range(1, len(row)):
        cheaper = following[cost - 1]
        row[cost] |= cheaper | (cheaper >> 1)
        if cost >= Cost.RUN:
            row[cost] |= dropped[cost - Cost.RUN]
        if cost >= Cost.REPLACED:
            row[cost] |= _before_run(reach, dropped[cost - Cost.REPLACED])
    return row


def _before_slot(variable: _Variable, reach: Reach, following: Row) -> Row:
    row = [_whole_words(variable, reach, ends) for ends in following]
    for cost in range(1, len(row)):
        cheaper = following[cost - 1]
        row[cost] |= cheaper | reach.before(cheaper, variable.slot, variable.beside)
        if cost >= Cost.RUN:
            cheaper = following[cost - Cost.RUN]
            row[cost] |= reach.before_anything(cheaper)
    return row


def _whole_words(variable: _Variable, reach: Reach, ends: int) -> int:
    return reach.before(ends & reach.edges, variable.slot, variable.beside) & reach.edges


@dataclass(slots=True)
class _Trace:
    """Reads the steps back from the rows; ``left`` is the cost still to be spent."""

    cells: list[Cell]
    reach: Reach
    rows: list[Row]
    offset: int
    left: int
    at: int = 0
    row: int = 0

    def steps(self) -> list[Step]:
        found = []
        while self.row < len(self.cells) or self.at < len(self.reach.body):
            cell = self.cells[self.row] if self.row < len(self.cells) else None
            if isinstance(cell, _Variable):
                found.append(self._slot(cell))
            else:
                found.append(self._char(cell or ""))
        return found

    def _char(self, char: str) -> Step:
        """Prefer what reads best: the same, an added, a changed, a dropped character, then runs."""
        if char and self.reach.body[self.at : self.at + 1] == char and self._reaches(1, 1, 0):
            return self._take(Move.SAME, 1, 1, 0)
        if self._reaches(1, 0, Cost.CHARACTER):
            return self._take(Move.ADDED, 1, 0, Cost.CHARACTER)
        if char and self._reaches(1, 1, Cost.CHARACTER):
            return self._take(Move.CHANGED, 1, 1, Cost.CHARACTER)
        if char and self._reaches(0, 1, Cost.CHARACTER):
            return self._take(Move.DROPPED, 0, 1, Cost.CHARACTER)
        return self._run()

    def _run(self) -> Step:
        """Take a run that was added, dropped or replaced, the shortest there is."""
        ends = self._run_ends(0, Cost.RUN)
        if ends:
            return self._take(Move.ADDED, _lowest(ends) - self.at, 0, Cost.RUN)
        for count in range(1, self._letters() + 1):
            if self._reaches(0, count, Cost.RUN):
                return self._take(Move.DROPPED, 0, count, Cost.RUN)
        replaced = ((n, self._run_ends(n, Cost.REPLACED)) for n in range(1, self._letters() + 1))
        count, ends = next((count, ends) for count, ends in replaced if ends)
        return self._take(Move.CHANGED, _lowest(ends) - self.at, count, Cost.REPLACED)

    def _run_ends(self, cells: int, cost: int) -> int:
        """Return where a run of words that starts here may end."""
        gaps = self.reach.gaps if self.reach.gaps >> self.at & 1 else 0
        return self._sets(cells, cost) & gaps & -(2 << self.at)

    def _letters(self) -> int:
        """Return how many registered characters come before the next slot."""
        rest = enumerate(self.cells[self.row :])
        slots = (count for count, cell in rest if isinstance(cell, _Variable))
        return next(slots, len(self.cells) - self.row)

    def _slot(self, variable: _Variable) -> Step:
        """Prefer a legal value, whole words first, then an added character, no value, a wrong one."""
        legal = self._legal(variable)
        if legal:
            return legal
        if self._reaches(0, 1, Cost.EMPTY):
            return self._take(Move.VALUE, 0, 1, Cost.EMPTY)
        if self._reaches(1, 0, Cost.CHARACTER):
            return self._take(Move.ADDED, 1, 0, Cost.CHARACTER)
        end = shortest_wrong(self._sets(1, Cost.WRONG), self.at)
        return self._take(Move.VALUE, end - self.at, 1, Cost.WRONG)

    def _legal(self, variable: _Variable) -> Step | None:
        reach, slot = self.reach, variable.slot
        swallowed = self._sets(1, Cost.SWALLOWED)
        whole, partly = self._sets(1, 0), self._sets(1, Cost.MID_WORD)
        free = span_mask(self.at, self._next_beside(variable))
        for ends, starts, cost in (
            (swallowed, reach.before(swallowed, slot), Cost.SWALLOWED),
            (whole & reach.edges & free, _whole_words(variable, reach, whole), 0),
            (partly & free, reach.before(partly, slot, variable.beside), Cost.MID_WORD),
        ):
            if starts >> self.at & 1:
                return self._take(Move.VALUE, self._end(slot, ends) - self.at, 1, cost)
        return None

    def _end(self, slot: Slot, ends: int) -> int:
        """Prefer the longest value that the registered character follows, then the longest."""
        following = [cell for cell in self.cells[self.row + 1 : self.row + 2] if isinstance(cell, str)]
        places = self.reach.chars.get("".join(following), 0)
        end = furthest_end(slot, self.reach.body, self.at, ends & places)
        return end if end > self.at else furthest_end(slot, self.reach.body, self.at, ends)

    def _next_beside(self, variable: _Variable) -> int:
        """Return where the next of the words beside this slot stands in the body.

        A value of a given shape, such as a link, may hold them.
        """
        words = variable.beside if isinstance(variable.slot.rule, RunRule) else ()
        places = [self.reach.body.find(word, self.at) for word in words]
        return min((at for at in places if at >= 0), default=len(self.reach.body))

    def _sets(self, cells: int, cost: int) -> int:
        """Return where the rest can be aligned from after that many cells at that price."""
        row = self.row + cells
        return self.rows[row][self.left - cost] if cost <= self.left and row < len(self.rows) else 0

    def _reaches(self, chars: int, cells: int, cost: int) -> bool:
        return bool(self._sets(cells, cost) >> (self.at + chars) & 1)

    def _take(self, move: Move, chars: int, cells: int, cost: int) -> Step:
        registered = self.cells[self.row : self.row + cells] if move is not Move.VALUE else []
        expected = "".join(cell for cell in registered if isinstance(cell, str))
        found = self.reach.body[self.at : self.at + chars]
        step = Step(move, expected, found, self.offset + self.at)
        self.at += chars
        self.row += cells
        self.left -= cost
        return step


def _lowest(ends: int) -> int:
    return (ends & -ends).bit_length() - 1
