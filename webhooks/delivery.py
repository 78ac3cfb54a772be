"""One attempt after another until an endpoint has the event, or we give up and say so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from core.errors import DomainError
from core.http import OutgoingRequest, fetch
from webhooks.models import Delivery
from webhooks.signing import signature

# Seconds until the next try. Any 2xx is success; everything else is tried again.
RETRY_AFTER: Final = (30, 120, 600, 1800, 7200, 21600)
LEASE: Final = timedelta(seconds=60)


def run_once(now: datetime, limit: int = 50) -> int:
    """Attempt the deliveries that are due; returns how many were attempted."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due__lte=now)
    done = 0
    for delivery in due.select_related("endpoint").order_by("due", "pk")[:limit]:
        # The lease: whoever moves ``due`` forward first attempts it.
        won = Delivery.objects.filter(pk=delivery.pk, due=delivery.due).update(due=now + LEASE)
        if won:
            attempt(delivery, now)
            done += 1
    return done


def envelope(delivery: Delivery) -> bytes:
    """Return the body: Callr's envelope around the event's payload."""
    return json.dumps(
        {
            "id": delivery.sid,
            "at": delivery.created.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "sid": delivery.endpoint.sid,
            "type": delivery.event,
            "try": delivery.attempts,
            "payload": delivery.payload,
        }
    ).encode()


def attempt(delivery: Delivery, now: datetime) -> None:
    """POST one event and note what came of it."""
    body = envelope(delivery)
    timestamp = int(now.timestamp())
    secret = delivery.endpoint.secret
    headers = {
        "content-type": "application/json",
        "webhook-id": delivery.sid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, delivery.sid, timestamp, body),
    }
    status, error = _post(delivery.endpoint.url, headers, body)
    delivery.attempts += 1
    delivery.last_status, delivery.last_error = status, error[:300]
    if status is not None and 200 <= status < 300:
        delivery.state = Delivery.State.DELIVERED
    elif status == 410 or delivery.attempts > len(RETRY_AFTER):
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.due = now + timedelta(seconds=RETRY_AFTER[delivery.attempts - 1])
    delivery.save(update_fields=["attempts", "last_status", "last_error", "state", "due"])


def _request(url: str, headers: dict[str, str], body: bytes) -> OutgoingRequest:
    return OutgoingRequest(
        url, "POST", headers, body, timeout_seconds=10, max_body_bytes=65_536, cut_long_body=True
    )


def _post(url: str, headers: dict[str, str], body: bytes) -> tuple[int | None, str]:
    try:
        answer = fetch(_request(url, headers, body))
    except DomainError as error:
        return None, str(error)
    return answer.status, ""
