"""A template as the index holds it: small, and compiled only when a body may well fit."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Final

from dlt.matcher import Limits, Template, compile_template, matches, placeholders
from dlt.matcher.limits import DEFAULT_LIMITS
from dlt.matcher.normalise import strip_end, strip_start, unify
from dlt.matcher.search import find_cut

# Compiled templates kept by all indexes of this process together, about 2.4 kB each.
MOST_COMPILED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """What ``compile_template`` needs to compile one template."""

    text: str
    limits: Limits = DEFAULT_LIMITS
    tags: tuple[str, ...] = ()
    longest: tuple[int | None, ...] = ()


class Entry:
    """One template under the key its owner knows it by."""

    __slots__ = ("_compiled", "_longest", "_rules", "head", "key", "tail", "text")

    def __init__(self, key: int, source: Source, literals: tuple[str, ...]) -> None:
        self.key = key
        self.text = source.text
        self._rules = _same((source.limits, source.tags, source.longest))
        # Near-duplicates begin and end alike; intern() keeps those texts once.
        self.head = intern(literals[0])
        self.tail = intern(literals[-1])
        self._compiled: Template | None = None
        self._longest = 0

    def fits(self, body: str) -> bool:
        """Say whether a normalised body that is not blank is this template's."""
        if not body.startswith(self.head) or not body.endswith(self.tail):
            return False
        template = self._compiled or self._compile()
        if len(body) > self._longest:
            return False
        if "#" in body:
            return matches(template, body)
        return find_cut(template, body) is not None

    def _compile(self) -> Template:
        limits, tags, longest = self._rules
        self._compiled = compiled = compile_template(self.text, limits, tags, longest)
        fixed = sum(map(len, compiled.literals))
        self._longest = min(limits.body, fixed + sum(slot.capacity for slot in compiled.slots))
        _compiled.append(self)
        while len(_compiled) > MOST_COMPILED:
            _compiled.popleft()._compiled = None  # noqa: SLF001 -- the oldest gives way
        return compiled


Rules = tuple[Limits, tuple[str, ...], tuple[int | None, ...]]

_compiled: deque[Entry] = deque()


@lru_cache(maxsize=1024)
def _same(shared: Rules) -> Rules:
    """Return one object for all that are equal."""
    return shared


def literals_of(text: str) -> tuple[str, ...]:
    """Return the registered texts around the variables as the matcher compares them.

    The first and the last may be empty: then the template begins or ends with a variable.
    """
    edges = [
        0,
        *(edge for hole in placeholders(text) for edge in (hole.start, hole.end)),
        len(text),
    ]
    literals = [unify(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    literals[0] = strip_start(literals[0])
    literals[-1] = strip_end(literals[-1])
    return tuple(literals)
