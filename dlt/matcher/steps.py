"""The moves of an alignment of registered with sent text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Move(Enum):
    """What one step of the alignment consumes."""

    SAME = auto()
    CHANGED = auto()
    ADDED = auto()
    DROPPED = auto()
    VALUE = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One move: registered text on one side, the body from start to end on the other."""

    move: Move
    expected: str
    found: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.found)

    def begins_in_word(self) -> bool:
        return bool((self.expected[:1] + self.found[:1]).strip())

    def ends_in_word(self) -> bool:
        return bool((self.expected[-1:] + self.found[-1:]).strip())
