"""The wire format of a flow, schema 1: read leniently, written canonically.

Reading keeps everything a user drew, also types, settings and keys that this installation does not
know; what is wrong with it is for ``flows.validation`` to say. Refused is only what is no graph at
all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from core.errors import DomainError
from core.plain import check_plain

SCHEMA: Final = 1
MOST_NODES: Final = 1_000
MOST_CONNECTIONS: Final = 10_000
MOST_NOTES: Final = 2_000
LONGEST_ID: Final = 64
LONGEST_NAME: Final = 100
LONGEST_TYPE: Final = 40
LONGEST_NOTE: Final = 2_000

ENTRY_KINDS: Final = ("inbound_call", "inbound_sms", "api", "after_call")
"""What begins a walk through a flow; ``after_call`` follows every call that has ended."""

_KNOWN_KEYS: Final = {"schema", "entry", "entries", "nodes", "connections", "layout", "notes"}
_LAYOUT_KEYS: Final = ("layout", "notes")


class NotAGraph(DomainError):
    """The JSON is not a flow; the path says where."""

    code: ClassVar[str] = "flows.not_a_graph"
    message: ClassVar[str] = "This is not a flow: {path} {problem}."


class GraphTooLarge(DomainError):
    """More than one flow may hold."""

    code: ClassVar[str] = "flows.too_large"
    message: ClassVar[str] = "The flow has {count} {what}; at most {limit} are possible."


@dataclass(frozen=True, slots=True)
class Node:
    """An applet placed in a flow. ``extra`` holds keys we do not know."""

    id: str
    type: str
    version: int
    name: str
    settings: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown_name(self) -> str:
        """How messages call it."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Connection:
    """From a port to a node."""

    from_node: str
    port: str
    to_node: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A flow as drawn. Nodes by id in drawn order; ``entry`` may name nothing.

    ``entry`` is where calls start; ``entries`` has the starts of the other ENTRY_KINDS that have their own.
    """

    entry: str | None
    nodes: Mapping[str, Node]
    connections: tuple[Connection, ...]
    layout: Mapping[str, Any]
    notes: tuple[Any, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)
    # What flows.program works out of the nodes, kept as long as the graph is.
    compiled: dict[str, Any] = field(default_factory=dict, repr=False)

    def start_of(self, kind: str) -> str | None:
        """Return where a run of this kind starts: what the API asks for starts as a call does, unless drawn
        otherwise."""
        usual = self.entry if kind in ("inbound_call", "api") else None
        return self.entries.get(kind, usual)

    @property
    def starts(self) -> tuple[str, ...]:
        """Every node a walk can start at, as far as it is in the flow."""
        named = dict.fromkeys((self.entry, *self.entries.values()))
        return tuple(start for start in named if start is not None and start in self.nodes)


def empty_graph() -> Graph:
    """Return a flow with nothing in it."""
    return Graph(None, {}, (), {}, ())


def parse(data: object) -> Graph:
    """Read a flow.

    Raises:
        NotAGraph: with the path to what cannot be read.
        GraphTooLarge: naming the limit.
    """
    if not isinstance(data, dict):
        raise NotAGraph(path="the value", problem="must be an object")
    if data.get("schema", SCHEMA) != SCHEMA or isinstance(data.get("schema"), bool):
        raise NotAGraph(path="schema", problem=f"must be {SCHEMA}")
    nodes = _list(data, "nodes", MOST_NODES, "applets")
    connections = _list(data, "connections", MOST_CONNECTIONS, "connections")
    notes = _list(data, "notes", MOST_NOTES, "notes")
    fault = check_plain(data)
    if fault:
        raise NotAGraph(path=fault[0], problem=fault[1])
    return Graph(
        entry=_entry(data),
        nodes=_nodes(nodes),
        connections=tuple(_connection(item, index) for index, item in enumerate(connections)),
        layout=_layout(data),
        notes=tuple(_note(item, index) for index, item in enumerate(notes)),
        extra=_beside(data, _KNOWN_KEYS),
        entries=_entries(data),
    )


def dump(graph: Graph) -> dict[str, Any]:
    """Return the flow as JSON in canonical order, so that two exports differ only where the
    flows do."""
    nodes = [_dump_node(node) for node in graph.nodes.values()]
    connections = [
        {**c.extra, "from": c.from_node, "port": c.port, "to": c.to_node} for c in graph.connections
    ]
    return {
        **graph.extra,
        "schema": SCHEMA,
        "entry": graph.entry,
        **({"entries": dict(sorted(graph.entries.items()))} if graph.entries else {}),
        "nodes": sorted(nodes, key=lambda node: str(node["id"])),
        "connections": sorted(connections, key=lambda c: (c["from"], c["port"], c["to"])),
        "layout": dict(sorted(graph.layout.items())),
        "notes": list(graph.notes),
    }


def export(graph: Graph) -> str:
    """Return the flow as a text file that compares well line by line."""
    return json.dumps(dump(graph), sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def content_hash(graph: Graph) -> str:
    """Return 64 hex digits over everything but the order of keys."""
    return _digest(dump(graph))


def behaviour_hash(graph: Graph) -> str:
    """Return 64 hex digits over what a call can notice: not the layout, not the notes."""
    content = dump(graph)
    return _digest({key: value for key, value in content.items() if key not in _LAYOUT_KEYS})


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _list(data: dict[str, Any], key: str, limit: int, what: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise NotAGraph(path=key, problem="must be a list")
    if len(value) > limit:
        raise GraphTooLarge(count=len(value), limit=limit, what=what)
    return value


def _entry(data: dict[str, Any]) -> str | None:
    entry = data.get("entry")
    if entry is not None and not isinstance(entry, str):
        raise NotAGraph(path="entry", problem="must be the id of an applet, or null")
    return entry


def _entries(data: dict[str, Any]) -> dict[str, str]:
    entries = data.get("entries", {})
    if not isinstance(entries, dict):
        raise NotAGraph(path="entries", problem="must be an object")
    for kind, start in entries.items():
        if kind not in ENTRY_KINDS[1:]:
            raise NotAGraph(path="entries", problem=f"may have {', '.join(ENTRY_KINDS[1:])} only")
        if not isinstance(start, str):
            raise NotAGraph(path=f"entries.{kind}", problem="must be the id of an applet")
    return entries


def _nodes(items: list[Any]) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for index, item in enumerate(items):
        path = f"nodes[{index}]"
        node = _node(_object(item, path), path)
        if node.id in nodes:
            raise NotAGraph(
                path=f"{path}.id", problem=f"repeats “{node.id}”; every id must be its own"
            )
        nodes[node.id] = node
    return nodes


def _node(item: dict[str, Any], path: str) -> Node:
    settings = item.get("settings", {})
    if not isinstance(settings, dict):
        raise NotAGraph(path=f"{path}.settings", problem="must be an object")
    version = item.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise NotAGraph(path=f"{path}.version", problem="must be a whole number from 1")
    return Node(
        id=_text(item, "id", path, LONGEST_ID, least=1),
        type=_text(item, "type", path, LONGEST_TYPE, least=1),
        version=version,
        name=_text(item, "name", path, LONGEST_NAME, default=""),
        settings=settings,
        extra=_beside(item, {"id", "type", "version", "name", "settings"}),
    )


def _connection(item: Any, index: int) -> Connection:
    path = f"connections[{index}]"
    row = _object(item, path)
    return Connection(
        from_node=_text(row, "from", path, LONGEST_ID, least=1),
        port=_text(row, "port", path, LONGEST_TYPE, least=1),
        to_node=_text(row, "to", path, LONGEST_ID, least=1),
        extra=_beside(row, {"from", "port", "to"}),
    )


def _layout(data: dict[str, Any]) -> dict[str, Any]:
    layout = data.get("layout", {})
    if not isinstance(layout, dict):
        raise NotAGraph(path="layout", problem="must be an object")
    for node, place in layout.items():
        for axis in ("x", "y"):
            value = place.get(axis) if isinstance(place, dict) else None
            if not isinstance(value, int | float) or isinstance(value, bool):
                raise NotAGraph(path=f"layout.{node}", problem="must have numbers x and y")
    return layout


def _note(item: Any, index: int) -> dict[str, Any]:
    path = f"notes[{index}]"
    row = _object(item, path)
    _text(row, "text", path, LONGEST_NOTE, default="")
    _text(row, "node", path, LONGEST_ID, default="")
    return row


def _object(item: Any, path: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise NotAGraph(path=path, problem="must be an object")
    return item


def _text(
    row: dict[str, Any],
    key: str,
    path: str,
    longest: int,
    *,
    least: int = 0,
    default: str | None = None,
) -> str:
    value = row.get(key, default)
    if not isinstance(value, str):
        raise NotAGraph(path=f"{path}.{key}", problem="must be a text")
    if not least <= len(value) <= longest:
        raise NotAGraph(path=f"{path}.{key}", problem=f"must have {least} to {longest} characters")
    return value


def _beside(row: dict[str, Any], known: set[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in known}


def _dump_node(node: Node) -> dict[str, Any]:
    return {
        **node.extra,
        "id": node.id,
        "type": node.type,
        "version": node.version,
        "name": node.name,
        "settings": dict(node.settings),
    }
