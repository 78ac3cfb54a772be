"""Plays one applet in a flow of its own: every port leads to a hangup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from applets import registry
from applets.events import (
    CallStarted,
    DialEnded,
    DigitsGathered,
    Event,
    Fetched,
    FlowEntered,
    HungUp,
    Recorded,
)
from applets.instructions import Fetch, GoToFlow, Instruction, SendEmail, SendSms
from applets.run import CallFacts
from calls.adapters.simulator import PHONE
from flows.engine import Step, Turn, advance
from flows.graph import Graph, parse
from flows.program import port_names
from flows.state import State

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
CALL = CallFacts(
    from_number="+919876543210",
    to_number="+914412345678",
    sid="cal7k2m9x4tq37k2m9x4tq37k2m9x4tq",
    ref="K7M2Q9XW4T",
    started="2026-11-21T04:59:30+00:00",
    flow="flw1",
    account="acc1",
)

EVENTS = {
    "digits": DigitsGathered,
    "dial_ended": DialEnded,
    "fetched": Fetched,
    "recorded": Recorded,
    "flow_entered": FlowEntered,
    "hung_up": HungUp,
    "call_started": CallStarted,
}


def event_from(data: dict[str, Any]) -> Event:
    values = {key: value for key, value in data.items() if key != "type"}
    event: Event = EVENTS[data["type"]](**values)
    return event


def shown(instructions: Sequence[Instruction]) -> list[dict[str, Any]]:
    """Instructions as the simulated phone is told them; messages and requests as they are."""
    rows = []
    for instruction in instructions:
        if isinstance(instruction, SendSms):
            rows.append({"type": "sms", **asdict(instruction)})
        elif isinstance(instruction, Fetch | SendEmail | GoToFlow):
            kind = {Fetch: "fetch", SendEmail: "email", GoToFlow: "go_to_flow"}[type(instruction)]
            rows.append({"type": kind, **json.loads(json.dumps(asdict(instruction)))})
        else:
            rows += PHONE.render([instruction])
    return rows


def flow_of(slug: str, settings: dict[str, Any], name: str = "Under test") -> Graph:
    ports = port_names(registry.get(slug), settings)
    ends = [{"id": f"end {port}", "type": "hangup", "settings": {}} for port in ports]
    node = {"id": "x", "type": slug, "name": name, "settings": settings}
    return parse(
        {
            "entry": "x",
            "nodes": [node, *ends],
            "connections": [{"from": "x", "port": port, "to": f"end {port}"} for port in ports],
        }
    )


def play(
    graph: Graph, events: Sequence[Event], state: State | None = None
) -> tuple[list[Turn], list[Step]]:
    """Play a call; return its turns and the last form of every step."""
    state = state or State(CALL)
    turns: list[Turn] = []
    steps: dict[int, Step] = {}
    for event in (CallStarted(), *events):
        turn = advance(graph, State.from_json(state.to_json()), event, NOW)
        steps |= {step.index: step for step in turn.steps}
        turns.append(turn)
        state = turn.state
    return turns, [steps[index] for index in sorted(steps)]
