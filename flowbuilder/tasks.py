"""The worker's sign of life, which ``/readyz`` reads."""

from __future__ import annotations

from celery import shared_task
from redis.exceptions import RedisError

from flowbuilder.health import WORKER_SEEN_KEY, WORKER_SEEN_SECONDS, bounded_redis


@shared_task(name="flowbuilder.tasks.sign_of_life")
def sign_of_life() -> None:
    try:
        bounded_redis().set(WORKER_SEEN_KEY, 1, ex=WORKER_SEEN_SECONDS)
    except RedisError:
        return
