"""The one character that was changed, added or left out, when that is all that is wrong.

Two passes over the registered characters, one from each end, tell where the text before and the
text behind a place fit exactly. Where both do, with one character between them, is a slip. There
may be several: "12:30!5" for "{#var#}.{#numeric#}" lacks a point in many places, but one is likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dlt.matcher.characters import is_invisible, plain_look
from dlt.matcher.reach import Reach
from dlt.matcher.rules import in_word
from dlt.matcher.search import cut_of
from dlt.matcher.steps import Move, Step
from dlt.matcher.template import Part, Slot, Template

Cell = str | Slot
_IN_A_WORD = 3
# Moves over slots in one pass: some templates of nothing but links would take too long.
_BUDGET = 1_000


@dataclass(frozen=True, slots=True)
class Slip:
    """``expected`` is registered at cell ``cell``, ``found`` stands in the body; one may be empty.

    ``in_value`` says that what was added can be seen and stands right beside a value: then it is
    the value that is wrong, and nobody can tell what it should have been.
    """

    cell: int
    at: int
    expected: str
    found: str
    in_value: bool = False


def find_slip(template: Template, reach: Reach) -> tuple[Slip, tuple[Step, ...]] | None:
    """Return the likeliest slip and the whole body step by step, or None when there is more."""
    if len(reach.body) + 1 < template.fewest or sum(map(reach.effort, template.slots)) > _BUDGET:
        return None
    cells = [cell for part in template.parts for cell in _cells(part)]
    slips = _slips(cells, reach)
    best = min(slips, key=lambda slip: _unlikely(slip, cells, reach), default=None)
    return (best, tuple(_steps(cells, reach, best))) if best else None


def _cells(part: Part) -> Iterable[Cell]:
    return part if isinstance(part, str) else (part,)


def _slips(cells: Sequence[Cell], reach: Reach) -> Iterator[Slip]:
    """Yield one slip for each cell and kind, the last first: "12.." has its second point added."""
    before, behind = _forward(cells, reach), _backward(cells, reach)
    first = len(cells) + 1 - len(behind)
    for index in range(min(len(before), len(cells) + 1) - 1, max(first - 2, -1), -1):
        here = before[index]
        cell = cells[index] if index < len(cells) else ""
        rest = behind[len(cells) - index] if index >= first else 0
        after = behind[len(cells) - index - 1] if index < len(cells) else 0
        added = here & (rest >> 1)
        if added:
            yield from _added(cells, index, _last(added), reach.body)
        if isinstance(cell, str) and here & (after >> 1):
            at = _last(here & (after >> 1))
            yield Slip(index, at, cell, reach.body[at])
        if isinstance(cell, str) and here & after:
            yield Slip(index, _last(here & after), cell, "")


def _forward(cells: Sequence[Cell], reach: Reach) -> list[int]:
    """Return where the text behind 0, 1, 2, ... cells may go on, as long as it may."""
    sets = [1]
    for cell in cells:
        if isinstance(cell, str):
            sets.append((sets[-1] & reach.chars.get(cell, 0)) << 1)
        else:
            sets.append(reach.after(sets[-1], cell))
        if not sets[-1]:
            return sets[:-1]
    return sets


def _backward(cells: Sequence[Cell], reach: Reach) -> list[int]:
    """Return where the last 0, 1, 2, ... cells may start, as long as they may."""
    sets = [reach.end]
    for cell in reversed(cells):
        if isinstance(cell, str):
            sets.append((sets[-1] >> 1) & reach.chars.get(cell, 0))
        else:
            sets.append(reach.before(sets[-1], cell))
        if not sets[-1]:
            return sets[:-1]
    return sets


def _last(places: int) -> int:
    return places.bit_length() - 1


def _added(cells: Sequence[Cell], index: int, at: int, body: str) -> Iterator[Slip]:
    char, beside = body[at], cells[max(index - 1, 0) : index + 1]
    slots = sum(isinstance(cell, Slot) for cell in beside)
    if char.isspace() or is_invisible(char) or char in beside or slots == 0:
        yield Slip(index, at, "", char)
    elif slots == 1:
        yield Slip(index, at, "", char, in_value=True)


def _unlikely(slip: Slip, cells: Sequence[Cell], reach: Reach) -> int:
    """Rank a slip: what looks the same, then what is of the same kind, then what is small.

    It is hardly one that would make a value begin or end in the middle of a word.
    """
    return _strangeness(slip) + (0 if _between_words(slip, cells, reach) else _IN_A_WORD)


def is_plain(slip: Slip) -> bool:
    """Say whether it needs no other reading: an addition, or a character like the registered one."""
    return not slip.in_value and (not slip.expected or _strangeness(slip) <= 1)


def _strangeness(slip: Slip) -> int:
    if slip.in_value:
        return 3
    if slip.expected and slip.found:
        if _alike(slip.expected, slip.found):
            return 0
        return 1 if _kind(slip.expected) == _kind(slip.found) else 4
    char = slip.expected or slip.found
    if slip.found and (is_invisible(char) or char.isspace()):
        return 1
    return 3 if in_word(char) else 2


def _between_words(slip: Slip, cells: Sequence[Cell], reach: Reach) -> bool:
    before = cells[slip.cell - 1] if slip.cell else ""
    behind = [*cells[slip.cell :], "", ""][len(slip.expected)]
    starts = isinstance(before, str) or reach.edges >> slip.at & 1
    ends = isinstance(behind, str) or reach.edges >> (slip.at + len(slip.found)) & 1
    return bool(starts and ends)


def _alike(one: str, other: str) -> bool:
    return plain_look(one).casefold() == plain_look(other).casefold()


def _kind(char: str) -> str:
    if char.isspace():
        return "blank"
    return "word" if in_word(char) else "sign"


def _steps(cells: Sequence[Cell], reach: Reach, slip: Slip) -> Iterator[Step]:
    """Yield the exact text before the slip, the slip, and the exact text behind it."""
    yield from _exact(cells[: slip.cell], reach, 0, slip.at)
    move = Move.ADDED if slip.in_value else Move.CHANGED
    yield Step(move, slip.expected, slip.found, slip.at)
    behind = cells[slip.cell + len(slip.expected) :]
    yield from _exact(behind, reach, slip.at + len(slip.found), len(reach.body))


def _exact(cells: Sequence[Cell], reach: Reach, start: int, end: int) -> Iterator[Step]:
    spans = iter(cut_of(_parts(cells), reach, start, end) or ())
    at = start
    for cell in cells:
        if isinstance(cell, str):
            yield Step(Move.SAME, cell, cell, at)
            at += 1
        else:
            at, after = next(spans)
            yield Step(Move.VALUE, "", reach.body[at:after], at)
            at = after


def _parts(cells: Sequence[Cell]) -> list[Part]:
    """Join single characters to texts again."""
    parts: list[Part] = []
    for cell in cells:
        if isinstance(cell, str) and parts and isinstance(parts[-1], str):
            parts[-1] += cell
        else:
            parts.append(cell)
    return parts
