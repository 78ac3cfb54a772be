"""Which part of a text stands in which variable of its template, before any value is known.

Variables of the call are opaque: each counts as one sign that is never part of registered text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from applets.variables import Part, parse
from dlt.matcher import Template, normalise
from dlt.matcher.template import Slot

Spans = tuple[tuple[int, int], ...]
Accepts = Callable[[Slot, tuple[Part, ...]], bool]

_OPAQUE: Final = "\0"
# Steps of one search. A text that needs more is cut at the first place that will do.
_PATIENCE: Final = 20_000


def align(
    template: Template, body: str, *preferences: Accepts
) -> tuple[tuple[Part, ...], ...] | None:
    """Return, for each slot of a template, the parts of the body that stand in it.

    None when the static text is not the template's. Where a text can be cut in several ways, the
    first preference that every slot meets decides. Raises BadExpression.
    """
    signs = _Signs(parse(normalise(body)))
    for accepts in preferences:
        spans = _Search(template, signs, accepts).from_(0, 0)
        if spans is not None:
            return tuple(signs.between(start, end) for start, end in spans)
    spans = _first_cut(template, signs.text)
    return None if spans is None else tuple(signs.between(start, end) for start, end in spans)


class _Signs:
    """A text in which each variable of the call is one sign."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        written = [part if isinstance(part, str) else _OPAQUE for part in parts]
        self.text = "".join(written)
        self.ends = list(accumulate(map(len, written)))

    def between(self, start: int, end: int) -> tuple[Part, ...]:
        """Return the parts of a span, the outer ones cut to it."""
        return tuple(self._within(start, end))

    def _within(self, start: int, end: int) -> Iterator[Part]:
        at = bisect_right(self.ends, start)
        while start < end:
            part, stop = self.parts[at], min(end, self.ends[at])
            if isinstance(part, str):
                begin = self.ends[at] - len(part)
                part = part[start - begin : stop - begin]
            yield part
            start, at = stop, at + 1


def _first_cut(template: Template, text: str) -> Spans | None:
    """Cut at the first place where the text after each slot is found; that never misses a cut."""
    parts = template.parts
    head = parts[0] if parts and isinstance(parts[0], str) else ""
    if not text.startswith(head):
        return None
    at, spans = len(head), []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            continue
        after = parts[index + 1] if index + 1 < len(parts) else ""
        literal = after if isinstance(after, str) else ""
        if index + 2 >= len(parts) and not isinstance(after, Slot):
            end = len(text) - len(literal) if text.endswith(literal) else -1
        else:
            end = text.find(literal, at)
        if end < at:
            return None
        spans.append((at, end))
        at = end + len(literal)
    return tuple(spans) if at == len(text) else None


class _Search:
    """Finds a cut whose every slot is accepted, trying short values first."""

    def __init__(self, template: Template, signs: _Signs, accepts: Accepts) -> None:
        self.template, self.signs, self.accepts = template, signs, accepts
        self.hopeless: set[tuple[int, int]] = set()
        self.patience = _PATIENCE

    def from_(self, index: int, at: int) -> Spans | None:
        """Return the spans of the slots from a part of the template on."""
        parts, text = self.template.parts, self.signs.text
        if index == len(parts):
            return () if at == len(text) else None
        part = parts[index]
        if isinstance(part, str):
            return self.from_(index + 1, at + len(part)) if text.startswith(part, at) else None
        return None if (index, at) in self.hopeless else self._slot(part, index, at)

    def _slot(self, slot: Slot, index: int, at: int) -> Spans | None:
        for end in _ends(self.template, index, self.signs.text, at):
            self.patience -= 1
            if self.patience < 0:
                return None
            if self.accepts(slot, self.signs.between(at, end)):
                rest = self.from_(index + 1, end)
                if rest is not None:
                    return ((at, end), *rest)
        self.hopeless.add((index, at))
        return None


def _ends(template: Template, index: int, text: str, at: int) -> Iterator[int]:
    """Yield where the value that starts at ``at`` could end, shortest first."""
    parts = template.parts
    if index + 1 == len(parts):
        yield len(text)
        return
    after = parts[index + 1]
    if isinstance(after, Slot):
        yield from range(at, len(text) + 1)
        return
    end = text.find(after, at)
    while end >= 0:
        yield end
        end = text.find(after, end + 1)
