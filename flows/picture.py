"""A flow drawn for reading: boxes with names, connections, and signs for what was added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from applets import registry
from flows.diff import Changes, diff, label_of
from flows.graph import Graph, Node, empty_graph

SIGNS: Final = {"added": "+", "removed": "−", "changed": "~", "moved": "~"}
BOX_WIDTH: Final = 184
BOX_HEIGHT: Final = 52
_ACROSS: Final = 0.85
_DOWN: Final = 0.55
_MARGIN: Final = 24
_COLUMN: Final = 280.0
_LONGEST_NAME: Final = 22
_STUB: Final = 26.0


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    name: str
    label: str
    category: str
    mark: str
    is_start: bool

    @property
    def sign(self) -> str:
        return SIGNS.get(self.mark, "")


@dataclass(frozen=True, slots=True)
class Wire:
    path: str
    mark: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def picture(graph: Graph, before: Graph | None = None) -> Picture:
    """Draw a graph; with ``before``, mark what differs from it and draw what is gone where it stood."""
    changes = Changes() if before is None else diff(before, graph)
    old = before or empty_graph()
    nodes = {**{id_: node for id_, node in old.nodes.items() if before}, **graph.nodes}
    places = _places(nodes, {**old.layout, **graph.layout})
    marks = {change.node: str(change.kind) for change in changes.applets}
    boxes = {
        id_: _box(node, places[id_], marks.get(id_, ""), graph.starts)
        for id_, node in nodes.items()
    }
    if not boxes:
        return Picture(0, 0, (), ())
    return Picture(
        width=max(box.x for box in boxes.values()) + BOX_WIDTH + _MARGIN,
        height=max(box.y for box in boxes.values()) + BOX_HEIGHT + _MARGIN,
        boxes=tuple(boxes.values()),
        wires=tuple(_wires(graph, changes, boxes)),
    )


def _places(nodes: Iterable[str], layout: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    drawn: dict[str, tuple[float, float]] = {}
    for index, id_ in enumerate(nodes):
        place = layout.get(id_) or {"x": index * _COLUMN, "y": 0}
        drawn[id_] = float(place["x"]) * _ACROSS, float(place["y"]) * _DOWN
    left = min((x for x, _ in drawn.values()), default=0.0) - _MARGIN
    top = min((y for _, y in drawn.values()), default=0.0) - _MARGIN
    return {id_: (round(x - left, 1), round(y - top, 1)) for id_, (x, y) in drawn.items()}


def _box(node: Node, place: tuple[float, float], mark: str, starts: tuple[str, ...]) -> Box:
    applet = registry.find(node.type)
    name = node.shown_name
    return Box(
        x=place[0],
        y=place[1],
        name=name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…",
        label=label_of(node),
        category=applet.category if applet else "start",
        mark=mark,
        is_start=node.id in starts,
    )


def _wires(graph: Graph, changes: Changes, boxes: Mapping[str, Box]) -> Iterator[Wire]:
    gone = ((c.node, c.old_to, "removed") for c in changes.connections if c.old_to is not None)
    come = {(c.node, c.port, c.to) for c in changes.connections if c.to is not None}
    now = (
        (
            wire.from_node,
            wire.to_node,
            "added" if (wire.from_node, wire.port, wire.to_node) in come else "",
        )
        for wire in graph.connections
    )
    for start, end, mark in (*now, *gone):
        if start in boxes and end in boxes:
            yield Wire(_path(boxes[start], boxes[end]), mark)


def _path(start: Box, end: Box) -> str:
    x1, y1 = start.x + BOX_WIDTH, start.y + BOX_HEIGHT / 2
    x2, y2 = end.x, end.y + BOX_HEIGHT / 2
    if x2 >= x1:
        bend = max(14.0, (x2 - x1) / 2)
        return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    # It leads back: round below both boxes.
    low = max(start.y, end.y) + BOX_HEIGHT + _STUB / 2
    return f"M{x1:.1f} {y1:.1f}h{_STUB / 2:.1f}V{low:.1f}H{x2 - _STUB / 2:.1f}V{y2:.1f}H{x2:.1f}"
