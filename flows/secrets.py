"""What a flow tells servers to prove who asks, hidden from people who may look but not edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accounts.caller import Caller
from accounts.models import Role
from core.masking import HIDDEN, is_secret, without_secrets
from flows.graph import Graph


def as_seen(graph: Graph, caller: Caller) -> Graph:
    """Return a graph as the caller may see it: editors whole, others without headers and parameters that
    are secrets by their names."""
    if caller.may(Role.EDITOR):
        return graph
    nodes = {
        node.id: replace(node, settings=_without(node.settings)) for node in graph.nodes.values()
    }
    return replace(graph, nodes=nodes, compiled={})


def _without(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _hidden(key, value) for key, value in settings.items()}


def _hidden(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: HIDDEN if is_secret(name) else _hidden(name, item) for name, item in value.items()
        }
    return without_secrets(value) if isinstance(value, str) and key.endswith("url") else value
