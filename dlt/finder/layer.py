"""Templates that do not change any more, with one automaton over their anchors.

The automaton is Aho and Corasick's (Efficient string matching, 1975): one pass over the body finds
every anchor in it, however many there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from threading import Lock
from typing import Final, NamedTuple, Self

from ahocorasick_rs import AhoCorasick

from dlt.finder.anchors import choose, count_pieces
from dlt.finder.entry import Entry, literals_of
from dlt.finder.neighbours import Neighbours

# Templates compared at most for one body: that many share their rarest words only by design.
MOST_CANDIDATES: Final = 20_000

Anchored = tuple[str, Entry]


class Found(NamedTuple):
    """The keys of the templates that fit; not all of them when too many were alike."""

    keys: tuple[int, ...]
    complete: bool = True


class Layer:
    """Immutable, so that lookups need no lock."""

    def __init__(self, anchored: Sequence[Anchored] = ()) -> None:
        self.entries = [entry for _, entry in anchored]
        self._keys = array("q", sorted(entry.key for entry in self.entries))
        groups: dict[str, list[Entry]] = {}
        for anchor, entry in anchored:
            groups.setdefault(anchor, []).append(entry)
        # Those without an anchor come last: no hit leads to them, they are always looked at.
        loose = groups.pop("", [])
        self._automaton = AhoCorasick(groups.keys()) if groups else None
        self._groups = [*map(tuple, groups.values()), tuple(loose)]
        self._always = [(len(groups), 0, 0)] if loose else []
        self._neighbours: Neighbours | None = None
        self._learning = Lock()

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        return cls(anchored(entries))

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: int) -> bool:
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at] == key

    def find(self, body: str, without: AbstractSet[int] = frozenset()) -> Found:
        """Return the templates that a normalised body fits."""
        keys: dict[int, None] = {}
        groups, left = self._groups, MOST_CANDIDATES
        for group, _, _ in self.scan(body) + self._always:
            entries = groups[group]
            left -= len(entries)
            if left < 0:
                return Found(tuple(keys), complete=False)
            for entry in entries:
                if entry.fits(body) and entry.key not in without:
                    keys[entry.key] = None
        return Found(tuple(keys))

    def scan(self, body: str) -> list[tuple[int, int, int]]:
        """Return which groups' anchors stand in the body, and where."""
        if self._automaton is None:
            return []
        try:
            return self._automaton.find_matches_as_indexes(body, overlapping=True)
        except UnicodeEncodeError:
            # Halves of surrogate pairs: no registered text has any and no automaton takes them.
            readable = body.encode("utf-8", "replace").decode()
            return self._automaton.find_matches_as_indexes(readable, overlapping=True)

    @property
    def knows_neighbours(self) -> bool:
        return self._neighbours is not None

    def learn_neighbours(self) -> Neighbours:
        """Done when somebody first asks what is near; who only sends never does."""
        with self._learning:
            if self._neighbours is None:
                self._neighbours = Neighbours([literals_of(entry.text) for entry in self.entries])
            return self._neighbours

    def near(self, body: str, n: int) -> list[Entry]:
        """Return the templates that share most rare words with a body."""
        return [self.entries[place] for place in self.learn_neighbours().nearest(body, n)]


def anchored(entries: Sequence[Entry]) -> list[Anchored]:
    """Choose the anchors by how often each piece occurs among these very templates."""
    texts = [literals_of(entry.text) for entry in entries]
    counts = count_pieces(texts)
    return [
        (choose(literals, counts), entry) for literals, entry in zip(texts, entries, strict=True)
    ]
