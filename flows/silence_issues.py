"""What the caller hears too late, or never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from flows.graph import Graph
from flows.issues import Issue
from flows.program import Placed, placed

Ways = Mapping[str, Set[str]]
"""``{node: the nodes its ports lead to}``."""

LONGEST_SILENCE: Final = 5
"""Seconds; callers begin to hang up then (vendors' guides advise 2 to 3 for one request)."""


def silence_issues(graph: Graph, ways: Ways) -> Iterator[Issue]:
    """Yield a start after which the caller may hear nothing for long, and telephone applets that only run
    when nobody is on the telephone."""
    yield from _silent_start(graph, ways)
    heard = _reachable(ways, [graph.entry, graph.entries.get("api")], graph)
    unheard = _reachable(
        ways, [graph.entries.get("inbound_sms"), graph.entries.get("after_call")], graph
    )
    for node_id in graph.nodes:
        here = placed(graph, node_id)
        if here and here.applet and here.applet.needs_caller and node_id in unheard - heard:
            told = f"“{here.node.shown_name}” is skipped: nobody is on the telephone there."
            fix = "Use it on the way of a call, or delete it."
            yield Issue("warning", "flows.nobody_on_the_telephone", told, node_id, fix=fix)


def _silent_start(graph: Graph, ways: Ways) -> Iterator[Issue]:
    if graph.entry is None or graph.entry not in graph.nodes:
        return
    longest = _longest_silence(graph, ways, graph.entry)
    seconds = longest[graph.entry]
    if seconds <= LONGEST_SILENCE:
        return
    told = f"A caller may hear nothing for {seconds} seconds before the first prompt."
    first = _first_that_waits(graph, ways, longest)
    name = graph.nodes[first].shown_name
    fix = f"Put a Greeting before “{name}”, or let it wait less."
    yield Issue("warning", "flows.long_silence", told, first, fix=fix)


def _longest_silence(graph: Graph, ways: Ways, start: str) -> dict[str, int]:
    """Return, by node, the longest time from entering it until something is heard.

    Depth first without recursion; a way back into a node under way adds nothing: circles without a prompt
    are an issue of their own.
    """
    known: dict[str, int] = {}
    open_nodes: set[str] = set()
    stack = [start]
    while stack:
        node_id = stack[-1]
        here = placed(graph, node_id)
        if here is None or _is_heard(here):
            known[node_id] = 0
            stack.pop()
            continue
        if node_id not in open_nodes:
            open_nodes.add(node_id)
            stack += sorted(
                way for way in ways[node_id] if way not in known and way not in open_nodes
            )
            continue
        stack.pop()
        spoken_to = here.applet is not None and here.applet.needs_caller
        after = 0 if spoken_to else max((known.get(way, 0) for way in ways[node_id]), default=0)
        known.setdefault(node_id, _silence_of(here) + after)
    return known


def _first_that_waits(graph: Graph, ways: Ways, longest: Mapping[str, int]) -> str:
    """Follow the most silent way from the start to the first applet that waits on it."""
    node_id = graph.entry or ""
    passed: set[str] = set()
    while node_id not in passed:
        passed.add(node_id)
        here = placed(graph, node_id)
        if here is not None and _silence_of(here):
            return node_id
        following = sorted(ways[node_id], key=lambda way: (-longest.get(way, 0), way))
        node_id = following[0] if following else node_id
    return node_id


def _is_heard(here: Placed) -> bool:
    return here.applet is not None and here.applet.needs_caller and not _silence_of(here)


def _silence_of(here: Placed) -> int:
    if here.applet is None or here.settings is None:
        return 0
    return here.applet.longest_silence(here.settings)


def _reachable(ways: Ways, starts: list[str | None], graph: Graph) -> set[str]:
    waiting = [start for start in starts if start in graph.nodes]
    reached: set[str] = set()
    while waiting:
        node_id = waiting.pop()
        if node_id is not None and node_id not in reached:
            reached.add(node_id)
            waiting += ways[node_id]
    return reached
