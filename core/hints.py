"""A background thread that tells workers and browsers what happened.

A plain ``delay()`` into a broker that hangs was measured to block its caller for over 40 seconds. Here the
caller puts the hint into a bounded queue in memory and goes on; the thread may hang instead. Hints that find
the queue full are dropped: every one of them has a sweeper or a reload behind it.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from typing import Any

from celery import current_app
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)

CAPACITY = 10_000
SECONDS_PER_LIVE_EVENT = 2.0

_tasks: queue.Queue[tuple[str, tuple[Any, ...], dict[str, Any]]] = queue.Queue(CAPACITY)
_events: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue(CAPACITY)
_threads: dict[str, threading.Thread] = {}
_lock = threading.Lock()


def give(task: str, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> None:
    """Hand a task's name and arguments to the publisher; returns at once."""
    _put(_tasks, (task, args, kwargs or {}), "tasks", _publish_tasks)


def say(group: str, event: dict[str, Any]) -> None:
    """Hand a live event to the publisher; returns at once."""
    _put(_events, (group, event), "events", _publish_events)


def _put(waiting: queue.Queue[Any], item: Any, name: str, work: Any) -> None:
    try:
        waiting.put_nowait(item)
    except queue.Full:
        logger.warning("hints.dropped", extra={"kind": name})
    thread = _threads.get(name)
    if thread is None or not thread.is_alive():
        with _lock:
            thread = _threads.get(name)
            if thread is None or not thread.is_alive():
                _threads[name] = threading.Thread(target=work, name=f"hints-{name}", daemon=True)
                _threads[name].start()


def _publish_tasks() -> None:
    while True:
        name, args, kwargs = _tasks.get()
        try:
            current_app.send_task(name, args, kwargs, retry=False, ignore_result=True)
        except Exception as error:  # noqa: BLE001 -- whatever the broker does, the sweeper finds the row
            logger.warning(
                "hints.broker_unavailable", extra={"task": name, "why": type(error).__name__}
            )


def _publish_events() -> None:
    # One loop for good, because the live layer keeps its connections by loop; it only runs while it sends.
    loop = asyncio.new_event_loop()
    while True:
        group, event = _events.get()
        try:
            loop.run_until_complete(_send(group, event))
        except Exception as error:  # noqa: BLE001 -- a page that missed an event reads itself again
            logger.warning("hints.live_layer_unavailable", extra={"why": type(error).__name__})


async def _send(group: str, event: dict[str, Any]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(SECONDS_PER_LIVE_EVENT):
        await layer.group_send(group, {"type": "account.event", "event": event})
