"""A flow in small: where its applets stand and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from applets.registry import all_applets

WIDTH: Final = 320
HEIGHT: Final = 104
MARGIN: Final = 12
MOST_NODES: Final = 120
# How large the canvas draws a node, about.
NODE_WIDTH: Final = 224
NODE_HEIGHT: Final = 130


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    category: str


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """Boxes and curves inside a WIDTH by HEIGHT picture."""

    boxes: tuple[Box, ...]
    curves: tuple[str, ...]


def thumbnail(graph: dict[str, Any]) -> Thumbnail:
    """Draw a stored graph; nodes without a place stand in a row."""
    categories = {applet.slug: applet.category for applet in all_applets()}
    nodes = graph.get("nodes", [])[:MOST_NODES]
    layout = graph.get("layout", {})
    places = {node["id"]: _place(layout.get(node["id"]), index) for index, node in enumerate(nodes)}
    if not places:
        return Thumbnail((), ())
    left, top = (min(place[axis] for place in places.values()) for axis in (0, 1))
    wide = max(x for x, _ in places.values()) - left + NODE_WIDTH
    high = max(y for _, y in places.values()) - top + NODE_HEIGHT
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high, 0.22)
    shift_x = (WIDTH - wide * scale) / 2
    shift_y = (HEIGHT - high * scale) / 2
    boxes = {
        node["id"]: Box(
            round((places[node["id"]][0] - left) * scale + shift_x, 1),
            round((places[node["id"]][1] - top) * scale + shift_y, 1),
            round(NODE_WIDTH * scale, 1),
            round(NODE_HEIGHT * scale, 1),
            categories.get(node.get("type", ""), "start"),
        )
        for node in nodes
    }
    wires = graph.get("connections", [])
    curves = [
        _curve(boxes[wire["from"]], boxes[wire["to"]])
        for wire in wires[: 2 * MOST_NODES]
        if wire.get("from") in boxes and wire.get("to") in boxes
    ]
    return Thumbnail(tuple(boxes.values()), tuple(curves))


def _place(place: Any, index: int) -> tuple[float, float]:
    try:
        return float(place["x"]), float(place["y"])
    except (TypeError, KeyError, ValueError):
        return index * (NODE_WIDTH + 60.0), 0.0


def _curve(start: Box, end: Box) -> str:
    x1, y1 = start.x + start.width, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    bend = max(8.0, abs(x2 - x1) / 2)
    return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
