"""What one can do with the saved test calls of a flow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Literal

from django.db import IntegrityError, transaction

from accounts.audit import record
from accounts.caller import Caller
from core.errors import DomainError, NotFound
from flows.graph import Graph
from flows.models import Flow, FlowTest
from flows.services import NotPublished, draft_of, live_graph
from flows.tests.document import read
from flows.tests.running import Result, keep, run_document, run_tests

MOST_TESTS: Final = 200

Use = Literal["draft", "live"]


class TestNameTaken(DomainError):
    """Two tests of one flow cannot share a name."""

    code: ClassVar[str] = "flows.test_name_taken"
    message: ClassVar[str] = (
        "There is another test call “{name}” of this flow. Choose another name."
    )


class TooManyTests(DomainError):
    """More than run in a bearable time before publishing."""

    code: ClassVar[str] = "flows.too_many_tests"
    message: ClassVar[str] = (
        "The flow has {limit} test calls, which is the limit. Delete one first."
    )


def tests_of(flow: Flow) -> list[FlowTest]:
    """Return a flow's tests in the order they were made."""
    return list(flow.tests.order_by("pk"))


def test_named(flow: Flow, sid: str) -> FlowTest:
    """Return a test of the flow. Raises NotFound."""
    found = flow.tests.filter(sid=sid).first()
    if found is None:
        raise NotFound(what="test call")
    return found


@transaction.atomic
def create_test(caller: Caller, flow: Flow, document: object, now: datetime) -> FlowTest:
    """Save a test call. Raises BadTest, TooManyTests, TestNameTaken."""
    checked = read(document)
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if locked.tests.count() >= MOST_TESTS:
        raise TooManyTests(limit=MOST_TESTS)
    test = FlowTest(account=caller.account, flow=locked, created=now)
    _write(test, checked.to_json(), caller, now)
    record(caller=caller, action="flow.test_saved", target=flow.sid, at=now, name=test.name)
    return test


@transaction.atomic
def change_test(*, caller: Caller, test: FlowTest, document: object, now: datetime) -> FlowTest:
    """Give a test another document; what came of the old one is forgotten. Raises BadTest, TestNameTaken."""
    _write(test, read(document).to_json(), caller, now)
    record(caller=caller, action="flow.test_saved", target=test.flow.sid, at=now, name=test.name)
    return test


@transaction.atomic
def delete_test(*, caller: Caller, test: FlowTest, now: datetime) -> None:
    record(caller=caller, action="flow.test_deleted", target=test.flow.sid, at=now, name=test.name)
    test.delete()


def run_saved(
    *, flow: Flow, use: Use, now: datetime, only: Sequence[str] | None = None
) -> list[Result]:
    """Run tests, all or some by sid, and keep what came of them. Raises NotPublished, NotFound."""
    graph = graph_for(flow, use)
    tests = tests_of(flow)
    if only is not None:
        by_sid = {test.sid: test for test in tests}
        if any(sid not in by_sid for sid in only):
            raise NotFound(what="test call")
        tests = [by_sid[sid] for sid in dict.fromkeys(only)]
    results = run_tests(flow, graph, tests)
    keep(tests, results, use, now)
    return results


def try_document(*, flow: Flow, use: Use, document: object) -> Result:
    """Run a test that need not be saved; nothing is kept. Raises BadTest, NotPublished."""
    return run_document(flow, graph_for(flow, use), read(document))


def graph_for(flow: Flow, use: Use) -> Graph:
    """Return what a test runs on. Raises NotPublished."""
    if use == "draft":
        return draft_of(flow)
    graph = live_graph(flow)
    if graph is None:
        raise NotPublished(name=flow.name)
    return graph


def _write(test: FlowTest, document: dict[str, Any], caller: Caller, now: datetime) -> None:
    test.name, test.document = document["name"], document
    test.updated, test.updated_by = now, caller.actor
    test.last_run, test.last_status, test.last_difference = None, "", ""
    try:
        with transaction.atomic():
            test.save()
    except IntegrityError as error:
        raise TestNameTaken(name=test.name) from error
