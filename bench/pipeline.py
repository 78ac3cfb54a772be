"""Messages through the pipeline per second, against empty tasks through the same worker.

The worker is warm before anything is measured: tasks are laid out in a queue it does not know, which
is then renamed to one it listens to. What the simulated carrier takes to report (1 to 3 s) is left
out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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
from sms.tasks import run_simulated_carrier, submit_messages

ROUNDS: Final = 3
MESSAGES: Final = 100
EMPTY_TASKS: Final = 400
BASELINE: Final = "empty task, same worker"
LAID_OUT: Final = "laid-out"


def run(world: World) -> Iterator[Row]:
    world.forget_messages()
    rates: dict[str, list[float]] = {}

    def note(name: str, count: int, seconds: float) -> None:
        rates.setdefault(name, []).append(count / seconds)

    with worker(world.broker, world.worker_log):
        for _ in range(ROUNDS):
            note(BASELINE, EMPTY_TASKS, _empty_tasks(world))
            with _laid_out(world, MESSAGES):
                note("accept alone", MESSAGES, timed(lambda: _accept(world)))
            note("submit: accepted before → sent", MESSAGES, _submit_all(world))
            note("accept → sent, worker beside", MESSAGES, _end_to_end(world))
            note("receipts: reported → delivered", 2 * MESSAGES, _deliver(world))
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
def _laid_out(world: World, hints: int) -> Iterator[None]:
    """Let hints gather where no worker looks; the thread that publishes them may be behind."""
    routes = app.conf.task_routes
    app.conf.update(task_routes={**routes, submit_messages.name: {"queue": LAID_OUT}})
    try:
        yield
        _wait_until_laid_out(world, hints)
    finally:
        app.conf.update(task_routes=routes)


def _wait_until_laid_out(world: World, count: int) -> None:
    wait_until(lambda: world.broker.client.llen(LAID_OUT) >= count, "tasks to be laid out", 15)


def _since_released(world: World, count: int, queue: str, done: Callable[[], object]) -> float:
    """Hand the worker what was laid out; return the seconds until ``done``."""
    client = world.broker.client
    _wait_until_laid_out(world, count)
    began = time.perf_counter()
    client.rename(LAID_OUT, queue)
    wait_until(done, f"the work of {queue}")
    seconds = time.perf_counter() - began
    wait_until(lambda: _idle(world, queue), f"the end of {queue}")
    return seconds


def _idle(world: World, queue: str) -> bool:
    client = world.broker.client
    return not client.llen(queue) and not client.hlen("unacked")


def _empty_tasks(world: World) -> float:
    for _ in range(EMPTY_TASKS):
        empty.apply_async(queue=LAID_OUT)
    return _since_released(world, EMPTY_TASKS, "default", lambda: _idle(world, "default"))


def _accept(world: World, count: int = MESSAGES) -> None:
    for _ in range(count):
        world.accept()


def _submit_all(world: World) -> float:
    return _since_released(world, MESSAGES, "submit", _all_sent)


def _end_to_end(world: World) -> float:
    """Accept one after the other while the worker submits."""
    began = time.perf_counter()
    _accept(world)
    wait_until(_all_sent, "messages to be sent")
    seconds = time.perf_counter() - began
    wait_until(lambda: _idle(world, "submit"), "the end of submit")
    return seconds


def _all_sent() -> bool:
    waiting = Message.objects.filter(status__in=[Status.CREATED, Status.PENDING])
    return not waiting.exists()


def _deliver(world: World) -> float:
    """Let the carrier report everything at once, and wait until it is understood."""
    SimulatedSubmission.objects.filter(reported=False).update(due=timezone.now())
    run_simulated_carrier.apply_async(queue=LAID_OUT)
    sent = Message.objects.filter(status=Status.SENT)
    return _since_released(world, 1, "default", lambda: not sent.exists())
