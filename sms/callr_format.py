"""A message as Callr's SMS API and webhooks write it (docs.callr.com, Send SMS)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sms.models import Message


def rfc3339(moment: datetime | None) -> str | None:
    """Return ``2025-04-24T17:42:28Z``."""
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cents(paise: int) -> str:
    """Return hundredths of the currency as a decimal string: ``"16.00"``."""
    return f"{paise}.00"


def callr_object(message: Message) -> dict[str, Any]:
    """Return the SMS object: the keys and their order are Callr's; ``currency`` is ours."""
    history = message.history.order_by("pk").values("before", "after", "at")
    return {
        "sid": message.sid,
        "direction": message.direction,
        "from": message.sender,
        "to": message.to_number,
        "body": {"text": message.body},
        "trafficType": message.traffic_type,
        "status": message.status,
        "error": message.error_message,
        "cost": cents(message.cost_paise),
        "currency": message.account.currency,
        "paymentType": message.payment_type,
        "created": rfc3339(message.created),
        "updated": rfc3339(message.updated),
        "sent": rfc3339(message.sent),
        "delivered": rfc3339(message.delivered),
        "encoding": message.encoding or "gsm",
        "parts": message.parts,
        "network": message.network,
        "statusHistory": [{**row, "at": rfc3339(row["at"])} for row in history],
    }
