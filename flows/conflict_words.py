"""Both sides of what two people changed, in words for a table of two columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flows.diff import applet_change, label_of, name_in, port_label, same, starts_of
from flows.graph import Graph, Node
from flows.merge import Conflict

Row = dict[str, str]

_GONE: Final = "Removed"
_KEPT: Final = "Kept"
_STARTS: Final = {
    "inbound_call": "Calls start at",
    "inbound_sms": "Incoming messages start at",
    "api": "Runs of the API start at",
    "after_call": "After each call",
}


def present_conflicts(
    conflicts: Iterable[Conflict], theirs: Graph, mine: Graph
) -> list[dict[str, Any]]:
    """Return ``{"key", "kind", "node", "name", "rows": [{"title", "mine", "theirs"}]}`` for each."""
    return [_present(conflict, theirs, mine) for conflict in conflicts]


def _present(conflict: Conflict, theirs: Graph, mine: Graph) -> dict[str, Any]:
    shown = {"key": conflict.key, "kind": conflict.kind, "node": None}
    if conflict.kind == "start":
        title = _STARTS[conflict.name]
        rows = [_row(title, *(_start(graph, conflict.name) for graph in (mine, theirs)))]
        return {**shown, "name": title, "rows": rows}
    if conflict.kind == "other":
        values = [str(graph.extra.get(conflict.name, "")) for graph in (mine, theirs)]
        return {**shown, "name": conflict.name, "rows": [_row(conflict.name, *values)]}
    return {
        **shown,
        "node": conflict.name,
        "name": name_in(conflict.name, mine, theirs),
        "rows": list(_applet(conflict, theirs, mine)),
    }


def _row(title: str, mine: str, theirs: str) -> Row:
    return {"title": title, "mine": mine, "theirs": theirs}


def _start(graph: Graph, kind: str) -> str:
    return name_in(starts_of(graph).get(kind), graph) or ""


def _applet(conflict: Conflict, theirs: Graph, mine: Graph) -> Iterator[Row]:
    one, two = theirs.nodes.get(conflict.name), mine.nodes.get(conflict.name)
    if one is None or two is None:
        yield _row("Applet", _GONE if two is None else _KEPT, _GONE if one is None else _KEPT)
        return
    yield from _settings(one, two)
    for port in conflict.ports:
        label = port_label(port, conflict.name, mine, theirs)
        ends = [_leads_to(graph, conflict.name, port) for graph in (mine, theirs)]
        yield _row(f"“{label}” leads to", *ends)
    if conflict.notes:
        yield _row("Note", *(_notes(graph, conflict.name) for graph in (mine, theirs)))


def _settings(theirs: Node, mine: Node) -> Iterator[Row]:
    change = applet_change(theirs, mine)
    if change is None:
        return
    if change.old_name is not None:
        yield _row("Name", mine.shown_name, theirs.shown_name)
    if change.old_label is not None:
        yield _row("Type", label_of(mine), label_of(theirs))
    for setting in change.settings:
        yield _row(setting.title, setting.new_words, setting.old_words)
    if change.other and not same(theirs.extra, mine.extra):
        yield _row("Other keys", str(dict(mine.extra)), str(dict(theirs.extra)))


def _leads_to(graph: Graph, node: str, port: str) -> str:
    wires = (wire for wire in graph.connections if (wire.from_node, wire.port) == (node, port))
    return ", ".join(name_in(wire.to_node, graph) or "" for wire in wires)


def _notes(graph: Graph, node: str) -> str:
    return " ".join(note.get("text", "") for note in graph.notes if note.get("node") == node)
