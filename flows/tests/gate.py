"""Tests before publishing: one that fails is an error, which an admin may take on by name."""

from __future__ import annotations

from collections.abc import Iterator

from flows.graph import Graph
from flows.issues import Issue
from flows.models import Flow
from flows.tests.running import LONGEST_RUN, run_tests


def objections(flow: Flow, graph: Graph, *, seconds: float = LONGEST_RUN) -> list[Issue]:
    """Run the flow's tests on a graph that is to go live, and return what they object to.

    Make it outside of a transaction: it may take ``seconds``.
    """
    return list(_issues(flow, graph, seconds))


def _issues(flow: Flow, graph: Graph, seconds: float) -> Iterator[Issue]:
    late = 0
    for result in run_tests(flow, graph, flow.tests.order_by("pk"), seconds=seconds):
        if result.status == "failed":
            told = f"Test “{result.name}”: {result.difference}"
            yield Issue("error", "flows.test_failed", told, fix="Mend the flow, or the test.")
        late += result.status == "not_run"
    if late:
        tests = "1 test was" if late == 1 else f"{late} tests were"
        told = f"{tests} not run: all together may take {LONGEST_RUN:.0f} seconds."
        yield Issue("warning", "flows.tests_not_run", told, fix="Run them by themselves.")
