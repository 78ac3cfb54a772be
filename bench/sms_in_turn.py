"""What an SMS applet adds to a turn, whatever state broker and carrier are in.

The promise: a caller never waits for a message. So the added time must be the same with the broker
up, down and hung, and with a carrier that takes 30 seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

from applets.events import DigitsGathered
from bench.measure import Row, row, timed
from bench.processes import wait_until, worker
from bench.world import World
from calls.adapters.simulator import PHONE
from calls.driver import take_event
from flows.models import Flow
from sms.models import Message
from sms.states import Status

ROUNDS: Final = 2
PAIRS: Final = 40  # a round
SETTLE: Final = 0.3  # seconds for connections to notice what happened to the broker

UP, DOWN, HUNG = "broker up", "broker down", "broker hung"
QUICK, SLOW = "worker running, carrier at once", "worker running, carrier takes 30 s"


def run(world: World) -> Iterator[Row]:
    plain: dict[str, list[float]] = {name: [] for name in (UP, DOWN, HUNG, QUICK, SLOW)}
    added: dict[str, list[float]] = {name: [] for name in plain}
    for _ in range(ROUNDS):
        for name in plain:
            with _state(world, name):
                time.sleep(SETTLE)
                _pairs(world, plain[name], added[name])
            world.forget_messages()
    for name, values in added.items():
        what = (f"SMS adds to a turn: {name}", values)
        yield row(what, (f"the same, {UP}", added[UP]), store=world.store)
    yield row(
        (f"SMS adds to a turn: {SLOW}", added[SLOW]),
        (f"the same, {QUICK}", added[QUICK]),
        store=world.store,
    )
    for name in (UP, SLOW):
        whole = [a + p for a, p in zip(added[name], plain[name], strict=True)]
        yield row(
            (f"whole turn with an SMS: {name}", whole),
            ("turn without SMS", plain[name]),
            store=world.store,
        )


def _state(world: World, name: str) -> AbstractContextManager[None]:
    if name == DOWN:
        return world.broker.down()
    if name == HUNG:
        return world.broker.hung()
    if name == QUICK:
        return worker(world.broker, world.worker_log)
    if name == SLOW:
        return _slow_carrier(world)
    return nullcontext()


@contextmanager
def _slow_carrier(world: World) -> Iterator[None]:
    """Run a worker whose carrier takes 30 s, and that waits for it already."""
    with worker(world.broker, world.worker_log, seconds_to_stop=0, SIMULATED_CARRIER_SECONDS="30"):
        message = world.accept()
        pending = Message.objects.filter(pk=message.pk, status=Status.PENDING)
        wait_until(pending.exists, "the worker to hand a message over", 10)
        yield


def _pairs(world: World, plain: list[float], added: list[float]) -> None:
    """Take turns without and with an SMS, one after the other."""
    _turn(world, world.plain)
    _turn(world, world.with_sms)
    for _ in range(PAIRS):
        without = _turn(world, world.plain)
        plain.append(without)
        added.append(_turn(world, world.with_sms) - without)


def _turn(world: World, flow: Flow) -> float:
    call = world.waiting_call(flow)
    event, raw = DigitsGathered("1"), {"type": "digits", "digits": "1"}
    return timed(lambda: take_event(call, PHONE, event, raw))
