"""The versions of a flow: found, compared, taken back, made live again, and a flow copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from accounts.audit import record
from accounts.caller import Caller
from core.errors import NotFound
from flows.diff import Changes, diff
from flows.graph import Graph
from flows.models import Flow, FlowRun, FlowTest, FlowVersion
from flows.names_shown import with_names
from flows.override import Override
from flows.secrets import as_seen
from flows.services import (
    LONGEST_NAME,
    NotPublished,
    StaleDraft,
    create_flow,
    draft_of,
    graph_of_version,
    publish_graph,
    store_draft,
    whose,
)

DRAFT: Final = "draft"
LIVE: Final = "live"
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Calls:
    """How many calls run on a version now, and how many ever did. Test calls do not count."""

    running: int = 0
    total: int = 0


def version_numbered(flow: Flow, number: int) -> FlowVersion:
    """Return a version of a flow's. Raises NotFound."""
    version = flow.versions.select_related("published_by").filter(number=number).first()
    if version is None:
        raise NotFound(what="version")
    return version


def versions_of(flow: Flow) -> QuerySet[FlowVersion]:
    """Return a flow's versions without their graphs, newest first."""
    rows = flow.versions.select_related("published_by").defer("graph")
    return rows.order_by("-number")


def graph_at(flow: Flow, word: str) -> Graph:
    """Return the graph that is called "draft", "live" or by a version's number.

    Raises NotPublished, NotFound.
    """
    if word == DRAFT:
        return draft_of(flow)
    if word == LIVE:
        if flow.live is None:
            raise NotPublished(name=flow.name)
        return graph_of_version(flow.live)
    is_number = word.isascii() and word.isdigit() and len(word) <= _DIGITS
    return graph_of_version(version_numbered(flow, int(word) if is_number else 0))


def changes_between(flow: Flow, old: str, new: str, reader: Caller) -> Changes:
    """Compare two of a flow's graphs as the reader may see them, each named as ``graph_at`` takes it.

    Raises NotPublished, NotFound.
    """
    before, after = (as_seen(graph_at(flow, word), reader) for word in (old, new))
    return with_names(flow.account, diff(before, after))


def calls_of(versions: Iterable[FlowVersion]) -> Mapping[int, Calls]:
    """Return the calls of each version by its pk: those that began on it or were transferred to it."""
    ids = [version.pk for version in versions]
    real = FlowRun.objects.filter(call__is_test=False)
    began = real.filter(version__in=ids).values_list("version")
    came = (
        real.filter(in_version__in=ids).exclude(in_version=F("version")).values_list("in_version")
    )
    found: dict[int, Calls] = {}
    for rows in (began, came):
        counted = rows.annotate(Count("pk"), running=Count("pk", filter=Q(ended__isnull=True)))
        for pk, total, running in counted.order_by():
            known = found.get(pk, Calls())
            found[pk] = Calls(known.running + running, known.total + total)
    return found


@transaction.atomic
def restore_version(
    *, caller: Caller, flow: Flow, number: int, base_hash: str = "", now: datetime
) -> Flow:
    """Make an old version's graph the draft again; what is live stays.

    ``base_hash``: the draft that is to be replaced, as it was looked at. Raises NotFound, StaleDraft.
    """
    graph = graph_at(flow, str(number))
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if base_hash and base_hash != locked.draft_hash:
        raise StaleDraft(**whose(locked))
    store_draft(locked, graph, caller, now)
    record(caller=caller, action="flow.restored", target=flow.sid, at=now, number=number)
    return locked


def publish_version(
    *,
    caller: Caller,
    flow: Flow,
    number: int,
    note: str = "",
    now: datetime,
    override: Override | None = None,
) -> FlowVersion:
    """Publish an old version's graph as the newest, through the same gate; the draft stays as it is.

    Raises NotFound and what ``publish_flow`` raises.
    """
    graph = graph_at(flow, str(number))
    return publish_graph(
        caller=caller,
        flow=flow,
        graph=graph,
        note=note.strip() or f"Back to version {number}",
        now=now,
        override=override,
    )


@transaction.atomic
def duplicate_flow(*, caller: Caller, flow: Flow, name: str = "", now: datetime) -> Flow:
    """Make a flow of a flow's draft with its test calls, unpublished and without numbers.

    Raises BadFlowName, FlowNameTaken.
    """
    given = name.strip() or _name_of_copy(flow)
    copy = create_flow(caller=caller, name=given, graph=flow.draft, now=now)
    tests = [_copied(test, copy, caller, now) for test in flow.tests.order_by("pk")]
    FlowTest.objects.bulk_create(tests)
    return copy


def _copied(test: FlowTest, flow: Flow, caller: Caller, now: datetime) -> FlowTest:
    return FlowTest(
        account=flow.account,
        flow=flow,
        name=test.name,
        document=test.document,
        created=now,
        updated=now,
        updated_by=caller.actor,
    )


def _name_of_copy(flow: Flow) -> str:
    rows = Flow.objects.for_account(flow.account).in_use()
    taken = set(rows.filter(name__startswith="Copy of ").values_list("name", flat=True))
    number = 1
    while True:
        ending = "" if number == 1 else f" ({number})"
        name = f"Copy of {flow.name}"[: LONGEST_NAME - len(ending)].rstrip() + ending
        if name not in taken:
            return name
        number += 1
