"""The index: a large layer that does not change, a small one of recent changes above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Final, NamedTuple

from dlt.finder.entry import Source, literals_of
from dlt.finder.layer import NOTHING, Anchored, Cut, Found, Layer, anchored, cut
from dlt.finder.likeness import Likeness
from dlt.matcher import normalise

# Templates looked at closely to find the nearest.
LOOKED_AT: Final = 24
# Recent changes before everything is put in order again: so many, or one in so many templates.
MANY_CHANGES: Final = 500
MANY_OF: Final = 100

Changes = Mapping[int, Source | None]


class Near(NamedTuple):
    """A template that does not fit, and how much of it stands in the body, from 0 to 1."""

    key: int
    score: float


class _View:
    """What one lookup sees: replaced as a whole, never changed."""

    __slots__ = ("base", "gone", "layers", "recent")

    def __init__(self, base: Layer, recent: Layer, gone: frozenset[int] = frozenset()) -> None:
        self.base = base
        self.recent = recent
        # Keys whose entry in the base is out of date.
        self.gone = gone
        # Each layer with the keys that do not count in it.
        self.layers = ((base, gone), (recent, frozenset())) if recent.entries else ((base, gone),)

    def __len__(self) -> int:
        return len(self.base) - len(self.gone) + len(self.recent)

    def __contains__(self, key: int) -> bool:
        return any(key in layer and key not in gone for layer, gone in self.layers)

    def entries(self) -> list[Cut]:
        return [
            (entry, literals_of(entry.text))
            for layer, gone in self.layers
            for entry in layer.entries
            if entry.key not in gone
        ]


@dataclass(slots=True)
class _Changed:
    """What was changed since a base was begun."""

    keys: set[int] = field(default_factory=set)
    now: dict[int, Anchored] = field(default_factory=dict)

    def take(self, keys: Iterable[int], entries: Iterable[Anchored]) -> None:
        for key in keys:
            self.keys.add(key)
            self.now.pop(key, None)
        self.now.update((entry.key, (anchor, entry)) for anchor, entry in entries)

    def over(self, base: Layer) -> _View:
        gone = frozenset(key for key in self.keys if key in base)
        return _View(base, Layer(list(self.now.values())), gone)


class TemplateIndex:
    """Lookups see a finished view and never wait; changes are applied one after the other."""

    def __init__(self, templates: Iterable[tuple[int, Source]] = ()) -> None:
        self._view = _View(Layer.of(cut(templates)), Layer())
        self._changed = _Changed()
        self._meanwhile: _Changed | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._view)

    @property
    def is_tidying(self) -> bool:
        """Say whether recent changes are being put in order at the moment."""
        return self._meanwhile is not None

    def find(self, body: str) -> Found:
        """Return the templates that a body fits: the matcher says so of each."""
        view, body = self._view, normalise(body)
        if not body or body.isspace():
            return NOTHING
        found = view.base.find(body, view.gone)
        if not view.recent.entries:
            return found
        more = view.recent.find(body)
        return Found(found.keys + more.keys, found.complete and more.complete)

    def nearest(self, body: str, n: int = 3) -> list[Near]:
        """Return the templates whose registered text stands in the body for the greatest part."""
        body = normalise(body)
        likeness = Likeness(body)
        near = [
            Near(entry.key, likeness.of(literals_of(entry.text)))
            for layer, gone in self._view.layers
            for entry in layer.near(body, LOOKED_AT + len(gone))
            if entry.key not in gone
        ]
        near = [one for one in near if one.score > 0]
        return sorted(near, key=lambda one: (-one.score, -one.key))[:n]

    def add(self, key: int, source: Source) -> None:
        """Add a template, or replace the one under this key."""
        self.apply({key: source})

    def remove(self, key: int) -> None:
        self.apply({key: None})

    def apply(self, changes: Changes) -> None:
        """Add, replace and (None) remove: visible to every lookup that begins afterwards."""
        new = anchored(cut((key, source) for key, source in changes.items() if source is not None))
        with self._lock:
            keys = [
                key for key, source in changes.items() if source is not None or key in self._view
            ]
            self._changed.take(keys, new)
            if self._meanwhile is not None:
                self._meanwhile.take(keys, new)
            self._view = self._changed.over(self._view.base)
            if self._meanwhile is None and self._is_much():
                self._meanwhile = _Changed()
                Thread(target=self._tidy, args=(self._view,), daemon=True).start()

    def _is_much(self) -> bool:
        return len(self._changed.keys) > max(MANY_CHANGES, len(self._view.base) // MANY_OF)

    def _tidy(self, view: _View) -> None:
        """Build a base of everything in ``view`` while lookups go on with the old one."""
        base = view.base
        try:
            base = Layer.of(view.entries())
            if view.base.knows_neighbours:
                base.learn_neighbours()
        finally:
            with self._lock:
                if base is not view.base and self._meanwhile is not None:
                    self._changed = self._meanwhile
                    self._view = self._changed.over(base)
                self._meanwhile = None
