"""Last stage: a message's status, moved through one door."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from core.live import publish_on_commit
from sms.callr_format import callr_object
from sms.models import Message, StatusChange
from sms.pipeline import bill
from sms.states import ALLOWED, FINAL, Status
from webhooks.services import enqueue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a message's history: where to, who says so, why, in whose words."""

    to: Status
    at: datetime
    actor: str
    reason: str = ""
    words: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def move(message_pk: int, step: Move) -> bool:
    """Carry a step out and say whether it was allowed.

    A step that the table of moves does not allow changes nothing: late, doubled and disordered reports are
    harmless. Money, webhooks and live pages follow in the same transaction or after its commit.
    """
    message = Message.objects.select_for_update().select_related("account").get(pk=message_pk)
    before = message.status
    if step.to not in ALLOWED[Status(before)]:
        return False
    changes = {"status": step.to, "updated": step.at, **_dates(message, step), **step.fields}
    if step.to in FINAL and step.to != Status.DELIVERED:
        changes |= {"error_code": step.reason, "error_message": step.words}
    if not Message.objects.filter(pk=message_pk, status=before).update(**changes):
        return False
    for name, value in changes.items():
        setattr(message, name, value)
    bill.settle(message, before, step.at)
    record(message, before, step)
    logger.info("sms.status", extra={"sid": message.sid, "status": message.status})
    return True


def _dates(message: Message, step: Move) -> dict[str, Any]:
    if step.to == Status.SENT:
        return {"sent": step.at, "lease_until": None}
    if step.to == Status.DELIVERED:
        return {
            "delivered": step.at,
            "sent": message.sent or step.at,
            "lease_until": None,
            "error_code": "",
            "error_message": "",
        }
    return {"lease_until": None}


def record(message: Message, before: str, step: Move) -> None:
    """Write the history line and tell the customer's webhooks and the open pages."""
    StatusChange.objects.create(
        message=message,
        before=before,
        after=message.status,
        at=step.at,
        actor=step.actor,
        reason=step.reason,
        provider_words=step.words[:300],
    )
    announce(message, step.at)


def announce(message: Message, at: datetime) -> None:
    """Tell webhooks and open pages how a message stands."""
    enqueue(
        account=message.account,
        event="v2.sms.outbound.updated",
        payload=lambda: callr_object(message),
        at=at,
    )
    publish_on_commit(
        message.account.sid,
        {
            "type": "message.updated",
            "sid": message.sid,
            "status": message.status,
            "call_sid": message.call_sid,
            "flow": message.flow_sid,
            "node": message.node,
            "error": {"code": message.error_code, "message": message.error_message}
            if message.error_code
            else None,
        },
    )
