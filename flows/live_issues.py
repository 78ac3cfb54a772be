"""What is wrong with the versions that calls run: messages that are refused since they were published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import Account
from flows.context import context_for
from flows.issues import Issue
from flows.models import Flow
from flows.services import live_graph
from flows.validation import registry_issues


def live_issues(account: Account, flows: Iterable[Flow]) -> dict[int, list[Issue]]:
    """Return each flow's DLT problems by its primary key, in a few queries for all of them."""
    graphs = {flow.pk: graph for flow in flows if (graph := live_graph(flow)) is not None}
    context = context_for(account, *graphs.values())
    found = {pk: registry_issues(graph, context) for pk, graph in graphs.items()}
    return {pk: [issue for issue in issues if issue.overridable] for pk, issues in found.items()}


def live_issues_of(flow: Flow) -> list[Issue]:
    return live_issues(flow.account, [flow]).get(flow.pk, [])


def present_live_issues(flow: Flow, issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """As JSON; ``overridden`` says that an admin published the version knowing of it."""
    override = (flow.live.override if flow.live else None) or {}
    known = {(issue["code"], issue["node"]) for issue in override.get("issues", [])}
    return [
        {**issue.to_json(), "overridden": (issue.code, issue.node) in known} for issue in issues
    ]
