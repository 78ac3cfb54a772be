"""What one can do with flows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account
from core.errors import DomainError, NotFound
from core.times import rfc3339
from flows import template_use
from flows.context import context_for
from flows.diff import diff
from flows.diff_words import first_version, kept
from flows.graph import Graph, behaviour_hash, content_hash, dump, empty_graph, parse
from flows.issues import Issue, in_order
from flows.live_graphs import graph_of_version as graph_of_version
from flows.live_graphs import live_graph as live_graph
from flows.models import Flow, FlowRun, FlowVersion
from flows.names_shown import with_names
from flows.override import Override, check_override, split, stored
from flows.program import upgraded
from flows.tests.gate import objections
from flows.validation import issues as issues_of_graph

LONGEST_NAME = 100


class FlowNameTaken(DomainError):
    """Two flows of one account cannot share a name: people tell them apart by it."""

    code: ClassVar[str] = "flows.name_taken"
    message: ClassVar[str] = "There is another flow called “{name}”. Choose another name."


class BadFlowName(DomainError):
    code: ClassVar[str] = "flows.bad_name"
    message: ClassVar[str] = "Give the flow a name of 1 to {longest} characters."


class StaleDraft(DomainError):
    """Somebody saved in between; nothing was overwritten."""

    code: ClassVar[str] = "flows.stale_draft"
    message: ClassVar[str] = (
        "{updated_by} saved this flow in the meantime. Load it again, or save yours as a copy."
    )
    status: ClassVar[int] = 409


class FlowNotPublishable(DomainError):
    code: ClassVar[str] = "flows.not_publishable"
    message: ClassVar[str] = "The flow has {errors}. Mend what is wrong, then publish."


class NotPublished(DomainError):
    code: ClassVar[str] = "flows.not_published"
    message: ClassVar[str] = "“{name}” has never been published. Publish it, or test its draft."


def flow_named(account: Account, sid: str) -> Flow:
    """Return a flow of the account's. Raises NotFound, also for flows of others."""
    rows = Flow.objects.for_account(account).in_use()
    flow = rows.select_related("account", "live__published_by").filter(sid=sid).first()
    if flow is None:
        raise NotFound(what="flow")
    return flow


@transaction.atomic
def create_flow(*, caller: Caller, name: str, graph: object = None, now: datetime) -> Flow:
    """Make a flow, empty or from a graph. Raises BadFlowName, FlowNameTaken, NotAGraph,
    GraphTooLarge."""
    parsed = empty_graph() if graph is None else parse(graph)
    flow = Flow(
        account=caller.account,
        name=checked_name(name),
        draft=dump(parsed),
        draft_hash=content_hash(parsed),
        draft_updated=now,
        draft_updated_by=caller.actor,
    )
    save_named(flow)
    template_use.remember(flow, parsed, live=False)
    record(caller=caller, action="flow.created", target=flow.sid, at=now, name=flow.name)
    return flow


@transaction.atomic
def rename_flow(*, caller: Caller, flow: Flow, name: str, now: datetime) -> Flow:
    """Give a flow another name. Raises BadFlowName, FlowNameTaken."""
    flow.name = checked_name(name)
    save_named(flow, update_fields=["name"])
    record(caller=caller, action="flow.renamed", target=flow.sid, at=now, name=flow.name)
    return flow


@transaction.atomic
def save_draft(*, caller: Caller, flow: Flow, graph: object, base_hash: str, now: datetime) -> Flow:
    """Store a draft, whatever is unfinished about it.

    ``base_hash`` is the hash of the draft the changes were made to; saving what is stored already
    is no change and needs none. ``flows.drafts`` merges instead of refusing.

    Raises:
        StaleDraft: the draft is no longer the one of ``base_hash``.
        NotAGraph, GraphTooLarge: it cannot be stored at all.
    """
    parsed = parse(graph)
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if content_hash(parsed) != locked.draft_hash and base_hash != locked.draft_hash:
        raise StaleDraft(**whose(locked))
    return store_draft(locked, parsed, caller, now)


def whose(flow: Flow) -> dict[str, str]:
    """Return whose draft is stored, and since when: the context of a refusal."""
    return {
        "hash": flow.draft_hash,
        "updated": rfc3339(flow.draft_updated),
        "updated_by": flow.draft_updated_by,
    }


def store_draft(locked: Flow, graph: Graph, caller: Caller, now: datetime) -> Flow:
    """Make a graph the draft of a flow whose row is locked; the one that is stored already is no change."""
    new_hash = content_hash(graph)
    if new_hash == locked.draft_hash:
        return locked
    locked.draft, locked.draft_hash = dump(graph), new_hash
    locked.draft_updated, locked.draft_updated_by = now, caller.actor
    locked.save(update_fields=["draft", "draft_hash", "draft_updated", "draft_updated_by"])
    template_use.remember(locked, graph, live=False)
    return locked


def publish_flow(
    *, caller: Caller, flow: Flow, note: str = "", now: datetime, override: Override | None = None
) -> FlowVersion:
    """Freeze the draft as the version that new calls get; calls under way end on theirs.

    A draft that behaves as the live version does makes no new one. ``override``: an admin takes on the DLT
    problems and failing tests there are; any other error still refuses.

    Raises:
        OverrideNotAllowed, OverrideReason: the override is not this caller's to give, or says nothing.
        FlowNotPublishable: with the issues in its context.
        StaleDraft: somebody saved the draft while its tests ran.
    """
    return publish_graph(
        caller=caller, flow=flow, graph=None, note=note, now=now, override=override
    )


def publish_graph(
    *,
    caller: Caller,
    flow: Flow,
    graph: Graph | None,
    note: str,
    now: datetime,
    override: Override | None,
) -> FlowVersion:
    """Freeze a graph as a flow's next version, through the gate of ``publish_flow``. None: its draft."""
    if override is not None:
        check_override(caller, override)
    # Tests may take seconds: nothing is locked meanwhile, and what they ran on is what is published.
    tested = Flow.objects.select_related("account").get(pk=flow.pk)
    judged = draft_of(tested) if graph is None else graph
    failing = objections(tested, judged, now if graph is None else None)
    with transaction.atomic():
        rows = Flow.objects.select_for_update(of=("self",)).select_related("live")
        locked = rows.get(pk=tested.pk)
        if graph is None and locked.draft_hash != tested.draft_hash:
            raise StaleDraft(**whose(locked))
        return _freeze(caller, locked, judged, failing, note, now, override)


def _freeze(
    caller: Caller,
    locked: Flow,
    graph: Graph,
    failing: list[Issue],
    note: str,
    now: datetime,
    override: Override | None,
) -> FlowVersion:
    context = context_for(caller.account, graph, own=locked.sid)
    found = in_order([*issues_of_graph(graph, context), *failing])
    blocking, overridden = split(found, override)
    if blocking:
        raise _not_publishable(found, blocking)
    digest = behaviour_hash(graph)
    if locked.live and locked.live.graph_hash == digest:
        return locked.live
    version = FlowVersion.objects.create(
        flow=locked,
        number=_next_number(locked),
        graph=dump(graph),
        graph_hash=digest,
        note=note[:200],
        changes=_changes_since_live(locked, graph),
        published=now,
        published_by=caller.user,
        override=stored(caller, override, overridden, now) if override and overridden else None,
    )
    locked.live = version
    locked.save(update_fields=["live"])
    template_use.remember(locked, graph, live=True)
    _write_down(caller, locked, version, now)
    return version


def _changes_since_live(flow: Flow, graph: Graph) -> dict[str, Any]:
    before = live_graph(flow)
    return (
        first_version(len(graph.nodes))
        if before is None
        else kept(with_names(flow.account, diff(before, graph)))
    )


def _not_publishable(found: list[Issue], blocking: list[Issue]) -> FlowNotPublishable:
    errors = "1 error" if len(blocking) == 1 else f"{len(blocking)} errors"
    return FlowNotPublishable(
        count=len(blocking), errors=errors, issues=[issue.to_json() for issue in found]
    )


def _write_down(caller: Caller, flow: Flow, version: FlowVersion, now: datetime) -> None:
    if version.override is None:
        record(
            caller=caller, action="flow.published", target=flow.sid, at=now, number=version.number
        )
        return
    record(
        caller=caller,
        action="flow.published_anyway",
        target=flow.sid,
        at=now,
        number=version.number,
        name=flow.name,
        reason=version.override["reason"],
        issues=version.override["issues"],
    )


def draft_of(flow: Flow) -> Graph:
    """Return a flow's draft with settings as today's applets write them."""
    return upgraded(parse(flow.draft))


def issues_of_draft(flow: Flow) -> list[Issue]:
    """Return what is wrong with a flow's draft, worst first."""
    return issues_in(flow.account, draft_of(flow), flow.sid)


def issues_in(account: Account, graph: Graph, own: str = "") -> list[Issue]:
    """Return what is wrong with a graph in this account, worst first; ``own`` is its flow's sid."""
    return in_order(issues_of_graph(graph, context_for(account, graph, own=own)))


def draft_differs(flow: Flow) -> bool:
    """Whether calls would notice if the draft were published."""
    return flow.live is None or flow.live.graph_hash != behaviour_hash(draft_of(flow))


def numbers_of(flow: Flow) -> list[str]:
    """Return the account's numbers that ring a flow."""
    return list(flow.numbers.order_by("e164").values_list("e164", flat=True))


def start_run(*, flow: Flow, use: str, state: dict[str, Any], now: datetime) -> FlowRun:
    """Begin a run on the live version or on a copy of the draft. Raises NotPublished."""
    if use == "draft":
        return FlowRun.objects.create(
            flow=flow, draft_graph=dump(draft_of(flow)), state=state, started=now
        )
    if flow.live is None:
        raise NotPublished(name=flow.name)
    return FlowRun.objects.create(flow=flow, version=flow.live, state=state, started=now)


def graph_of_run(run: FlowRun) -> Graph:
    """Return the graph a run walks: its frozen version's, read once per process, or its own
    copy."""
    _, version = run.place
    if version is None:
        return upgraded(parse(run.draft_graph if run.in_flow is None else run.in_draft))
    return graph_of_version(version)


def enter_flow(run: FlowRun, sid: str, *, drafts: bool) -> str:
    """Take a run to the version that is live in another flow of its account; unsaved.

    ``drafts``: in a test call a flow without a version is walked as it is drawn. Returns why it cannot be
    entered, or an empty text.
    """
    account = run.flow.account_id
    flow = Flow.objects.in_use().filter(account_id=account, sid=sid).select_related("live").first()
    if flow is None:
        return "The flow that the call was to go on in does not exist any more."
    if flow.live is None and not drafts:
        return f"“{flow.name}” has never been published, so the call could not go on in it."
    run.in_flow, run.in_version = flow, flow.live
    run.in_draft = None if flow.live else dump(draft_of(flow))
    return ""


def _next_number(flow: Flow) -> int:
    newest = flow.versions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def checked_name(name: str) -> str:
    """Return a name of one line. Raises BadFlowName."""
    name = " ".join(name.replace("\0", " ").split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadFlowName(longest=LONGEST_NAME)
    return name


def save_named(flow: Flow, update_fields: list[str] | None = None) -> None:
    """Save a flow. Raises FlowNameTaken."""
    try:
        with transaction.atomic():
            flow.save(update_fields=update_fields)
    except IntegrityError as error:
        raise FlowNameTaken(name=flow.name) from error
