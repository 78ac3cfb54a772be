"""Two people's changes to one draft, made one: a three-way merge, pure.

What only one side changed is taken from it; what both changed alike stays. What they changed differently is a
``Conflict`` of one applet, one start or one other key, for a person to choose by its ``key``. An applet that
one side removed and the other changed, or led to anew, is such a conflict too: nothing vanishes unseen.
Where boxes stand never stops a merge: of two places the one that is saved already counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flows.diff import same, same_node, starts_of
from flows.graph import ENTRY_KINDS, Connection, Graph, Node
from flows.renumber import renumbered

Choice = Literal["mine", "theirs"]
Port = tuple[str, str]
Wires = tuple[Connection, ...]
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed. ``ports``: of the applet, those that they led elsewhere."""

    key: str
    kind: Literal["applet", "start", "other"]
    name: str
    ports: tuple[str, ...] = ()
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """``graph`` counts when there are no ``conflicts``. ``renamed``: new ids of applets of mine whose id the
    other side had given to an applet of its own."""

    graph: Graph
    conflicts: tuple[Conflict, ...]
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Side:
    """A graph as the maps that are merged one by one."""

    nodes: Mapping[str, Node]
    wires: Mapping[Port, Wires]
    starts: Mapping[str, str]
    notes: Mapping[str, tuple[Any, ...]]
    layout: Mapping[str, Any]
    extra: Mapping[str, Any]


def merge(
    base: Graph, theirs: Graph, mine: Graph, choices: Mapping[str, Choice] | None = None
) -> Merged:
    """Merge what two sides made of ``base``; ``choices`` settles conflicts by their key."""
    mine, renamed = renumbered(base, theirs, mine)
    merging = _Merging(_side(base), _side(theirs), _side(mine), choices or {})
    graph = merging.graph(_in_order(base, theirs, mine))
    return Merged(graph, tuple(merging.open_conflicts()), renamed)


class _Merging:
    def __init__(
        self, base: _Side, theirs: _Side, mine: _Side, choices: Mapping[str, Choice]
    ) -> None:
        self.base, self.theirs, self.mine = base, theirs, mine
        self.choices = choices
        self.nodes, applets = _three_way(base.nodes, theirs.nodes, mine.nodes, same_node)
        self.wires, ports = _three_way(base.wires, theirs.wires, mine.wires)
        self.notes, notes = _three_way(base.notes, theirs.notes, mine.notes, same)
        self.starts, self.start_conflicts = _three_way(base.starts, theirs.starts, mine.starts)
        self.extra, self.extra_conflicts = _three_way(base.extra, theirs.extra, mine.extra, same)
        self.layout, moved = _three_way(base.layout, theirs.layout, mine.layout, same)
        for id_ in moved - set(self.nodes):
            self.layout.pop(id_, None)
        self.notes_chosen = False
        self.port_conflicts, self.note_conflicts = ports, notes - {""}
        self.loose_notes()
        from_ports = {node for node, _ in ports}
        self.applets = applets | from_ports | self.note_conflicts | set(self.removed_but_wanted())
        self.settle()

    def loose_notes(self) -> None:
        """Notes that hang on no applet never conflict: what either side wrote stays."""
        before = self.base.notes.get("", ())
        if "" in self.base.notes or "" in self.theirs.notes or "" in self.mine.notes:
            self.notes[""] = _united(
                before, self.theirs.notes.get("", ()), self.mine.notes.get("", ())
            )

    def removed_but_wanted(self) -> Iterator[str]:
        """Yield the applets that one side removed while the other came to need them."""
        for remover, other in ((self.theirs, self.mine), (self.mine, self.theirs)):
            gone = {
                id_ for id_ in other.nodes if id_ in self.base.nodes and id_ not in remover.nodes
            }
            if gone:
                yield from gone & self._newly_needed(other)

    def _newly_needed(self, side: _Side) -> set[str]:
        """Return what a side led to, led from, began at or wrote about, otherwise than before."""
        needed = {note for note in side.notes if side.notes[note] != self.base.notes.get(note)}
        needed |= {side.starts[kind] for kind in side.starts if self._is_new(side, kind)}
        for key, wires in side.wires.items():
            if wires != self.base.wires.get(key):
                needed |= {key[0], *(wire.to_node for wire in wires)}
        return needed

    def _is_new(self, side: _Side, kind: str) -> bool:
        return self.base.starts.get(kind) != side.starts[kind]

    def open_conflicts(self) -> Iterator[Conflict]:
        for id_ in sorted(self.applets):
            key = f"applet:{id_}"
            if key not in self.choices:
                ports = tuple(sorted(port for node, port in self.port_conflicts if node == id_))
                yield Conflict(key, "applet", id_, ports, id_ in self.note_conflicts)
        for kind in ENTRY_KINDS:
            if kind in self.start_conflicts and f"start:{kind}" not in self.choices:
                yield Conflict(f"start:{kind}", "start", kind)
        for name in sorted(self.extra_conflicts):
            if f"other:{name}" not in self.choices:
                yield Conflict(f"other:{name}", "other", name)

    def settle(self) -> None:
        """Put what was chosen in its place; what is taken out goes last, with all that leads to it."""
        chosen = [id_ for id_ in self.applets if f"applet:{id_}" in self.choices]
        for id_ in chosen:
            self._take(id_, *self._chosen(f"applet:{id_}"))
        for id_ in chosen:
            if id_ not in self._chosen(f"applet:{id_}")[0].nodes:
                self._take_out(id_)
        for key in _settled("start", self.start_conflicts, self.choices):
            _put(self.starts, key, self._chosen(f"start:{key}")[0].starts)
        for key in _settled("other", self.extra_conflicts, self.choices):
            _put(self.extra, key, self._chosen(f"other:{key}")[0].extra)

    def _chosen(self, key: str) -> tuple[_Side, _Side]:
        """Return the side that was chosen, and the other."""
        mine = self.choices[key] == "mine"
        return (self.mine, self.theirs) if mine else (self.theirs, self.mine)

    def _take(self, id_: str, side: _Side, other: _Side) -> None:
        _put(self.nodes, id_, side.nodes)
        _put(self.layout, id_, side.layout)
        if id_ in self.note_conflicts or id_ not in other.nodes:
            _put(self.notes, id_, side.notes)
            self.notes_chosen = True
        for key in self.port_conflicts:
            if key[0] == id_:
                _put(self.wires, key, side.wires)
        if id_ in side.nodes and id_ not in other.nodes:
            self._bring_back(id_, side)

    def _bring_back(self, id_: str, side: _Side) -> None:
        """Lead again to and from an applet that the other side had removed."""
        for key, wires in side.wires.items():
            touches = key[0] == id_ or any(wire.to_node == id_ for wire in wires)
            if touches and not self.wires.get(key):
                self.wires[key] = wires
        for kind, start in side.starts.items():
            if start == id_ and kind not in self.starts:
                self.starts[kind] = start

    def _take_out(self, id_: str) -> None:
        for key in list(self.wires):
            left = tuple(wire for wire in self.wires[key] if wire.to_node != id_)
            if key[0] == id_ or not left:
                del self.wires[key]
            else:
                self.wires[key] = left
        for kind in [kind for kind, start in self.starts.items() if start == id_]:
            del self.starts[kind]
        self.layout.pop(id_, None)
        self.notes.pop(id_, None)
        self.notes_chosen = True

    def graph(self, notes: Sequence[Any] | None) -> Graph:
        """Return the result; ``notes``: the list itself when only one side touched it."""
        starts = dict(self.starts)
        written = [note for id_ in sorted(self.notes) for note in self.notes[id_]]
        return Graph(
            entry=starts.pop(ENTRY_KINDS[0], None),
            nodes=dict(self.nodes),
            connections=tuple(wire for key in sorted(self.wires) for wire in self.wires[key]),
            layout=dict(self.layout),
            notes=tuple(written if notes is None or self.notes_chosen else notes),
            extra={key: value for key, (value,) in self.extra.items()},
            entries=starts,
        )


def _three_way(
    base: Mapping[Any, V],
    theirs: Mapping[Any, V],
    mine: Mapping[Any, V],
    equal: Callable[[Any, Any], bool] = lambda one, other: bool(one == other),
) -> tuple[dict[Any, V], set[Any]]:
    """Merge two maps key by key. Returns the result, with theirs where both changed, and those keys."""
    merged: dict[Any, V] = {}
    conflicts = set()
    for key in dict.fromkeys((*theirs, *mine, *base)):
        before, one, two = base.get(key), theirs.get(key), mine.get(key)
        value = one
        if equal(one, before):
            value = two
        elif not equal(two, before) and not equal(one, two):
            conflicts.add(key)
        if value is not None:
            merged[key] = value
    return merged, conflicts


def _settled(kind: str, keys: set[str], choices: Mapping[str, Choice]) -> list[str]:
    return [key for key in keys if f"{kind}:{key}" in choices]


def _put(into: dict[Any, V], key: Any, source: Mapping[Any, V]) -> None:
    if key in source:
        into[key] = source[key]
    else:
        into.pop(key, None)


def _side(graph: Graph) -> _Side:
    wires: dict[Port, Wires] = {}
    for wire in graph.connections:
        key = wire.from_node, wire.port
        wires[key] = (*wires.get(key, ()), wire)
    notes: dict[str, tuple[Any, ...]] = {}
    for note in graph.notes:
        id_ = str(note.get("node") or "")
        notes[id_] = (*notes.get(id_, ()), note)
    # A file's own key may hold a null, which is not the same as having none.
    extra = {key: (value,) for key, value in graph.extra.items()}
    return _Side(graph.nodes, wires, starts_of(graph), notes, graph.layout, extra)


def _in_order(base: Graph, theirs: Graph, mine: Graph) -> Sequence[Any] | None:
    """Return the notes as a side wrote them when the other did not touch them."""
    if same(mine.notes, base.notes) or same(mine.notes, theirs.notes):
        return theirs.notes
    return mine.notes if same(theirs.notes, base.notes) else None


def _united(before: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> tuple[Any, ...]:
    def has(notes: Sequence[Any], note: Any) -> bool:
        return any(same(note, other) for other in notes)

    stayed = [note for note in before if has(theirs, note) and has(mine, note)]
    come = [note for note in (*theirs, *mine) if not has(before, note)]
    unique = {str(sorted(note.items(), key=str)): note for note in come}
    return (*stayed, *(unique[key] for key in sorted(unique)))
