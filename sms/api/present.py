"""A message as our own API shows it."""

from __future__ import annotations

from typing import Any

from dlt.scrub.shown import with_operators
from sms.callr_format import rfc3339
from sms.models import Message


def present(message: Message) -> dict[str, Any]:
    """Return the short form: what lists, test calls and the handset need."""
    match = next((line for line in message.trace if line["gate"] == "dlt.match"), None)
    return {
        "sid": message.sid,
        "to": message.to_number,
        "from": message.sender,
        "body": message.body,
        "status": message.status,
        "error": {"code": message.error_code, "message": message.error_message}
        if message.error_code
        else None,
        "parts": message.parts,
        "encoding": message.encoding,
        "origin": message.origin,
        "call": message.call_sid or None,
        "node": message.node or None,
        "created": rfc3339(message.created),
        "sent": rfc3339(message.sent),
        "delivered": rfc3339(message.delivered),
        "cost": f"{message.cost_paise / 100:.2f}",
        "currency": message.account.currency,
        "dlt": (match["detail"] or None) if match else None,
        "held_until": rfc3339(message.not_before) if message.held else None,
    }


def present_whole(message: Message) -> dict[str, Any]:
    """Return the long form: with history, gates, and what the registries know of it."""
    history = message.history.order_by("pk")
    return present(message) | {
        "dlt_template_id": message.dlt_template_id or None,
        "dlt_entity_id": message.dlt_entity_id or None,
        "traffic_type": message.traffic_type,
        "network": message.network or None,
        "gateway": message.gateway,
        "updated": rfc3339(message.updated),
        "history": [
            {
                "before": step.before,
                "after": step.after,
                "at": rfc3339(step.at),
                "actor": step.actor,
                "reason": step.reason or None,
                "words": step.provider_words or None,
            }
            for step in history
        ],
        "trace": [with_operators(line) for line in message.trace],
    }
