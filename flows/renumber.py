"""New ids for applets that two windows drew under one id: each counts on from the highest number it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from flows.diff import same_node
from flows.graph import Graph, Node

_NUMBERED: Final = re.compile(r"n(\d{1,9})")


def renumbered(base: Graph, theirs: Graph, mine: Graph) -> tuple[Graph, Mapping[str, str]]:
    """Give applets of mine new ids where the other side gave the same id to another new applet.

    Connections, places, notes, starts and ``nodes.<id>`` in texts follow. Returns the graph and
    ``{old: new}``.
    """
    clashing = [
        id_
        for id_, node in mine.nodes.items()
        if id_ not in base.nodes and id_ in theirs.nodes and not same_node(node, theirs.nodes[id_])
    ]
    if not clashing:
        return mine, {}
    renamed: dict[str, str] = {}
    taken = {*base.nodes, *theirs.nodes, *mine.nodes}
    for id_ in clashing:
        renamed[id_] = _free_id(taken)
        taken.add(renamed[id_])
    return _with_ids(base, mine, renamed), renamed


def _free_id(taken: set[str]) -> str:
    numbers = (int(found[1]) for id_ in taken if (found := _NUMBERED.fullmatch(id_)))
    return f"n{max(numbers, default=0) + 1}"


def _with_ids(base: Graph, graph: Graph, ids: Mapping[str, str]) -> Graph:
    def new(id_: str) -> str:
        return ids.get(id_, id_)

    named = re.compile(rf"\bnodes\.({'|'.join(map(re.escape, ids))})\b")

    def settled(node: Node) -> Node:
        if node.id in base.nodes and same_node(node, base.nodes[node.id]):
            return node  # it cannot speak of what was added after it
        settings = _reworded(
            node.settings, lambda text: named.sub(lambda m: f"nodes.{new(m[1])}", text)
        )
        return replace(node, id=new(node.id), settings=settings)

    return replace(
        graph,
        entry=None if graph.entry is None else new(graph.entry),
        entries={kind: new(start) for kind, start in graph.entries.items()},
        nodes={new(node.id): settled(node) for node in graph.nodes.values()},
        connections=tuple(
            replace(wire, from_node=new(wire.from_node), to_node=new(wire.to_node))
            for wire in graph.connections
        ),
        layout={new(id_): place for id_, place in graph.layout.items()},
        notes=tuple(
            {**note, "node": new(note["node"])} if "node" in note else note for note in graph.notes
        ),
        compiled={},
    )


def _reworded(value: Any, reword: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return reword(value)
    if isinstance(value, list):
        return [_reworded(item, reword) for item in value]
    if isinstance(value, Mapping):
        return {key: _reworded(item, reword) for key, item in value.items()}
    return value
