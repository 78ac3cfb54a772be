"""Is the process up, and is everything it needs there?"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, JsonResponse
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

WORKER_SEEN_SECONDS = 30
WORKER_SEEN_KEY = "flowbuilder:worker_seen"


def bounded_redis() -> Redis:
    """Return a client that answers or gives up within half a second."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=0.5,
        socket_connect_timeout=0.5,
        retry=Retry(NoBackoff(), 0),
    )


def up(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "up"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def broker_and_worker() -> tuple[bool, bool]:
    """Say whether the broker answers, and whether a worker was seen in the last half minute."""
    try:
        client = bounded_redis()
        client.ping()
        return True, bool(client.exists(WORKER_SEEN_KEY))
    except RedisError:
        return False, False


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, broker and a worker are there, else 503; says which is missing."""
    broker, worker = broker_and_worker()
    checks = {"database": _database(), "broker": broker, "worker": worker}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)
