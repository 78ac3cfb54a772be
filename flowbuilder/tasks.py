"""The worker's sign of life, which ``/readyz`` reads."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_ready
from redis.exceptions import RedisError

from flowbuilder.health import WORKER_SEEN_KEY, WORKER_SEEN_SECONDS, bounded_redis


@shared_task(name="flowbuilder.tasks.sign_of_life")
def sign_of_life() -> None:
    try:
        bounded_redis().set(WORKER_SEEN_KEY, 1, ex=WORKER_SEEN_SECONDS)
    except RedisError:
        return


@worker_ready.connect
def first_sign_of_life(**_: object) -> None:
    """Say so as soon as the worker is there; the scheduler's first turn comes seconds later."""
    sign_of_life()
