"""Drives calls: gives events to the engine, carries out what it returns, remembers where the call
stands.

One event is one turn of the engine, or several with requests to customers' servers between them. A
turn is one short transaction under the lock of the run; requests are made outside of any. Every
event is kept with the answer it got: sent again with the same key, it gets that answer and changes
nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, get_args

from django.db import transaction
from django.utils import timezone

from applets.events import CallStarted, Event, Fetched, FlowEntered
from applets.instructions import TelephoneInstruction
from applets.run import CallFacts
from calls.adapter import VoiceAdapter
from calls.audio import with_recordings
from calls.caller_id import with_own_caller_id
from calls.effects import perform_effects
from calls.exchanges import store_exchange
from calls.last_good import with_last_good
from calls.models import Call, CallEvent, new_call_ref, new_call_sid
from calls.present import present_answer, present_turn
from calls.requests import perform
from calls.trace import note_transfer, store_steps
from core.errors import DomainError
from core.sids import new_sid
from flows.engine import Turn, UnexpectedEvent, advance
from flows.models import Flow, FlowRun, FlowVersion
from flows.services import enter_flow, graph_of_run, start_run
from flows.state import State

logger = logging.getLogger(__name__)

LOST_AFTER: Final = timedelta(seconds=60)
"""No request takes that long (15 s at most): the process that made it is gone."""

START_KEY: Final = "start"

_TELEPHONE: Final = get_args(TelephoneInstruction)

Answer = dict[str, Any]
Clock = Callable[[], datetime]


class EventInProgress(DomainError):
    """The same event is being worked on; ask again for its answer."""

    code: ClassVar[str] = "calls.event_in_progress"
    message: ClassVar[str] = (
        "This event is being worked on. Send it again in a moment for its answer."
    )
    status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call as it comes in. Numbers are E.164, or empty when withheld."""

    from_number: str
    to_number: str
    is_test: bool = False
    use: str = "live"
    entry: str = "inbound_call"
    """What begins the run: one of ``flows.graph.ENTRY_KINDS``."""
    sms: dict[str, Any] = field(default_factory=dict)
    """The SMS that came in, for ``inbound_sms``."""
    variables: dict[str, Any] = field(default_factory=dict)
    """Values the run begins with, for ``api``."""


@dataclass(slots=True)
class _Progress:
    """What the turns of one event have come to so far."""

    key: str
    event: dict[str, Any]
    clock: Clock
    said: list[TelephoneInstruction] = field(default_factory=list)


def start_call(
    *, flow: Flow, adapter: VoiceAdapter, incoming: Incoming, clock: Clock = timezone.now
) -> tuple[Call, Answer]:
    """Begin a call on a flow. Raises NotPublished."""
    now = clock()
    sid, ref = new_call_sid(), new_call_ref()
    facts = CallFacts(
        from_number=incoming.from_number,
        to_number=incoming.to_number,
        sid=sid,
        ref=ref,
        time_zone=flow.account.time_zone,
        started=now.isoformat(),
        flow=flow.sid,
        flow_name=flow.name,
        account=flow.account.sid,
        region=flow.account.region,
        sms=incoming.sms,
    )
    # Who sent an SMS is not on the telephone: what is for a caller is passed by.
    gone = incoming.entry == "inbound_sms"
    state = State(facts, entry=incoming.entry, gone=gone, variables=incoming.variables)
    with transaction.atomic():
        run = start_run(flow=flow, use=incoming.use, state=state.to_json(), now=now)
        call = Call.objects.create(
            account=flow.account,
            sid=sid,
            ref=ref,
            run=run,
            adapter=adapter.slug,
            is_test=incoming.is_test,
            entry=incoming.entry,
            from_number=incoming.from_number,
            to_number=incoming.to_number,
            started=now,
        )
    began: dict[str, Any] = {"type": "call_started"}
    if incoming.variables:
        began["variables"] = incoming.variables
    answer = take_event(call, adapter, CallStarted(), began, START_KEY, clock)
    return call, answer


def take_event(
    call: Call,
    adapter: VoiceAdapter,
    event: Event,
    raw: dict[str, Any],
    key: str = "",
    clock: Clock = timezone.now,
) -> Answer:
    """Give an event to a call and return the answer for the telephone.

    Raises:
        UnexpectedEvent: the call does not wait for it; nothing was changed.
        EventInProgress: the same event is being worked on by somebody else.
    """
    progress = _Progress(key or new_sid("key"), raw, clock)
    with transaction.atomic():
        run = _locked_run(call)
        lost = _is_lost(call, run, clock())
        if not lost:
            known = _answers_to(call, key)
            if known:
                return _answer_of(known[0])
            turn = _turn(call, run, event, progress)
            entry = CallEvent(call=call, key=progress.key, event=raw, at=clock())
            if turn.fetch is None:
                return _answered(call, adapter, entry, turn, progress)
            entry.save()
    if lost:
        _give_up_lost_request(call, adapter, clock)
        return take_event(call, adapter, event, raw, progress.key, clock)
    return _with_requests(call, adapter, entry, turn, progress)


def _with_requests(
    call: Call, adapter: VoiceAdapter, entry: CallEvent, turn: Turn, progress: _Progress
) -> Answer:
    """Ask the customers' servers one after the other, each answer being the engine's next event."""
    fetch = turn.fetch
    while True:
        asked_at = progress.clock()
        asked = perform(fetch) if fetch else None
        with transaction.atomic():
            run = _locked_run(call)
            try:
                if fetch and asked:
                    store_exchange(call.pk, fetch, asked, asked_at)
                    now = progress.clock()
                    answer = with_last_good(call, run, fetch, asked.fetched, now)
                    turn = _turn(call, run, answer, progress)
            except UnexpectedEvent:
                # It was given up as lost in the meantime: the call stands where it stands.
                logger.warning("calls.answer_too_late", extra={"call": call.sid})
                turn = Turn((), State.from_json(run.state), ())
            fetch = turn.fetch
            if fetch is None:
                return _answered(call, adapter, entry, turn, progress)


def _turn(call: Call, run: FlowRun, event: Event, progress: _Progress) -> Turn:
    """Advance by one event and store everything it came to. Must run under the lock of the run."""
    now = progress.clock()
    turn = _advanced(call, run, State.from_json(run.state), event, progress)
    while turn.goes_to:
        problem = enter_flow(run, turn.goes_to, drafts=call.is_test)
        note_transfer(call, run, turn.steps[-1].index, problem)
        turn = _advanced(call, run, turn.state, FlowEntered(problem), progress)
    run.state = turn.state.to_json()
    if turn.state.end is not None and run.ended is None:
        run.ended = now
        _end_call(call, turn.state, now)
    run.save(update_fields=["state", "ended", "in_flow", "in_version", "in_draft"])
    return turn


def _advanced(call: Call, run: FlowRun, state: State, event: Event, progress: _Progress) -> Turn:
    """Walk on in the flow the run is in, and store the steps and what they send."""
    now = progress.clock()
    graph = graph_of_run(run)
    turn = with_recordings(call, graph, advance(graph, state, event, now))
    reports = perform_effects(call, run, turn.instructions, now)
    store_steps(call, run, turn.steps, reports, state.steps)
    told = (with_own_caller_id(call, one) for one in turn.instructions)
    progress.said += [one for one in told if isinstance(one, _TELEPHONE)]
    return turn


def _end_call(call: Call, state: State, now: datetime) -> None:
    call.status, call.ended = Call.Status.COMPLETED, now
    call.outcome = (state.end or {}).get("code", "")
    call.save(update_fields=["status", "outcome", "ended"])


def _answered(
    call: Call, adapter: VoiceAdapter, entry: CallEvent, turn: Turn, progress: _Progress
) -> Answer:
    answer = _presented(call, adapter, turn, progress)
    entry.answer = answer
    entry.save()
    return answer


def _presented(call: Call, adapter: VoiceAdapter, turn: Turn, progress: _Progress) -> Answer:
    rendered = adapter.render(progress.said)
    present = present_turn if adapter.shows_trace else present_answer
    return present(call, turn.state, rendered)


def _answers_to(call: Call, key: str) -> list[Answer | None]:
    """Return the answer the event got, None while it is worked on; nothing when it is new."""
    if not key:
        return []  # it was given one just now
    known = CallEvent.objects.filter(call=call, key=key)
    return list(known.values_list("answer", flat=True)[:1])


def _answer_of(known: Answer | None) -> Answer:
    if known is None:
        raise EventInProgress
    return known


def _locked_run(call: Call) -> FlowRun:
    """Return the run, locked, read anew: other events of the call wait here.

    What never changes comes along with the call. Graphs are large, and kept by each process: a turn reads
    neither a version's nor a flow's draft.
    """
    run = FlowRun.objects.select_for_update().get(pk=call.run_id)
    run.flow, run.version = call.run.flow, call.run.version
    if run.in_flow_id is not None:
        run.in_flow = Flow.objects.only("sid", "name", "account").get(pk=run.in_flow_id)
    if run.in_version_id is not None:
        versions = FlowVersion.objects.only("number", "graph_hash")
        run.in_version = versions.get(pk=run.in_version_id)
    return run


def _is_lost(call: Call, run: FlowRun, now: datetime) -> bool:
    """Whether the call waits for a server's answer for longer than anybody would ask for it."""
    begun = (run.state.get("open_step") or {}).get("at")
    if run.state.get("awaits") != "fetched" or begun is None:
        return False
    if now - datetime.fromisoformat(begun) <= LOST_AFTER:
        return False
    # A step may have rung somebody for minutes before it asked: then the event after that counts.
    newest = CallEvent.objects.filter(call=call, answer__isnull=True).order_by("-pk").first()
    return newest is None or now - newest.at > LOST_AFTER


def _give_up_lost_request(call: Call, adapter: VoiceAdapter, clock: Clock) -> None:
    """Let a call go on whose request died with the process that made it, as after a time-out.

    The event that led to the request gets the answer it never had, so sent again it is answered.
    """
    with transaction.atomic():
        run = _locked_run(call)
        if not _is_lost(call, run, clock()):
            return
        logger.warning("calls.request_lost", extra={"call": call.sid})
        note = "The answer was lost when the server restarted."
        progress = _Progress("", {}, clock)
        turn = _turn(call, run, Fetched(0, problem="calls.answer_lost", note=note), progress)
        answer = _presented(call, adapter, turn, progress)
        CallEvent.objects.filter(call=call, answer__isnull=True).update(answer=answer)
