"""Which flows go on in which: read from what calls run, so that the answer holds for the next call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from accounts.models import Account
from flows.graph import Graph
from flows.live_graphs import live_graph
from flows.models import Flow
from flows.transfer_facts import FlowFacts, targets_of

MOST_READ: Final = 200
"""Flows that one check follows transfers through."""


def facts_of_targets(account: Account, graphs: Iterable[Graph]) -> dict[str, FlowFacts]:
    """Return the flows of the account that the graphs lead to, directly and through others' live versions."""
    found: dict[str, FlowFacts] = {}
    wanted = {sid for graph in graphs for sid in targets_of(graph)}
    asked: set[str] = set()
    while wanted and len(asked) < MOST_READ:
        asked |= wanted
        rows = Flow.objects.for_account(account).filter(sid__in=sorted(wanted))
        found |= {flow.sid: _facts(flow) for flow in rows.select_related("live")}
        wanted = {sid for facts in found.values() for sid in facts.goes_to} - asked
    return found


def _facts(flow: Flow) -> FlowFacts:
    graph = None if flow.archived else live_graph(flow)
    return FlowFacts(
        name=flow.name,
        live=flow.live_id is not None,
        archived=flow.archived is not None,
        goes_to=targets_of(graph) if graph else {},
    )
