"""Runs test calls over a graph and says what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from accounts.models import Account
from applets.run import CallFacts
from core.times import rfc3339
from flows.graph import Graph
from flows.models import Flow, FlowTest
from flows.rehearsal import FindFlow, Taken, Walk, rehearse
from flows.tests.comparing import differences
from flows.tests.document import Document, read
from flows.tests.judging import JudgedMessage, judge
from flows.tests.neighbours import neighbours_of
from flows.tests.script import WrittenScript

LONGEST_RUN: Final = 5.0
"""Seconds for all tests of a flow together; the rest is told as not run."""

Status = Literal["passed", "failed", "not_run"]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test. ``test`` is its sid, empty for a document that is not saved."""

    test: str
    name: str
    status: Status
    differences: Sequence[str] = ()
    walk: Walk = field(default_factory=Walk)
    messages: Sequence[JudgedMessage] = ()
    unused: int = 0
    """Entries of the script that were never needed."""
    milliseconds: int = 0

    @property
    def difference(self) -> str:
        return self.differences[0] if self.differences else ""

    def to_json(self) -> dict[str, Any]:
        walk = self.walk
        return {
            "test": self.test or None,
            "name": self.name,
            "status": self.status,
            "difference": self.difference or None,
            "differences": list(self.differences),
            "path": [present_taken(taken) for taken in walk.path],
            "messages": [asdict(message) for message in self.messages],
            "variables": dict(walk.variables),
            "ended": dict(walk.ended) if walk.ended else None,
            "unused": self.unused,
            "ms": self.milliseconds,
        }


def present_taken(taken: Taken) -> dict[str, Any]:
    """A step of a played path as the API shows it."""
    return {
        "flow": taken.flow or None,
        "node": taken.node,
        "name": taken.name,
        "applet": taken.applet,
        "port": taken.port or None,
        "port_label": taken.port_label or None,
        "note": taken.note or None,
        "skipped": taken.skipped,
        "at": rfc3339(taken.at),
    }


def play(
    flow: Flow, graph: Graph, document: Document, find_flow: FindFlow, script: WrittenScript
) -> Walk:
    """Let a document's call walk through a graph."""
    moment = document.moment
    return rehearse(
        graph,
        script,
        call=CallFacts(
            from_number=document.caller,
            to_number=document.called,
            sid=document.sid,
            ref=document.ref,
            time_zone=flow.account.time_zone,
            started=moment.isoformat(),
            flow=flow.sid,
            account=flow.account.sid,
            region=flow.account.region,
            sms=document.came_in,
        ),
        at=moment,
        entry=document.entry,
        variables=document.variables,
        find_flow=find_flow,
    )


def run_document(
    flow: Flow, graph: Graph, document: Document, find_flow: FindFlow | None = None, sid: str = ""
) -> Result:
    """Run one test call. Nothing is stored, sent or asked of anybody."""
    began = time.perf_counter()
    script = WrittenScript(document, graph)
    walk = play(flow, graph, document, find_flow or neighbours_of(flow.account), script)
    messages = messages_of(flow.account, walk)
    found = tuple(differences(document, graph, walk, messages))
    return Result(
        test=sid,
        name=document.name,
        status="failed" if found else "passed",
        differences=found,
        walk=walk,
        messages=messages,
        unused=script.left,
        milliseconds=round((time.perf_counter() - began) * 1000),
    )


def messages_of(account: Account, walk: Walk) -> list[JudgedMessage]:
    return [judge(account, sent) for sent in walk.messages]


def run_tests(
    flow: Flow,
    graph: Graph,
    tests: Iterable[FlowTest],
    *,
    seconds: float = LONGEST_RUN,
    clock: Callable[[], float] = time.monotonic,
) -> list[Result]:
    """Run tests one after the other for as long as there is time."""
    find_flow = neighbours_of(flow.account)
    until = clock() + seconds
    return [
        run_document(flow, graph, read(test.document), find_flow, test.sid)
        if clock() < until
        else Result(test.sid, test.name, "not_run")
        for test in tests
    ]


def keep(tests: Sequence[FlowTest], results: Sequence[Result], use: str, now: datetime) -> None:
    """Keep what came of tests, for the list."""
    ran = [pair for pair in zip(tests, results, strict=True) if pair[1].status != "not_run"]
    for test, result in ran:
        test.last_run, test.last_use = now, use
        test.last_status, test.last_difference = result.status, result.difference[:400]
    FlowTest.objects.bulk_update(
        [test for test, _ in ran], ["last_run", "last_use", "last_status", "last_difference"]
    )
