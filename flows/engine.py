"""The engine: one event in, what should happen out.

Pure and deterministic: no clock, no chance, no database, no network. It walks from applet to
applet until one must wait, the path ends, or a limit is met. What it returns is carried out by
``calls.driver``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from applets.base import Applet, End, Exit, Outcome, Transfer, Wait, WaitingApplet
from applets.events import (
    CallStarted,
    DialEnded,
    DigitsGathered,
    Event,
    FlowEntered,
    HungUp,
    Recorded,
)
from applets.instructions import Dial, Fetch, Gather, GoToFlow, Hangup, Record
from applets.run import RunView
from applets.told import asked
from core.errors import DomainError
from flows.graph import Graph
from flows.program import Placed, aliases_of, placed, port_names
from flows.state import State
from flows.turn import Step, Turn, TurnWriter

__all__ = ["Step", "Turn", "UnexpectedEvent", "advance"]

MOST_VISITS: Final = 100
MOST_STEPS: Final = 1_000
MOST_UNHEARD: Final = 100
"""Steps between two things the caller does."""
MOST_TRANSFERS: Final = 20

CALLER_LEFT: Final = "The caller hung up."
_NO_START: Final = {
    "inbound_call": "The flow has no start.",
    "inbound_sms": "The flow has no start for incoming SMS.",
    "api": "The flow has no start.",
    "after_call": "The flow has no start.",
}

_AWAITED: Final[dict[type, str]] = {
    Gather: "digits",
    Dial: "dial_ended",
    Record: "recorded",
    Fetch: "fetched",
}
_OUTSIDE: Final = ("fetched", "flow_entered")
"""What the call waits for without the telephone."""


class UnexpectedEvent(DomainError):
    """The call does not wait for this; nothing was changed."""

    code: ClassVar[str] = "calls.unexpected_event"
    message: ClassVar[str] = "The call waits for {awaited}, not for {given}."
    status: ClassVar[int] = 409


def advance(graph: Graph, state: State, event: Event, now: datetime) -> Turn:
    """Take one event.

    Raises:
        UnexpectedEvent: the call does not wait for it. Hanging up is possible at any time.
    """
    walk = _Walk(graph, state.copy(), now)
    if isinstance(event, HungUp):
        walk.hang_up(event)
    elif event.kind != state.awaits:
        raise UnexpectedEvent(awaited=state.awaits or "nothing: it has ended", given=event.kind)
    elif isinstance(event, CallStarted):
        walk.start()
    elif isinstance(event, FlowEntered):
        walk.enter_flow(event)
    else:
        walk.resume(event)
    walk.after_call()
    return walk.turn()


class _Walk(TurnWriter):
    """One turn under way: takes the event, then goes from applet to applet."""

    def __init__(self, graph: Graph, state: State, now: datetime) -> None:
        super().__init__(graph, state, now)
        self.run = RunView(
            call=state.call,
            now=now,
            variables=state.variables,
            nodes=state.nodes,
            aliases=aliases_of(graph),
            facts=state.facts,
            entry=state.entry,
        )

    # --- events -----------------------------------------------------------------------------------

    def start(self) -> None:
        start = self.graph.start_of(self.state.entry)
        if start is None or start not in self.graph.nodes:
            self.end_politely("no_entry", _NO_START[self.state.entry])
            return
        self.walk(start)

    def enter_flow(self, event: FlowEntered) -> None:
        """Go on at the start of the flow that was transferred to. What applets left behind stays with the
        flow they are in; the values they set go along."""
        state = self.state
        state.awaits = None
        if event.problem:
            self.end_politely("cannot_run", event.problem)
            return
        state.nodes, state.visits, state.skipped = {}, {}, {}
        self.run.nodes = state.nodes
        self.start()

    def after_call(self) -> None:
        """Walk what is drawn for after the call, once it has ended."""
        state = self.state
        start = self.graph.start_of("after_call")
        if state.end is None or state.after_call or state.entry != "inbound_call":
            return
        state.after_call = True
        if start is None or start not in self.graph.nodes:
            return
        state.ended_as, state.end = state.end, None
        state.gone, state.unheard = True, 0
        self.walk(start)

    def resume(self, event: Event) -> None:
        here = self.waiting_place()
        if here is None:
            self.end_politely("cannot_run", "The applet the call waited in is not in the flow.")
            return
        state = self.state
        if isinstance(event, DigitsGathered | DialEnded | Recorded):
            state.unheard = 0
        if isinstance(event, DialEnded) and event.status == "answered":
            state.answered = True
        applet = here.applet
        assert isinstance(applet, WaitingApplet)  # noqa: S101 -- only those return Wait
        outcome = self.ask(lambda view: applet.resume(here.settings, view, event))
        self.walk(self.follow(here, outcome))

    def hang_up(self, event: HungUp) -> None:
        state = self.state
        if state.end is not None or state.gone:
            return
        state.gone = True
        if state.awaits in _OUTSIDE:
            return  # the answer is on its way: then the path goes on, without the caller
        here = self.waiting_place()
        applet = here.applet if here else None
        left = None
        if here and isinstance(applet, WaitingApplet):
            waiting = applet
            left = self.ask(lambda view: waiting.caller_left(here.settings, view, event))
        if here is None or left is None:
            self.finish("caller_left", CALLER_LEFT, here)
            return
        self.walk(self.follow(here, left))

    # --- walking ----------------------------------------------------------------------------------

    def walk(self, node_id: str | None) -> None:
        state, visits, ready = self.state, self.state.visits, self.graph.compiled
        while node_id is not None:
            here = ready.get(node_id) or placed(self.graph, node_id)
            if here is None:
                self.end_politely(
                    "dead_end", f"The path leads to “{node_id}”, which is not in the flow."
                )
                return
            been = visits.get(node_id, 0)
            if been >= MOST_VISITS or state.steps >= MOST_STEPS or state.unheard >= MOST_UNHEARD:
                self.stop_at_limit(here, been)
                return
            visits[node_id] = been + 1
            state.unheard += 1
            node_id = self.visit(here)

    def visit(self, here: Placed) -> str | None:
        """Enter a node; return the next one, or None when the call waits or has ended."""
        applet, settings, state = here.applet, here.settings, self.state
        if applet is None or settings is None:
            return self.pass_by(here, here.problem, applet.port_on_failure if applet else None)
        if state.gone and applet.needs_caller:
            return self.skip_without_caller(here, applet)
        state.memory, state.open_step = {}, None
        outcome: Outcome | Exception
        try:
            outcome = applet.enter(settings, self.view())
        except Exception as error:  # noqa: BLE001 -- noted in the trace, logged by the driver
            outcome = error
        return self.follow(here, outcome)

    def ask(self, question: Any) -> Outcome | Exception | None:
        """Put a question to an applet. A fault in one must not take the call down with it."""
        try:
            outcome: Outcome | None = question(self.view())
        except Exception as error:  # noqa: BLE001 -- noted in the trace, logged by the driver
            return error
        return outcome

    def view(self) -> RunView:
        """Return the call as an applet may see it now."""
        run, state = self.run, self.state
        run.memory, run.answered, run.caller_present = state.memory, state.answered, not state.gone
        return run

    def follow(self, here: Placed, outcome: Outcome | Exception | None) -> str | None:
        """Carry an applet's outcome into the state; return the next node, if any."""
        if isinstance(outcome, Exit):
            return self.leave(here, outcome)
        if isinstance(outcome, Wait):
            self.wait(here, outcome)
        elif isinstance(outcome, Transfer):
            self.transfer(here, outcome)
        elif isinstance(outcome, End):
            self.emit(here, (outcome.instruction,))
            self.record(here, "", {}, "")
            self.close(outcome.code, outcome.text)
        else:
            assert here.applet is not None  # noqa: S101 -- it answered
            told = f"{type(outcome).__name__}: {outcome}" if outcome else "It returned nothing."
            detail = {"failure": told[:200]}
            note = "The applet failed; this is a fault of its program."
            return self.pass_by(here, note, here.applet.port_on_failure, detail)
        return None

    def leave(self, here: Placed, outcome: Exit) -> str | None:
        state = self.state
        if outcome.instructions:
            self.emit(here, outcome.instructions)
        if outcome.variables:
            state.variables.update(outcome.variables)
        if outcome.facts:
            state.facts.update(outcome.facts)
        if outcome.result is not None:
            state.nodes[here.node.id] = dict(outcome.result)
        return self.go_on(here, outcome.port, outcome.detail or {}, outcome.note)

    def go_on(self, here: Placed, port: str, detail: Mapping[str, Any], note: str) -> str | None:
        """Record the step and return where the port leads; a port that leads nowhere ends the
        call."""
        target = here.exits.get(port)
        if target is not None:
            self.record(here, port, detail, note)
            return target
        if self.state.gone:
            self.record(here, port, detail, note)
            self.close("caller_left", CALLER_LEFT)
            return None
        told = f"Nothing is connected to “{_port_label(here, port)}”: the call was hung up."
        self.record(here, port, detail, f"{note} {told}".strip())
        self.emit(here, (Hangup("dead_end"),))
        self.close("dead_end", told)
        return None

    def wait(self, here: Placed, outcome: Wait) -> None:
        state = self.state
        self.emit(here, (*outcome.before, outcome.ask))
        detail = {**asked(outcome.ask), **(outcome.detail or {})}
        step = self.record(here, "", detail, outcome.note, left=False)
        state.node, state.awaits = here.node.id, _AWAITED[type(outcome.ask)]
        state.memory = dict(outcome.memory)
        state.open_step = {
            "index": step.index,
            "at": step.at.isoformat(),
            "detail": dict(step.detail),
            "note": step.note,
        }

    def transfer(self, here: Placed, outcome: Transfer) -> None:
        state = self.state
        state.transfers += 1
        self.record(here, "", outcome.detail or {}, "")
        if state.transfers > MOST_TRANSFERS:
            self.end_politely("limit", f"The call went on in another flow {MOST_TRANSFERS} times.")
            return
        self.emit(here, (GoToFlow(outcome.flow),))
        state.node, state.awaits, state.memory = None, "flow_entered", {}

    # --- ways to not run a node -------------------------------------------------------------------

    def skip_without_caller(self, here: Placed, applet: Applet[Any]) -> str | None:
        """Pass a telephone step after the caller has gone; the second time, the path ends."""
        state, port = self.state, applet.port_without_caller
        if port is None or here.node.id in state.skipped or port not in here.exits:
            self.note_skipped(here, "", "Skipped: the caller had hung up. The path ends here.")
            self.close("caller_left", CALLER_LEFT)
            return None
        state.skipped[here.node.id] = 1
        self.note_skipped(here, port, "Skipped: the caller had hung up.")
        return here.exits[port]

    def pass_by(
        self, here: Placed, problem: str, port: str | None, detail: Mapping[str, Any] | None = None
    ) -> str | None:
        """Pass a node that cannot run through its port for that, else end the call."""
        if port is not None and port in here.exits:
            self.note_skipped(here, port, problem, detail)
            return here.exits[port]
        self.note_skipped(here, port or "", problem, detail)
        self.end_politely("cannot_run", f"“{here.node.shown_name}” cannot run. {problem}")
        return None

    def stop_at_limit(self, here: Placed, been: int) -> None:
        """End the call, saying which limit the next visit would break."""
        if been >= MOST_VISITS:
            limit = f"One applet was visited {MOST_VISITS} times in this call."
        elif self.state.steps >= MOST_STEPS:
            limit = f"The call took {MOST_STEPS} steps."
        else:
            limit = f"{MOST_UNHEARD} steps followed each other without the caller doing anything."
        self.note_skipped(here, "", limit)
        self.end_politely("limit", limit)


def _port_label(here: Placed, port: str) -> str:
    if here.applet is None:
        return port
    return port_names(here.applet, here.node.settings).get(port, port)
