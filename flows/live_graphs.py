"""The graphs that calls run: frozen, so read once per process."""

from __future__ import annotations

from functools import lru_cache

from flows.graph import Graph, parse
from flows.models import Flow, FlowVersion
from flows.program import upgraded


def live_graph(flow: Flow) -> Graph | None:
    """Return what calls to a flow run."""
    return graph_of_version(flow.live) if flow.live else None


def graph_of_version(version: FlowVersion) -> Graph:
    """Return a version's graph with settings as today's applets write them."""
    return _read(version.pk, version.graph_hash)


@lru_cache(maxsize=256)
def _read(version_id: int, graph_hash: str) -> Graph:
    del graph_hash  # part of the key: an id whose row was rolled back is given again
    return upgraded(parse(FlowVersion.objects.values_list("graph", flat=True).get(pk=version_id)))
