"""Which flows play which recordings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from accounts.models import Account
from flows.audio.models import Audio
from flows.audio_issues import sids_in
from flows.graph import Graph, parse
from flows.models import Flow


@dataclass(frozen=True, slots=True)
class AudioUse:
    """That a flow plays a recording: in its draft, or in the version calls run."""

    flow: Flow
    live: bool


def states_of(account: Account, graphs: Iterable[Graph]) -> dict[str, str]:
    """Return ``{sid: state}`` of the account's recordings that the graphs name."""
    wanted = {
        sid for graph in graphs for node in graph.nodes.values() for sid in sids_in(node).values()
    }
    if not wanted:
        return {}
    rows = Audio.objects.for_account(account).filter(sid__in=wanted)
    return dict(rows.values_list("sid", "state"))


def uses_of(account: Account, sid: str) -> list[AudioUse]:
    """Return the flows whose draft or live version plays a recording, by name."""
    drawn = {"drawn": Cast("draft", TextField()), "running": Cast("live__graph", TextField())}
    rows = Flow.objects.for_account(account).in_use().select_related("live").annotate(**drawn)
    # An sid is random: a text that holds it means it.
    found = rows.filter(Q(drawn__contains=sid) | Q(running__contains=sid)).order_by("name")
    return [use for flow in found for use in _uses_by(flow, sid)]


def _uses_by(flow: Flow, sid: str) -> list[AudioUse]:
    graphs: list[tuple[bool, Any]] = [(False, flow.draft)]
    graphs += [(True, flow.live.graph)] if flow.live else []
    return [AudioUse(flow, live) for live, graph in graphs if _names(parse(graph), sid)]


def _names(graph: Graph, sid: str) -> bool:
    return any(sid in sids_in(node).values() for node in graph.nodes.values())
