"""Tests before publishing: one that fails is an error, which an admin may take on by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.graph import Graph
from flows.issues import Issue
from flows.models import Flow
from flows.tests.running import LONGEST_RUN, Result, keep, run_tests


def objections(
    flow: Flow, graph: Graph, now: datetime | None = None, *, seconds: float = LONGEST_RUN
) -> list[Issue]:
    """Run the flow's tests on a graph that is to go live, and return what they object to.

    Make it outside of a transaction: it may take ``seconds``. ``now``: the graph is the draft, and the list
    of tests shows what came of them.
    """
    tests = list(flow.tests.order_by("pk"))
    results = run_tests(flow, graph, tests, seconds=seconds) if tests else []
    if now is not None and tests:
        keep(tests, results, "draft", now)
    return list(_issues(results))


def _issues(results: Sequence[Result]) -> Iterator[Issue]:
    late = 0
    for result in results:
        if result.status == "failed":
            told = f"Test “{result.name}”: {result.difference}"
            yield Issue("error", "flows.test_failed", told, fix="Mend the flow, or the test.")
        late += result.status == "not_run"
    if late:
        tests = "1 test was" if late == 1 else f"{late} tests were"
        told = f"{tests} not run: all together may take {LONGEST_RUN:.0f} seconds."
        yield Issue("warning", "flows.tests_not_run", told, fix="Run them by themselves.")
