"""One turn of a call over HTTP with its database writes: a key is pressed, four steps are walked.

Baseline: a bare Django view behind the same middleware that writes the same rows in one transaction. Time is
what a caller waits; processor time is what others on the machine disturb least.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.measure import Clock, Row, cpu, interleave, row, timed
from bench.world import World
from calls.adapters.simulator import PHONE
from calls.driver import take_event
from calls.models import Call
from flows.models import Flow

TURNS: Final = 150
PRESS_1: Final = {"type": "digits", "digits": "1"}


def run(world: World) -> Iterator[Row]:
    with override_settings(ROOT_URLCONF="bench.hook"):
        yield from _turns(world, timed, "")
        yield from _turns(world, cpu, ", processor")


def query_counts(world: World) -> Iterator[str]:
    """Say how many statements a turn takes."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(ROOT_URLCONF="bench.hook"):
        for name, flow in (("hook", world.plain), ("floor", world.plain), ("hook", world.with_sms)):
            call = world.waiting_call(flow)
            with CaptureQueriesContext(connection) as captured:
                _post(client, name, call)
            told = " with an SMS" if flow is world.with_sms else ""
            yield f"one turn{told}, {name}: {len(captured)} statements"


def _turns(world: World, clock: Clock, what: str) -> Iterator[Row]:
    client = Client(SERVER_NAME="localhost")

    def over_http(name: str, flow: Flow) -> float:
        call = world.waiting_call(flow)
        return clock(lambda: _post(client, name, call))

    def on_the_page() -> float:
        call = world.waiting_call(world.plain)
        return clock(lambda: take_event(call, PHONE, PHONE.parse(PRESS_1), PRESS_1))

    taken = interleave(
        {
            "hook": lambda: over_http("hook", world.plain),
            "floor": lambda: over_http("floor", world.plain),
            "sms": lambda: over_http("hook", world.with_sms),
            "phone": on_the_page,
        },
        TURNS,
    )
    floor = (f"bare view, same writes{what}", taken["floor"])
    turn = (f"turn over HTTP, 4 steps{what}", taken["hook"])
    yield row(turn, floor, store=world.store)
    yield row((f"the same with an SMS{what}", taken["sms"]), turn, store=world.store)
    yield row((f"turn of the simulated phone{what}", taken["phone"]), turn, store=world.store)


def _post(client: Client, name: str, call: Call) -> None:
    body = json.dumps({**PRESS_1, "key": f"k{time.monotonic_ns()}"})
    answer = client.post(f"/{name}/{call.sid}", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
