"""Where a graph's transfers lead. Pure: what must be known of the other flows comes in as ``FlowFacts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.graph import Graph
from flows.program import exits_of, placed


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """What a transfer must know of the flow it leads to."""

    name: str
    live: bool
    archived: bool = False
    goes_to: Mapping[str, bool] = field(default_factory=dict)
    """``{sid: whether a call can get there without waiting}`` of its live version."""


def targets_of(graph: Graph) -> dict[str, bool]:
    """Return the flows a graph transfers to, each with whether a call can get there without waiting."""
    quick = _without_waiting(graph)
    found: dict[str, bool] = {}
    for node in graph.nodes.values():
        sid = target_of(graph, node.id)
        if sid:
            found[sid] = found.get(sid, False) or node.id in quick
    return found


def target_of(graph: Graph, node_id: str) -> str:
    """Return the sid of the flow a node transfers to; empty when it does not, or names none."""
    here = placed(graph, node_id)
    if here is None or here.node.type != "transfer" or here.settings is None:
        return ""
    settings: Any = here.settings
    return str(settings.flow)


def _without_waiting(graph: Graph) -> set[str]:
    """Return the nodes that a call reaches before anybody has to do anything."""
    waiting, reached = list(graph.starts), set[str]()
    while waiting:
        node_id = waiting.pop()
        here = placed(graph, node_id)
        if node_id in reached or here is None:
            continue
        reached.add(node_id)
        if here.applet is None or not here.applet.waits:
            waiting += exits_of(graph).get(node_id, {}).values()
    return reached
