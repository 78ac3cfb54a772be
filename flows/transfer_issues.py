"""Issues of transfers to other flows: there is none, calls cannot run it, or it leads back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from flows.graph import Graph
from flows.issues import Issue
from flows.message_issues import Context
from flows.transfer_facts import FlowFacts, target_of, targets_of

SETTING = "flow"


def transfer_issues(graph: Graph, context: Context) -> Iterator[Issue]:
    """Yield what is wrong with where a graph goes on."""
    quick = targets_of(graph)
    for node in graph.nodes.values():
        sid = target_of(graph, node.id)
        if sid:
            yield from _issues_of(f"“{node.shown_name}”", node.id, sid, context, quick=quick[sid])


def _issues_of(
    name: str, node_id: str, sid: str, context: Context, *, quick: bool
) -> Iterator[Issue]:
    target = context.flows.get(sid)
    if target is None or target.archived:
        told = f"{name}: the flow it goes on in is not in this workspace."
        if target:
            told = f"{name}: “{target.name}” was put away."
        yield _error("flows.transfer_missing", told, node_id, "Choose another flow.")
    elif sid == context.own:
        yield _leads_back(f"{name}: the flow goes on in itself", node_id, endless=quick)
    elif not target.live:
        told = f"{name}: “{target.name}” was never published, so no call can go on in it."
        yield _error("flows.transfer_not_published", told, node_id, f"Publish “{target.name}”.")
    elif way := _way_back(sid, context.own, context.flows):
        names = ", then in ".join(f"“{context.flows[step].name}”" for step, _ in way)
        told = f"{name}: the call goes on in {names}, and from there in this flow again"
        yield _leads_back(told, node_id, endless=quick and all(fast for _, fast in way))


def _leads_back(told: str, node_id: str, *, endless: bool) -> Issue:
    """Say that a call can come round; an error when nobody has to do anything for it."""
    if endless:
        told = f"{told}, without waiting for the caller."
        return _error("flows.transfer_loop", told, node_id, "Choose another flow.")
    fix = "Make sure that callers can get out of the circle."
    told = f"{told}."
    return Issue("warning", "flows.transfer_loop", told, node_id, None, SETTING, fix)


def _way_back(sid: str, own: str, flows: Mapping[str, FlowFacts]) -> tuple[tuple[str, bool], ...]:
    """Return the shortest way from a flow to one's own, as (flow, whether a call gets on without waiting)."""
    ways: deque[tuple[str, tuple[tuple[str, bool], ...]]] = deque([(sid, ())])
    seen = {sid}
    while own and ways:
        here, way = ways.popleft()
        facts = flows.get(here)
        for following, quick in facts.goes_to.items() if facts else ():
            longer = (*way, (here, quick))
            if following == own:
                return longer
            if following not in seen:
                seen.add(following)
                ways.append((following, longer))
    return ()


def _error(code: str, told: str, node_id: str, fix: str) -> Issue:
    return Issue("error", code, told, node_id, None, SETTING, fix)
