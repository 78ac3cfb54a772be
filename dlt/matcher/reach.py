"""Sets of body positions kept as the bits of an int, moved over whole parts of a template at once.

Bit ``p`` stands for position ``p``. A move goes from the positions where a part may end to those
where it may start, so a search is one pass from right to left and never backtracks: its cost is
the number of parts times the body's length over the word size, whatever the text.
"""

from __future__ import annotations

from functools import cached_property

from dlt.matcher.rules import NumberRule, RunRule, ShapeRule, in_word
from dlt.matcher.shapes import Group
from dlt.matcher.template import Part, Slot

Without = tuple[str, ...] | None


class Reach:
    """Moves over one body; the sets that depend on the body alone are built once."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.end = 1 << len(body)
        self._literals: dict[str, int] = {}
        self._windows: dict[tuple[str, Without, int], tuple[int, int]] = {}
        self._shapes: dict[str, list[Group]] = {}
        self._lengths: dict[tuple[str, int], list[tuple[int, int]]] = {}

    @cached_property
    def chars(self) -> dict[str, int]:
        """Where each character of the body stands."""
        found: dict[str, int] = {}
        bit = 1
        for char in self.body:
            found[char] = found.get(char, 0) | bit
            bit <<= 1
        return found

    @cached_property
    def edges(self) -> int:
        """Where a word or a number of the body begins or ends, and everywhere outside of them."""
        inside = 0
        for of_a_kind in (str.isdecimal, _letter):
            places = sum(at for char, at in self.chars.items() if of_a_kind(char))
            inside |= places & (places << 1)
        return (2 * self.end - 1) & ~inside

    @cached_property
    def gaps(self) -> int:
        """Where blank-separated words begin and end."""
        blank = sum(at for char, at in self.chars.items() if char.isspace())
        return blank | (blank << 1) | 1 | self.end

    @cached_property
    def stops(self) -> int:
        """Where words end, be it before a blank or before punctuation."""
        inside = sum(at for char, at in self.chars.items() if in_word(char))
        return self.gaps | ((inside << 1) & ~inside)

    def before(self, ends: int, part: Part, without: Without = None) -> int:
        """Return where this part may start when it ends at one of ``ends``, all rules obeyed.

        With ``without``, only runs count that hold a letter or digit and none of these texts.
        """
        if isinstance(part, str):
            return self._starts_of(part) & (ends >> len(part))
        if isinstance(part.rule, RunRule):
            return self._before_run(ends, part.rule, min(part.capacity, len(self.body)), without)
        if isinstance(part.rule, ShapeRule):
            return self._before_shape(ends, part, part.rule)
        found = 0
        for length, starts in self._numbers(part, part.rule):
            found |= starts & (ends >> length)
        return found

    def after(self, starts: int, part: Part) -> int:
        """Return where this part may end when it starts at one of ``starts``, all rules obeyed."""
        if isinstance(part, str):
            return (self._starts_of(part) & starts) << len(part)
        if isinstance(part.rule, RunRule):
            return self._after_run(starts, part.rule, min(part.capacity, len(self.body)))
        if isinstance(part.rule, ShapeRule):
            return self._after_shape(starts, part, part.rule)
        found = 0
        for length, places in self._numbers(part, part.rule):
            found |= (places & starts) << length
        return found

    def ends_of(self, slot: Slot, at: int) -> int:
        """Return where a legal value that starts here may end."""
        return self.after(1 << at, slot)

    def effort(self, slot: Slot) -> int:
        """Return what one move over this slot costs, a run of characters being 1."""
        if isinstance(slot.rule, RunRule):
            return 1
        found = self._groups(slot.rule) if isinstance(slot.rule, ShapeRule) else ()
        return 1 + len(found) // 10

    @staticmethod
    def before_anything(ends: int) -> int:
        """Return where any text, even none, may start when it ends at one of ``ends``."""
        return (1 << ends.bit_length()) - 1

    def _starts_of(self, literal: str) -> int:
        if literal not in self._literals:
            found = self.end - 1
            for offset, char in enumerate(literal):
                found &= self.chars.get(char, 0) >> offset
                if not found:
                    break
            self._literals[literal] = found
        return self._literals[literal]

    def _before_run(self, ends: int, rule: RunRule, capacity: int, without: Without) -> int:
        """Step back by 1, 2, 4, ... characters; ``seen`` holds the starts of non-blank values."""
        starts, seen, covered = ends, 0, 0
        while covered < capacity:
            width = min(covered + 1, capacity - covered)
            allowed, visible = self._window(rule, without, width)
            moved = (starts >> width) & allowed
            seen |= ((seen >> width) & allowed) | (moved & visible)
            starts |= moved
            covered += width
        return seen

    def _window(self, rule: RunRule, without: Without, width: int) -> tuple[int, int]:
        """Return where ``width`` characters are all allowed, and where one of them is not blank."""
        key = (rule.name, without, width)
        if key not in self._windows:
            single = width == 1
            self._windows[key] = (
                self._single(rule, without) if single else self._joined(rule, without, width)
            )
        return self._windows[key]

    def _single(self, rule: RunRule, without: Without) -> tuple[int, int]:
        shows = in_word if without is not None else _not_blank
        allowed = visible = 0
        for char, places in self.chars.items():
            allowed |= places if rule.allows(char) else 0
            visible |= places if shows(char) else 0
        for text in without or ():
            allowed &= ~self._starts_of(text)
        return allowed, visible

    def _joined(self, rule: RunRule, without: Without, width: int) -> tuple[int, int]:
        piece = 1 << ((width - 1).bit_length() - 1)
        allowed, visible = self._window(rule, without, piece)
        shift = width - piece
        return allowed & (allowed >> shift), visible | (visible >> shift)

    def _after_run(self, starts: int, rule: RunRule, capacity: int) -> int:
        """Step on by 1, 2, 4, ... characters, as ``_before_run`` steps back."""
        ends, seen, covered = starts, 0, 0
        while covered < capacity:
            width = min(covered + 1, capacity - covered)
            allowed, visible = self._window(rule, None, width)
            seen |= ((seen & allowed) | (ends & allowed & visible)) << width
            ends |= (ends & allowed) << width
            covered += width
        return seen

    def _before_shape(self, ends: int, slot: Slot, rule: ShapeRule) -> int:
        starts = 0
        for group, reached in self._groups(rule):
            touched = reached & ends
            if touched:
                first = (touched & -touched).bit_length() - 1 - slot.capacity
                starts |= (group >> first) << first if first > 0 else group
        return starts

    def _after_shape(self, starts: int, slot: Slot, rule: ShapeRule) -> int:
        ends = 0
        for group, reached in self._groups(rule):
            touched = group & starts
            if touched:
                ends |= reached & ((1 << (touched.bit_length() + slot.capacity)) - 1)
        return ends

    def _numbers(self, slot: Slot, rule: NumberRule) -> list[tuple[int, int]]:
        longest = min(slot.capacity, len(self.body))
        key = (rule.name, longest)
        if key not in self._lengths:
            self._lengths[key] = list(rule.lengths(self.chars, longest))
        return self._lengths[key]

    def _groups(self, rule: ShapeRule) -> list[Group]:
        if rule.name not in self._shapes:
            self._shapes[rule.name] = [group for group in rule.groups(self.body) if group[1]]
        return self._shapes[rule.name]


def _letter(char: str) -> bool:
    return in_word(char) and not char.isdecimal()


def _not_blank(char: str) -> bool:
    return not char.isspace()
