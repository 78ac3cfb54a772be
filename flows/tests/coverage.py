"""Which ways out of which applets the tests of a flow take."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flows.graph import Graph
from flows.models import Flow, FlowTest
from flows.rehearsal import ports_of
from flows.tests.running import LONGEST_RUN, run_tests


def coverage(
    flow: Flow, graph: Graph, tests: list[FlowTest], *, seconds: float = LONGEST_RUN
) -> dict[str, Any]:
    """Run the tests and return the share of ports they leave through, for the flow and port by port.

    A test that fails counts too: it shows where the call goes.
    """
    results = run_tests(flow, graph, tests, seconds=seconds)
    takers: dict[tuple[str, str], list[str]] = defaultdict(list)
    visitors: dict[str, list[str]] = defaultdict(list)
    for result in results:
        own = [taken for taken in result.walk.path if not taken.flow]
        for place in dict.fromkeys((taken.node, taken.port) for taken in own if taken.port):
            takers[place].append(result.test)
        for node in dict.fromkeys(taken.node for taken in own):
            visitors[node].append(result.test)
    ports: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node, port, label in ports_of(graph):
        ports[node].append({"port": port, "label": label, "tests": takers[node, port]})
    every = [row for rows in ports.values() for row in rows]
    taken = sum(1 for row in every if row["tests"])
    return {
        "percent": round(100 * taken / len(every)) if every else None,
        "taken": taken,
        "ports": len(every),
        "tests": [
            {"id": result.test, "name": result.name, "status": result.status} for result in results
        ],
        "nodes": [
            {
                "node": node.id,
                "name": node.shown_name,
                "tests": visitors[node.id],
                "ports": ports[node.id],
            }
            for node in graph.nodes.values()
        ],
    }
