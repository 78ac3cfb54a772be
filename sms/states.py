"""The eight statuses of a message and the one table of allowed moves."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    CREATED = "created", "Created"
    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    REMOTE_QUEUED = "remote-queued", "Queued at carrier"
    DELIVERED = "delivered", "Delivered"
    ERROR = "error", "Refused"  # by us, before the carrier
    FAILED = "failed", "Failed"  # by the carrier
    EXPIRED = "expired", "Expired"


FINAL = frozenset({Status.DELIVERED, Status.ERROR, Status.FAILED, Status.EXPIRED})

# Forward only. A carrier may report delivery after it gave a message up: that alone leaves a final state.
ALLOWED: dict[Status, frozenset[Status]] = {
    Status.CREATED: frozenset({Status.PENDING, Status.ERROR, Status.EXPIRED}),
    Status.PENDING: frozenset(
        {
            Status.CREATED,  # the carrier was not reached: back into the queue, nothing was sent
            Status.SENT,
            Status.REMOTE_QUEUED,
            Status.DELIVERED,
            Status.ERROR,
            Status.FAILED,
            Status.EXPIRED,
        }
    ),
    Status.SENT: frozenset({Status.REMOTE_QUEUED, Status.DELIVERED, Status.FAILED, Status.EXPIRED}),
    Status.REMOTE_QUEUED: frozenset({Status.DELIVERED, Status.FAILED, Status.EXPIRED}),
    Status.DELIVERED: frozenset(),
    Status.ERROR: frozenset(),
    Status.FAILED: frozenset({Status.DELIVERED}),
    Status.EXPIRED: frozenset({Status.DELIVERED}),
}
