"""Plays a call over a graph by a script. Pure: no rows, no messages, no network, no clock.

The engine is the one that calls run on; the script does what callers, agents and customers' servers do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from applets.events import CallStarted, Event, Fetched, FlowEntered, HungUp
from applets.instructions import Fetch, SendSms
from applets.run import CallFacts
from flows.engine import advance
from flows.graph import Graph
from flows.program import placed, port_names
from flows.state import State
from flows.turn import Step, Turn

MOST_TURNS: Final = 2_000
"""More than any script has entries and any call has requests: a walk ends before."""

_AWAITED: Final = {
    "digits": "keys",
    "dial_ended": "what becomes of ringing",
    "recorded": "a recording",
    "prompt_finished": "the end of a prompt",
}


class NoAnswer(Exception):
    """The script says nothing about what the call waits for; the text says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the call waits: in which flow and node, and for what kind of event."""

    flow: str
    node: str
    name: str
    awaits: str

    @property
    def awaited(self) -> str:
        return f"{_AWAITED.get(self.awaits, self.awaits)} in “{self.name}”"


class Script(Protocol):
    """What happens to the call from outside. Both raise NoAnswer when they have none."""

    def next_event(self, place: Place) -> tuple[Event, float]:
        """Return what happens next, and after how many seconds."""
        ...

    def answer(self, place: Place, fetch: Fetch) -> Fetched:
        """Return what a customer's server answers."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another flow as the call enters it; ``problem`` says why it cannot be entered."""

    graph: Graph | None = None
    problem: str = ""


FindFlow = Callable[[str], Neighbour]


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of the path, with the names a reader knows it by."""

    flow: str
    node: str
    name: str
    applet: str
    port: str
    port_label: str
    note: str
    skipped: bool
    at: datetime

    @property
    def shown(self) -> str:
        """Return "Support desk → No answer"."""
        return f"{self.name} → {self.port_label}" if self.port else self.name


@dataclass(frozen=True, slots=True)
class Sent:
    """A message the flow hands over, and when."""

    wanted: SendSms
    at: datetime


@dataclass(slots=True)
class Walk:
    """What a played call came to. ``stuck``: what the script says nothing about."""

    path: list[Taken] = field(default_factory=list)
    messages: list[Sent] = field(default_factory=list)
    variables: Mapping[str, Any] = field(default_factory=dict)
    ended: Mapping[str, str] | None = None
    stuck: str = ""


def rehearse(
    graph: Graph,
    script: Script,
    *,
    call: CallFacts,
    at: datetime,
    entry: str = "inbound_call",
    variables: Mapping[str, Any] | None = None,
    find_flow: FindFlow | None = None,
) -> Walk:
    """Play a call from its start to its end, or to where the script has no answer."""
    state = State(call, entry=entry, gone=entry == "inbound_sms", variables=dict(variables or {}))
    rehearsal = _Rehearsal(graph, script, state, at, find_flow or _no_flow)
    return rehearsal.play()


def _no_flow(_: str) -> Neighbour:
    return Neighbour(problem="The flow that the call was to go on in is not known here.")


class _Rehearsal:
    """One played call under way."""

    def __init__(
        self, graph: Graph, script: Script, state: State, at: datetime, find_flow: FindFlow
    ) -> None:
        self.graph, self.script, self.state, self.now = graph, script, state, at
        self.find_flow = find_flow
        self.flow = ""  # the flow the test is of
        self.steps: dict[int, Taken] = {}
        self.walk = Walk()

    def play(self) -> Walk:
        event: Event | None = CallStarted()
        for _ in range(MOST_TURNS):
            if event is None:
                break
            turn = advance(self.graph, self.state, event, self.now)
            self.take(turn)
            event = self.following(turn)
        walk = self.walk
        walk.path = [self.steps[index] for index in sorted(self.steps)]
        walk.variables, walk.ended = self.state.variables, self.state.end
        return walk

    def take(self, turn: Turn) -> None:
        self.state = turn.state
        for step in turn.steps:
            self.steps[step.index] = self.named(step)
        self.walk.messages += [
            Sent(one, self.now) for one in turn.instructions if isinstance(one, SendSms)
        ]

    def named(self, step: Step) -> Taken:
        here = placed(self.graph, step.node)
        labels = port_names(here.applet, here.node.settings) if here and here.applet else {}
        return Taken(
            flow=self.flow,
            node=step.node,
            name=here.node.shown_name if here else step.node,
            applet=step.applet,
            port=step.port,
            port_label=labels.get(step.port, step.port),
            note=step.note,
            skipped=step.skipped,
            at=step.at,
        )

    def following(self, turn: Turn) -> Event | None:
        """Return what comes next, or None when the call has ended or the script does not know."""
        if turn.goes_to:
            return self.enter(turn.goes_to)
        if self.state.end is not None:
            return None
        try:
            if turn.fetch is not None:
                fetched = self.script.answer(self.place(), turn.fetch)
                self.now += timedelta(milliseconds=fetched.milliseconds)
                return fetched
            event, seconds = self.script.next_event(self.place())
        except NoAnswer as missing:
            self.walk.stuck = str(missing)
            return None
        self.now += timedelta(seconds=seconds)
        # Whoever hangs up while nothing waits for it changes nothing: the engine ignores it.
        return None if isinstance(event, HungUp) and self.state.gone else event

    def enter(self, flow: str) -> Event:
        found = self.find_flow(flow)
        if found.graph is not None:
            self.graph, self.flow = found.graph, flow
        return FlowEntered(found.problem)

    def place(self) -> Place:
        node = self.state.node or ""
        here = placed(self.graph, node)
        name = here.node.shown_name if here else node
        return Place(self.flow, node, name, self.state.awaits or "")


def ports_of(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """Yield node, port and the port's label for every way out there is."""
    for node in graph.nodes:
        here = placed(graph, node)
        if here is not None and here.applet is not None:
            for port, label in port_names(here.applet, here.node.settings).items():
                yield node, port, label
