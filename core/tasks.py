"""Hints to workers: given after commit, never waited for."""

from __future__ import annotations

from typing import ParamSpec, TypeVar

from celery import Task
from django.db import transaction

from core.hints import give

P = ParamSpec("P")
R = TypeVar("R")


def enqueue_on_commit(task: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> None:
    """Tell a worker, once the transaction is committed, that there is work.

    The row in the database is the record; a hint that is lost is found by the sweeper within a
    second. So this never blocks and never raises, whatever state the broker is in.
    """
    transaction.on_commit(lambda: give(task.name, args, kwargs))
