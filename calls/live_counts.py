"""What a turn adds to the counts of a flow, told to open canvases, which add it up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from flows.turn import Step

TYPE: Final = "flow.counts"
_SAME: Final = ("type", "flow", "version", "tests")

Event = dict[str, Any]


def counts_event(
    flow: str, version: int | None, steps: Iterable[Step], *, known: int, tests: bool
) -> Event:
    """Return ``{"nodes": {id: [visits, skipped, ended]}, "ports": {id: {port: calls}}}`` of one turn.

    ``known``: how many steps the call had before. The step it waited in was counted when it was entered.
    """
    nodes: dict[str, list[int]] = {}
    ports: dict[str, dict[str, int]] = {}
    for step in steps:
        sums = nodes.setdefault(step.node, [0, 0, 0])
        sums[0] += step.index >= known
        sums[1] += step.skipped
        sums[2] += step.ends
        if step.port:
            taken = ports.setdefault(step.node, {})
            taken[step.port] = taken.get(step.port, 0) + 1
    return {
        "type": TYPE, "flow": flow, "version": version, "tests": tests,
        "nodes": nodes, "ports": ports,
    }  # fmt: skip


def key_of(event: Event) -> tuple[Any, ...]:
    """Return what events have in common that can be added up."""
    return tuple(event[name] for name in _SAME)


def add_up(one: Event, other: Event) -> Event:
    """Return what two turns add together; neither is changed, other sockets have them too."""
    nodes = {node: list(sums) for node, sums in one["nodes"].items()}
    for node, sums in other["nodes"].items():
        nodes[node] = [a + b for a, b in zip(nodes.get(node, (0, 0, 0)), sums, strict=True)]
    ports = {node: dict(taken) for node, taken in one["ports"].items()}
    for node, taken in other["ports"].items():
        mine = ports.setdefault(node, {})
        for port, number in taken.items():
            mine[port] = mine.get(port, 0) + number
    return {**one, "nodes": nodes, "ports": ports}
