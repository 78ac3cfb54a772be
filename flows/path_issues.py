"""Issues of the ways through a flow: loose ends, islands, and circles nobody gets out of."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Set

from flows.engine import MOST_UNHEARD
from flows.graph import Graph
from flows.issues import Issue
from flows.program import Placed, placed, port_names

Ways = Mapping[str, Set[str]]
"""``{node: the nodes its ports lead to}``."""


def path_issues(graph: Graph, ways: Ways) -> Iterator[Issue]:
    """Yield issues of loose ports, unreachable applets and endless loops."""
    reached = _reachable(graph, ways)
    for node_id in graph.nodes:
        if graph.starts and node_id not in reached:
            name = graph.nodes[node_id].shown_name
            told = f"No call can reach “{name}”."
            fix = "Connect it, or delete it."
            yield Issue("warning", "flows.unreachable", told, node_id, fix=fix)
        else:
            yield from _loose_ports(graph, node_id)
    yield from _endless_loops(graph, ways)


def ways_of(graph: Graph) -> Ways:
    """Return the ways calls can take: not those into nothing, nor from ports an applet lacks."""
    ways: dict[str, Set[str]] = {}
    for node_id in graph.nodes:
        here = placed(graph, node_id)
        exits = here.exits if here else {}
        if here and here.applet:
            ports = port_names(here.applet, here.node.settings)
            exits = {port: target for port, target in exits.items() if port in ports}
        ways[node_id] = set(exits.values()) & graph.nodes.keys()
    return ways


def _reachable(graph: Graph, ways: Ways) -> set[str]:
    waiting = list(graph.starts)
    reached: set[str] = set()
    while waiting:
        node_id = waiting.pop()
        if node_id not in reached:
            reached.add(node_id)
            waiting += ways[node_id]
    return reached


def _loose_ports(graph: Graph, node_id: str) -> Iterator[Issue]:
    here = placed(graph, node_id)
    if here is None or here.applet is None:
        return
    asks = here.applet.slug == "passthru"
    waits = here.node.settings.get("wait", True) is not False
    for port, label in port_names(here.applet, here.node.settings).items():
        if port in here.exits or (asks and not waits and port != "ok"):
            continue
        name = here.node.shown_name
        if asks and port == "error":
            told = f"“{name}”: when the server does not answer, the call is hung up."
            fix = f"Connect “{label}” to what the caller should hear then."
            yield Issue("warning", "flows.passthru_error_unconnected", told, node_id, port, fix=fix)
            continue
        told = f"“{name}”: “{label}” leads nowhere, so the call is hung up there."
        fix = "Connect it, to Hangup if that is meant."
        yield Issue("warning", "flows.port_unconnected", told, node_id, port, fix=fix)


def _endless_loops(graph: Graph, ways: Ways) -> Iterator[Issue]:
    """Yield a circle of applets that never wait for the caller, or a chain too long without waiting.

    Applets that wait are taken out. What is left of the graph must be free of circles: applets are
    peeled off from the ends (Kahn), and what cannot be peeled off goes round.
    """
    busy = {node_id for node_id in graph.nodes if not _waits(placed(graph, node_id))}
    longest = _peel(busy, {node_id: ways[node_id] & busy for node_id in busy})
    going_round = busy - longest.keys()
    on_circle = [node_id for node_id in graph.nodes if node_id in _cycle_members(going_round, ways)]
    if on_circle:
        names = ", ".join(f"“{graph.nodes[node_id].shown_name}”" for node_id in on_circle[:5])
        told = f"The call would go round and round through {names} without waiting for the caller."
        fix = "Lead one of the connections elsewhere, or through an IVR menu."
        yield Issue("error", "flows.endless_loop", told, on_circle[0], fix=fix)
    for node_id, length in longest.items():
        if length == MOST_UNHEARD + 1:
            name = graph.nodes[node_id].shown_name
            told = f"More than {MOST_UNHEARD} applets follow “{name}” without waiting."
            yield Issue("warning", "flows.too_long_without_input", told, node_id)
            return


def _waits(here: Placed | None) -> bool:
    return here is not None and here.applet is not None and here.applet.waits


def _peel(nodes: set[str], exits: Ways) -> dict[str, int]:
    """Return, for each node from which every way ends, the length of its longest way."""
    left = {node_id: len(exits[node_id]) for node_id in nodes}
    entries: dict[str, list[str]] = {}
    for node_id in nodes:
        for target in exits[node_id]:
            entries.setdefault(target, []).append(node_id)
    longest: dict[str, int] = {}
    ready = deque(sorted(node_id for node_id, count in left.items() if count == 0))
    while ready:
        node_id = ready.popleft()
        longest[node_id] = 1 + max((longest[target] for target in exits[node_id]), default=0)
        for source in entries.get(node_id, ()):
            left[source] -= 1
            if left[source] == 0:
                ready.append(source)
    return longest


def _cycle_members(nodes: set[str], ways: Ways) -> set[str]:
    """Return the nodes that a circle can lead into: peeled also from the side where ways begin."""
    reverse: dict[str, set[str]] = {node_id: set() for node_id in nodes}
    for node_id in nodes:
        for target in ways[node_id] & nodes:
            reverse[target].add(node_id)
    return nodes - _peel(nodes, reverse).keys()
