"""What an expression can see while it is worked out, and how much it may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from applets.expressions.errors import Exhausted

MOST_STEPS: Final = 20_000
LONGEST_TEXT: Final = 100_000
"""Characters of a text that an expression makes."""
MOST_ITEMS: Final = 10_000
"""Entries of a list that an expression makes."""
_PER_STEP: Final = 50
"""Characters or entries that one step reads."""


class Scope:
    """The names of one evaluation, and the steps it has left."""

    __slots__ = ("left", "local", "lookup")

    def __init__(self, lookup: Callable[[str], Any], steps: int = MOST_STEPS) -> None:
        self.lookup = lookup
        self.local: dict[str, Any] = {}
        self.left = steps

    def spend(self, size: int = 0) -> None:
        """Take one step, and more for a large value. Raises Exhausted."""
        self.left -= 1 + size // _PER_STEP
        if self.left < 0:
            raise Exhausted(f"it takes more than {MOST_STEPS} steps")

    def text(self, length: int) -> None:
        """Take the steps of making a text. Raises Exhausted."""
        if length > LONGEST_TEXT:
            raise Exhausted(f"it makes a text of more than {LONGEST_TEXT} characters")
        self.spend(length)

    def items(self, count: int) -> None:
        """Take the steps of making a list. Raises Exhausted."""
        if count > MOST_ITEMS:
            raise Exhausted(f"it makes a list of more than {MOST_ITEMS} entries")
        self.spend(count)
