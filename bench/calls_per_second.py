"""Whole calls: welcome, a condition, a connect that fails, an SMS, the end; state saved at every wait.

Two turns a call. Processor time of the calls' own thread has PostgreSQL outside it and SQLite inside; the
baseline of it is the goal, 5 ms a call. Baseline of the rate: the rows of two turns written barely.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from applets.events import DialEnded
from bench.hook import CARRIER, write_turn
from bench.measure import Row, cpu, interleave, row, timed
from bench.world import INCOMING, SMS, Node, World, draw, publish
from calls.driver import start_call, take_event
from flows.models import Flow
from sms.models import Message

ROUNDS: Final = 40
CALLS: Final = 5
GOAL: Final = 0.005  # seconds of processor time a call

MOBILES: Final = {
    "cases": [
        {
            "port": "mobile",
            "name": "Mobiles",
            "rules": [{"subject": "caller_type", "operator": "is", "value": "mobile"}],
        }
    ]
}


def run(world: World) -> Iterator[Row]:
    flow = publish(world.account, "Five steps", five_steps())
    assert _walk(flow) == "flow_ended"
    sent = Message.objects.filter(flow_sid=flow.sid).latest("pk")
    assert sent.error_code == "", sent.error_message
    taken = interleave(
        {
            "calls": lambda: timed(lambda: _some(flow)) / CALLS,
            "bare": lambda: timed(lambda: _some_bare(world)) / CALLS,
            "cpu": lambda: cpu(lambda: _some(flow)) / CALLS,
        },
        ROUNDS,
        warm_up=2,
    )
    rates = {name: [1 / seconds for seconds in values] for name, values in taken.items()}
    yield row(
        ("calls of five steps, a condition and an SMS", rates["calls"]),
        ("rows of two turns, bare", rates["bare"]),
        store=world.store,
        unit="calls/s",
        scale=1,
    )
    yield row(("processor time of such a call", taken["cpu"]), ("goal", [GOAL]), store=world.store)
    world.forget_messages()


def five_steps() -> dict[str, Any]:
    """Draw the flow: of a condition and a connect only the ways that are walked are wired."""
    nodes: list[Node] = [
        ("welcome", "greeting", {"say": "Welcome to Acme. Call {CallRef}."}),
        ("who", "condition", MOBILES),
        ("sales", "connect", {"to": ["+919812345680"], "ring_seconds": 20}),
        SMS,
        ("end", "hangup", {}),
    ]
    ways = [("welcome", "next", "who"), ("who", "mobile", "sales"), ("who", "otherwise", "end")]
    ways += [("sales", port, "note") for port in ("no_answer", "busy", "failed")]
    ways += [("sales", "answered", "end"), ("note", "next", "end")]
    return draw(nodes, ways)


def _some(flow: Flow) -> None:
    for _ in range(CALLS):
        _walk(flow)


def _walk(flow: Flow) -> str:
    call, _ = start_call(flow=flow, adapter=CARRIER, incoming=INCOMING)
    raw = {"type": "dial_ended", "status": "failed"}
    take_event(call, CARRIER, DialEnded("failed"), raw, f"dial-{call.pk}")
    return call.outcome


def _some_bare(world: World) -> None:
    for _ in range(CALLS):
        _bare(world)


def _bare(world: World) -> None:
    now = timezone.now()
    call = world.bare_call(now)
    write_turn(call, {"type": "call_started"})
    call.events.update(key="start")
    write_turn(call, {"type": "dial_ended"})
