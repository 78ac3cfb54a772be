"""The baseline of everything a worker does: a task that does nothing."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="bench.empty_task.empty")
def empty() -> None:
    return
