"""Reading the cheapest alignment back from its rows."""

from __future__ import annotations

from dataclasses import dataclass

from dlt.matcher.edits import Cell, Cost, Row, Variable, grown, whole_words
from dlt.matcher.reach import Reach
from dlt.matcher.relaxed import shortest_wrong
from dlt.matcher.rules import RunRule
from dlt.matcher.search import furthest_end, lowest
from dlt.matcher.shapes import span_mask
from dlt.matcher.steps import Move, Step
from dlt.matcher.template import Slot


@dataclass(slots=True)
class Trace:
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
            if isinstance(cell, Variable):
                found.append(self._slot(cell))
            else:
                found.append(self._char(cell or ""))
        return found

    def _char(self, char: str) -> Step:
        """Prefer what reads best: the same, an added, a changed, a dropped character, then runs."""
        if char and self.reach.body[self.at : self.at + 1] == char and self._reaches(1, 1, 0):
            return self._keep(char)
        if self._reaches(1, 0, Cost.CHARACTER):
            return self._take(Move.ADDED, 1, 0, Cost.CHARACTER)
        if char and self._reaches(1, 1, Cost.CHARACTER):
            return self._take(Move.CHANGED, 1, 1, Cost.CHARACTER)
        if char and self._reaches(0, 1, Cost.CHARACTER):
            return self._take(Move.DROPPED, 0, 1, Cost.CHARACTER)
        return self._run()

    def _keep(self, char: str) -> Step:
        """Take the registered character: nearly every step of a long text is this one."""
        step = Step(Move.SAME, char, char, self.offset + self.at)
        self.at += 1
        self.row += 1
        return step

    def _run(self) -> Step:
        """Take a run that was added, dropped or replaced, the shortest there is."""
        ends = self._run_ends(0, Cost.RUN)
        if ends:
            return self._take(Move.ADDED, lowest(ends) - self.at, 0, Cost.RUN)
        gone = [
            (count, Cost.RUN + grown(self.row, count)) for count in range(1, self._letters() + 1)
        ]
        for count, cost in gone:
            if self._reaches(0, count, cost):
                return self._take(Move.DROPPED, 0, count, cost)
        replaced = ((count, cost, self._run_ends(count, cost)) for count, cost in gone)
        count, cost, ends = next(found for found in replaced if found[2])
        return self._take(Move.CHANGED, lowest(ends) - self.at, count, cost)

    def _run_ends(self, cells: int, cost: int) -> int:
        """Return where a run of words that starts here may end."""
        stops = self.reach.stops if self.reach.gaps >> self.at & 1 else 0
        return self._sets(cells, cost) & stops & -(2 << self.at)

    def _letters(self) -> int:
        """Return how many registered characters come before the next slot."""
        rows = range(self.row, len(self.cells))
        slots = (row for row in rows if isinstance(self.cells[row], Variable))
        return next(slots, len(self.cells)) - self.row

    def _slot(self, variable: Variable) -> Step:
        """Prefer a legal value, then none, then an added character, then a wrong value."""
        legal = self._legal(variable)
        if legal:
            return legal
        if self._reaches(0, 1, Cost.EMPTY):
            return self._take(Move.VALUE, 0, 1, Cost.EMPTY)
        if self._reaches(1, 0, Cost.CHARACTER):
            return self._take(Move.ADDED, 1, 0, Cost.CHARACTER)
        end = shortest_wrong(self._sets(1, Cost.DOUBTFUL), self.at)
        return self._take(Move.VALUE, end - self.at, 1, Cost.DOUBTFUL)

    def _legal(self, variable: Variable) -> Step | None:
        reach, slot = self.reach, variable.slot
        swallowed = self._sets(1, Cost.DOUBTFUL)
        whole, partly = self._sets(1, 0), self._sets(1, Cost.MID_WORD)
        free = span_mask(self.at, self._next_beside(variable))
        for ends, starts, cost in (
            (swallowed, reach.before(swallowed, slot), Cost.DOUBTFUL),
            (whole & reach.edges & free, whole_words(variable, reach, whole), 0),
            (partly & free, reach.before(partly, slot, variable.beside), Cost.MID_WORD),
        ):
            if starts >> self.at & 1:
                return self._take(Move.VALUE, self._end(slot, ends) - self.at, 1, cost)
        return None

    def _end(self, slot: Slot, ends: int) -> int:
        """Prefer the longest value that the registered character follows, then the longest."""
        following = self.cells[self.row + 1] if self.row + 1 < len(self.cells) else ""
        places = self.reach.chars.get(following, 0) if isinstance(following, str) else 0
        end = furthest_end(slot, self.reach, self.at, ends & places)
        return end if end > self.at else furthest_end(slot, self.reach, self.at, ends)

    def _next_beside(self, variable: Variable) -> int:
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
