"""Messages through the pipeline per second, against empty tasks through the same worker.

The worker is warm before anything is measured: it listens to no queue of ours until told to, so a
batch can be laid out first. What the simulated carrier takes to report (1 to 3 s) is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.empty_task import empty
from bench.measure import Row, row, timed
from bench.processes import wait_until, worker
from bench.world import World
from flowbuilder.celery import app
from sms.models import Message, SimulatedSubmission
from sms.pipeline import submit
from sms.states import Status
from sms.tasks import run_simulated_carrier

ROUNDS: Final = 3
MESSAGES: Final = 100
EMPTY_TASKS: Final = 400
BASELINE: Final = "empty task, same worker"
QUEUE_OF_EMPTY: Final = "bench"


def run(world: World) -> Iterator[Row]:
    world.forget_messages()
    rates: dict[str, list[float]] = {}

    def note(name: str, count: int, seconds: float) -> None:
        rates.setdefault(name, []).append(count / seconds)

    with worker(world.broker, world.worker_log, queues="idle"):
        for _ in range(ROUNDS):
            note(BASELINE, EMPTY_TASKS, _empty_tasks(world))
            note("accept alone", MESSAGES, timed(lambda: _accept(world)))
            note("submit: accepted before → sent", MESSAGES, timed(_submit_all))
            note("accept → sent, worker beside", MESSAGES, _end_to_end(world))
            note("receipts: reported → delivered", 2 * MESSAGES, _deliver())
            world.forget_messages()
    for name, values in rates.items():
        if name != BASELINE:
            yield row(
                (f"pipeline, {name}", values),
                (BASELINE, rates[BASELINE]),
                store=world.store,
                unit="msg/s",
                scale=1,
            )


def query_counts(world: World) -> Iterator[str]:
    """Say how many statements a message takes on its way (the carrier's own ones apart)."""
    world.forget_messages()
    with CaptureQueriesContext(connection) as captured:
        world.accept()
    yield f"accept: {len(captured)} statements a message"
    _accept(world, submit.CLAIMED_AT_ONCE - 1)
    with CaptureQueriesContext(connection) as captured:
        count = submit.run_once(timezone.now())
    yield f"submit: {len(captured) / count:.1f} statements a message (batch of {count})"
    SimulatedSubmission.objects.update(due=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        run_simulated_carrier()
    yield f"receipt: {len(captured) / count:.1f} statements a message (carrier's report included)"


@contextmanager
def _listening(*queues: str) -> Iterator[None]:
    """Let the worker listen to these queues for a while."""
    for queue in queues:
        _tell("add_consumer", queue)
    try:
        yield
    finally:
        for queue in queues:
            _tell("cancel_consumer", queue)


def _tell(command: str, queue: str) -> None:
    app.control.broadcast(command, arguments={"queue": queue}, reply=True, limit=1, timeout=5)


def _empty_tasks(world: World) -> float:
    for _ in range(EMPTY_TASKS):
        empty.apply_async(queue=QUEUE_OF_EMPTY)
    client = world.broker.client

    def done() -> bool:
        return not client.llen(QUEUE_OF_EMPTY) and not client.hlen("unacked")

    began = time.perf_counter()
    with _listening(QUEUE_OF_EMPTY):
        wait_until(done, "empty tasks")
        return time.perf_counter() - began


def _accept(world: World, count: int = MESSAGES) -> None:
    for _ in range(count):
        world.accept()


def _submit_all() -> None:
    with _listening("submit"):
        _wait_until_sent()


def _end_to_end(world: World) -> float:
    with _listening("submit"):
        began = time.perf_counter()
        _accept(world)
        _wait_until_sent()
        return time.perf_counter() - began


def _wait_until_sent() -> None:
    on_the_way = Message.objects.filter(status__in=[Status.CREATED, Status.PENDING])
    wait_until(lambda: not on_the_way.exists(), "messages to be sent")


def _deliver() -> float:
    """Let the carrier report everything at once, and wait until it is understood."""
    SimulatedSubmission.objects.filter(reported=False).update(due=timezone.now())
    run_simulated_carrier.delay()
    sent = Message.objects.filter(status=Status.SENT)
    began = time.perf_counter()
    with _listening("default"):
        wait_until(lambda: not sent.exists(), "messages to be delivered")
        return time.perf_counter() - began
