"""Templates that do not change any more, with one automaton over their anchors.

The automaton is Aho and Corasick's (Efficient string matching, 1975): one pass over the body finds
every anchor in it, however many there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from threading import Lock
from typing import Final, NamedTuple, Self

from ahocorasick_rs import AhoCorasick

from dlt.finder.anchors import choose, count_pieces
from dlt.finder.entry import Entry, Source, literals_of
from dlt.finder.neighbours import Neighbours

# Templates compared at most for one body: that many share their rarest words only by design.
MOST_CANDIDATES: Final = 20_000

# Which group of templates, from where to where its anchor stands.
Hit = tuple[int, int, int]
Cut = tuple[Entry, tuple[str, ...]]
Anchored = tuple[str, Entry]


class Found(NamedTuple):
    """The keys of the templates that fit; not all of them when too many were alike."""

    keys: tuple[int, ...]
    complete: bool = True


NOTHING: Final = Found(())


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
        self._scan = AhoCorasick(groups.keys()).find_matches_as_indexes if groups else _nothing
        self._groups = [*map(tuple, groups.values()), tuple(loose)]
        self._always = [(len(groups), 0, 0)] if loose else []
        self._neighbours: Neighbours | None = None
        self._learning = Lock()

    @classmethod
    def of(cls, entries: Sequence[Cut]) -> Self:
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
        try:
            hits = self._scan(body, True)  # noqa: FBT003 -- by name it takes longer
        except UnicodeEncodeError:
            hits = self._scan(_readable(body), True)  # noqa: FBT003
        if self._always:
            hits += self._always
        for group, _, _ in hits:
            entries = groups[group]
            left -= len(entries)
            if left < 0:
                return Found(tuple(keys), complete=False)
            for entry in entries:
                if entry.fits(body) and entry.key not in without:
                    keys[entry.key] = None
        return Found(tuple(keys)) if keys else NOTHING

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


def cut(sources: Iterable[tuple[int, Source]]) -> list[Cut]:
    """Return an entry for each source, with its registered texts."""
    return [
        (Entry(key, source, literals), literals)
        for key, source in sources
        for literals in (literals_of(source.text),)
    ]


def anchored(entries: Sequence[Cut]) -> list[Anchored]:
    """Choose the anchors by how often each piece occurs among these very templates."""
    counts = count_pieces([literals for _, literals in entries])
    return [(choose(literals, counts), entry) for entry, literals in entries]


def _nothing(_body: str, _overlapping: bool) -> list[Hit]:  # noqa: FBT001 -- as the automaton's
    return []


def _readable(body: str) -> str:
    """Replace halves of surrogate pairs, which no registered text has and no automaton takes."""
    return body.encode("utf-8", "replace").decode()
