"""From an alignment to differences a person can read, each with its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dlt.matcher.characters import is_invisible, is_punctuation, plain_look
from dlt.matcher.problem import Kind
from dlt.matcher.search import Spans
from dlt.matcher.steps import Move, Step

_EDGE_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Registered against sent text; ``at`` is the first character that differs."""

    kind: Kind
    at: int
    expected: str
    found: str


def slot_spans(steps: Sequence[Step]) -> Spans:
    """Return the place of each value; text added right beside a value belongs to it."""
    spans = []
    for index, step in enumerate(steps):
        if step.move is Move.VALUE:
            before, behind = _touching(steps, index)
            spans.append((steps[before].start, steps[behind].end))
    return tuple(spans)


def differences(steps: Sequence[Step], body: str) -> list[Difference]:
    """Return what differs in the registered text, from left to right, whole words at a time."""
    edited = _edited(steps)
    found = []
    for first, last in _regions(steps, edited):
        inner = [index for index in range(first, last + 1) if index in edited]
        expected = "".join(step.expected for step in steps[first : last + 1])
        sent = body[steps[first].start : steps[last].end]
        at_edge = inner[0] == 0 or inner[-1] == len(steps) - 1
        kind = kind_of(expected, sent, at_edge=at_edge)
        found.append(Difference(kind, steps[inner[0]].start, expected, sent))
    return found


def _touching(steps: Sequence[Step], index: int) -> tuple[int, int]:
    before = behind = index
    while before and steps[before - 1].move is Move.ADDED:
        before -= 1
    while behind + 1 < len(steps) and steps[behind + 1].move is Move.ADDED:
        behind += 1
    return before, behind


def _edited(steps: Sequence[Step]) -> frozenset[int]:
    """Return the steps that change registered text and do not belong to a value."""
    changed = {
        index for index, step in enumerate(steps) if step.move not in (Move.SAME, Move.VALUE)
    }
    for index, step in enumerate(steps):
        if step.move is Move.VALUE:
            before, behind = _touching(steps, index)
            changed.difference_update(range(before, behind + 1))
    return frozenset(changed)


def _regions(steps: Sequence[Step], edited: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of edited steps, widened to the words they touch and joined where they meet."""
    first = last = -1
    for index in sorted(edited):
        if last < 0 or index > last + 1:
            if last >= 0:
                yield first, last
            first = _word_start(steps, index, last + 1)
        last = _word_end(steps, edited, max(index, last))
    if last >= 0:
        yield first, last


def _word_start(steps: Sequence[Step], index: int, floor: int) -> int:
    if steps[index].begins_in_word():
        while index > floor and _same_word(steps[index - 1]):
            index -= 1
    return index


def _word_end(steps: Sequence[Step], edited: frozenset[int], index: int) -> int:
    inside = steps[index].ends_in_word()
    while index + 1 < len(steps):
        if index + 1 in edited:
            inside = steps[index + 1].ends_in_word()
        elif not inside or not _same_word(steps[index + 1]):
            break
        index += 1
    return index


def _same_word(step: Step) -> bool:
    return step.move is Move.SAME and step.ends_in_word()


def kind_of(expected: str, found: str, *, at_edge: bool) -> Kind:
    """Name the difference by the smallest change that removes it."""
    for kind, plain in _PLAIN:
        if plain(expected) == plain(found):
            return kind
    if _same_blanks_apart(expected, found):
        return Kind.WHITESPACE if expected.count("\n") == found.count("\n") else Kind.NEWLINE
    one_sided = not expected.strip() or not found.strip()
    if one_sided and _is_long(expected + found, at_edge=at_edge):
        return Kind.EXTRA if found.strip() else Kind.MISSING
    if _without_punctuation(expected) == _without_punctuation(found):
        return Kind.PUNCTUATION
    if one_sided and at_edge:
        return Kind.EXTRA if found.strip() else Kind.MISSING
    return Kind.TEXT


def _is_long(text: str, *, at_edge: bool) -> bool:
    """Say whether a one-sided text is more than a word or a stray sign."""
    return len(text.split()) > 1 or (at_edge and len(text.strip()) >= _EDGE_CHARACTERS)


def _without(text: str, unwanted: Callable[[str], bool]) -> str:
    """Drop characters; each that occurs is asked about once, however long the text."""
    return text.translate({ord(char): None for char in set(text) if unwanted(char)})


def _visible(text: str) -> str:
    return _without(text, is_invisible)


_PLAIN: tuple[tuple[Kind, Callable[[str], str]], ...] = (
    (Kind.INVISIBLE, _visible),
    (Kind.LOOKALIKE, plain_look),
    (Kind.CASE, str.casefold),
)


def _same_blanks_apart(expected: str, found: str) -> bool:
    return "".join(expected.split()) == "".join(found.split())


def _without_punctuation(text: str) -> str:
    return _without(text, lambda char: char.isspace() or is_punctuation(char))
