"""Delivery receipts: kept first, understood later, in whatever order they come."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from dlt.services.proposals import Reported, propose
from sms.gateway import Receipt
from sms.models import DeliveryReceipt, Message
from sms.pipeline.status import Move, move
from sms.registry import gateway_named

logger = logging.getLogger(__name__)

AT_ONCE = 200


def keep(*, gateway: str, raw: dict[str, Any], now: datetime) -> DeliveryReceipt:
    """Store what a carrier reported, as it said it."""
    return DeliveryReceipt.objects.create(gateway=gateway, raw=raw, received=now)


def run_once(now: datetime) -> int:
    """Understand the receipts that wait; returns how many there were."""
    waiting = DeliveryReceipt.objects.filter(understood=None).order_by("pk")[:AT_ONCE]
    rows = list(waiting)
    for row in rows:
        understand(row, now)
    return len(rows)


@transaction.atomic
def understand(row: DeliveryReceipt, now: datetime) -> str:
    """Apply one receipt and return what came of it: applied, no_change, unmatched or unmapped.

    An unmatched one is kept: when the carrier's id is noted later, it is looked at again.
    """
    receipt = gateway_named(row.gateway).parse_receipt(row.raw)
    message = _message_of(row.gateway, receipt)
    outcome = _apply(message, receipt, row.received) if message else "unmatched"
    DeliveryReceipt.objects.filter(pk=row.pk).update(
        understood=now,
        outcome=outcome,
        message=message,
        gateway_message_id=receipt.message_id[:80],
    )
    return outcome


def _message_of(gateway: str, receipt: Receipt) -> Message | None:
    rows = Message.objects.filter(gateway=gateway).select_related("account")
    by_id = (
        rows.filter(gateway_message_id=receipt.message_id) if receipt.message_id else rows.none()
    )
    by_reference = rows.filter(sid=receipt.reference) if receipt.reference else rows.none()
    return by_id.order_by("pk").first() or by_reference.order_by("pk").first()


def _apply(message: Message, receipt: Receipt, at: datetime) -> str:
    if receipt.status is None:
        logger.warning("sms.dlr.unmapped", extra={"sid": message.sid, "words": receipt.words})
        return "unmapped"
    fields = {"gateway_message_id": receipt.message_id}
    if receipt.network:
        fields["network"] = receipt.network
    step = Move(receipt.status, at, "carrier", receipt.code, receipt.words, fields)
    if not move(message.pk, step):
        return "no_change"
    if receipt.dlt_code and not message.is_test:
        propose(reported_by(message, receipt), account=message.account, at=at)
    return "applied"


def reported_by(message: Message, receipt: Receipt) -> Reported:
    return Reported(
        code=receipt.dlt_code,
        words=receipt.words,
        message_sid=message.sid,
        pe_id=message.dlt_entity_id,
        header=message.sender,
        template_id=message.dlt_template_id,
    )
