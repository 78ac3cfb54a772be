"""What an alignment may do and where each of its rows can be reached from.

Edit distance over the registered characters, with the slots as parts that cost nothing while
their value is legal. Row by row it is the automaton of Wu and Manber (Fast text searching
allowing errors, 1992) with one set of body positions per cost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from dlt.matcher.reach import Reach
from dlt.matcher.template import Slot, Template


class Cost(IntEnum):
    """What a step costs. One per character is the base; whole runs are a little dearer."""

    CHARACTER = 1
    EMPTY = 1
    MID_WORD = 1  # the value begins or ends inside a word: it lost or swallowed a letter
    RUN = 4  # any number of characters added, dropped or replaced in one go
    DOUBTFUL = 4  # the value breaks its rule, or holds registered words that stand beside it


_SHORT_WORD = 6
_RUN = int(Cost.RUN)  # a plain number: it is compared millions of times


@dataclass(frozen=True, slots=True)
class Variable:
    """A slot with the words beside it: a value that holds them has swallowed registered text."""

    slot: Slot
    beside: tuple[str, ...]


Cell = str | Variable
Row = list[int]

_FIRST_WORD = re.compile(r"\s*\S+\s?")
_LAST_WORD = re.compile(r"\s?\S+\s*\Z")


def cells_of(template: Template) -> list[Cell]:
    cells: list[Cell] = []
    beside = ("", *template.parts, "")
    for before, part, after in zip(beside, beside[1:], beside[2:], strict=False):
        cells += part if isinstance(part, str) else [Variable(part, _words(before, after))]
    return cells


def _words(before: str | Slot, after: str | Slot) -> tuple[str, ...]:
    """Return the last word before a slot and the first behind it, with the blanks around them."""
    last = _LAST_WORD.search(before[-80:]) if isinstance(before, str) else None
    first = _FIRST_WORD.match(after) if isinstance(after, str) else None
    return tuple(word[0] for word in (last, first) if word and len(word[0]) > 1)


def rows_of(cells: list[Cell], reach: Reach, ceiling: int) -> list[Row]:
    """Return per cell and cost the positions from which the rest can be aligned."""
    rows = [_with_added([reach.end] + [0] * ceiling, reach)]
    dropped: Row = [0] * (ceiling + 1)
    has_runs = (
        ceiling >= Cost.RUN
    )  # below that no run is affordable, and long texts take half the time
    for cell in reversed(cells):
        following = rows[-1]
        if isinstance(cell, str) and not has_runs:
            row = _before_char(cell, reach, following, dropped)
        elif isinstance(cell, str):
            dropped = [old | new for old, new in zip(dropped, following, strict=True)]
            if grown(len(cells) - len(rows), 1):
                dropped = [0, *dropped[:-1]]
            row = _before_char(cell, reach, following, dropped)
        else:
            dropped = [0] * (ceiling + 1)
            row = _before_slot(cell, reach, following)
        rows.append(_with_added(row, reach))
    return rows[::-1]


def grown(first: int, count: int) -> int:
    """Return what dropping this many cells costs beside the run: one for a short word each."""
    return (first + count - 1) // _SHORT_WORD - (first - 1) // _SHORT_WORD


def _with_added(row: Row, reach: Reach) -> Row:
    """Let the body have characters that are not registered, one by one or in a run."""
    for cost in range(1, len(row)):
        row[cost] |= row[cost - 1] | (row[cost - 1] >> 1)
        if cost >= _RUN:
            row[cost] |= _before_run(reach, row[cost - _RUN])
    return row


def _before_run(reach: Reach, ends: int) -> int:
    """Return where a run of whole words may start; it takes nothing from a value beside it."""
    return reach.before_anything(ends & reach.stops) & reach.gaps


def _before_char(char: str, reach: Reach, following: Row, dropped: Row) -> Row:
    places = reach.chars.get(char, 0)
    row = [(ends >> 1) & places for ends in following]
    for cost in range(1, len(row)):
        cheaper = following[cost - 1]
        row[cost] |= cheaper | (cheaper >> 1)
        if cost >= _RUN:
            gone = dropped[cost - _RUN]
            row[cost] |= gone | _before_run(reach, gone)
    return row


def _before_slot(variable: Variable, reach: Reach, following: Row) -> Row:
    row = [whole_words(variable, reach, ends) for ends in following]
    for cost in range(1, len(row)):
        row[cost] |= _cheaper(following, cost, Cost.EMPTY)
        inside = _cheaper(following, cost, Cost.MID_WORD)
        row[cost] |= reach.before(inside, variable.slot, variable.beside)
        row[cost] |= reach.before_anything(_cheaper(following, cost, Cost.DOUBTFUL))
    return row


def _cheaper(row: Row, cost: int, by: Cost) -> int:
    return row[cost - by] if cost >= by else 0


def whole_words(variable: Variable, reach: Reach, ends: int) -> int:
    return reach.before(ends & reach.edges, variable.slot, variable.beside) & reach.edges
