"""How much of a template's registered text stands in a body, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from dlt.finder.neighbours import words_of

# What a variable of one word or an adjacent pair of them usually holds at most.
_ROOM = 40


class Likeness:
    """Compares many templates with one body."""

    def __init__(self, body: str) -> None:
        self._matcher = SequenceMatcher(autojunk=False)
        words = words_of(body)
        self._matcher.set_seq2(words)
        self._size = sum(map(len, words))

    def of(self, literals: Sequence[str]) -> float:
        """Return a share from 0 to 1: of the registered words, those found in their order.

        A body much longer than the template could be counts against it, values aside.
        """
        words = [word for literal in literals for word in words_of(literal)]
        self._matcher.set_seq1(words)
        found = sum(
            sum(map(len, words[block.a : block.a + block.size]))
            for block in self._matcher.get_matching_blocks()
        )
        registered = sum(map(len, words))
        room = _ROOM * (len(literals) - 1)
        return found / max(1, registered, self._size - room)
