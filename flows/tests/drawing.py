"""What the page of a test call must know of the flow: its applets, their ways out, and where those lead."""

from __future__ import annotations

from typing import Any

from flows.graph import ENTRY_KINDS, Graph
from flows.program import placed, port_names


def places_of(graph: Graph) -> dict[str, Any]:
    """Return ``{"nodes": [...], "starts": {entry kind: node}}``."""
    starts = {kind: graph.start_of(kind) for kind in ENTRY_KINDS}
    return {
        "nodes": [_place(graph, node) for node in graph.nodes],
        "starts": {kind: start for kind, start in starts.items() if start in graph.nodes},
    }


def _place(graph: Graph, node_id: str) -> dict[str, Any]:
    here = placed(graph, node_id)
    assert here is not None  # noqa: S101 -- it is one of the graph's
    applet = here.applet
    labels = port_names(applet, here.node.settings) if applet else {}
    return {
        "id": node_id,
        "name": here.node.shown_name,
        "applet": applet.label if applet else here.node.type,
        "type": here.node.type,
        "category": applet.category if applet else "logic",
        "icon": applet.icon if applet else "workflow",
        "ports": [
            {"port": port, "label": label, "to": here.exits.get(port)}
            for port, label in labels.items()
        ],
    }
