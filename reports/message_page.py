"""What the template of a message's page is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from calls.models import Call
from core.masking import mask_numbers
from core.phone_numbers import mask
from dlt.faults import FAULT_OF, Fault
from dlt.matcher.normalise import normalise
from dlt.models import Category
from flows.models import Flow
from reports.cards import money
from reports.scrub_report import checks_of
from reports.timeline import Piece, pieces, steps, suggestion, waits_for
from sms.message_row import short_time
from sms.models import Message
from sms.states import FINAL, Status
from sms.wording import reason_label, state_of

ENCODINGS: Final = {"gsm": "GSM-7", "unicode": "Unicode (UCS-2)"}
COSTS: Final = {
    Status.DELIVERED: "Charged",
    Status.ERROR: "Not charged",
    Status.FAILED: "Given back",
    Status.EXPIRED: "Given back",
}


def context(message: Message, *, unmasked: bool, now: datetime) -> dict[str, Any]:
    """Return everything the page says about one message."""
    account = message.account
    zone = ZoneInfo(account.time_zone)
    shown = str if unmasked else mask_numbers
    history = steps(message, message.history.order_by("at", "pk"), shown)
    late = any(step.late for step in history)
    return {
        "message": message,
        "error_message": shown(message.error_message),
        "zone": zone.key,
        "to": message.to_number if unmasked else mask(message.to_number),
        "when": short_time(message.created, zone=zone, now=now),
        "state": state_of(message.status, message.error_code, message.held),
        "final": message.status in FINAL,
        "steps": history,
        "waits_for": waits_for(message, now, zone),
        "checks": checks_of(message.trace, shown),
        "fault": _carriers_fault(message),
        **_text(message, shown),
        "reason": reason_label(message.error_code) if message.error_code else "",
        "category": _category(message),
        "encoding": ENCODINGS.get(message.encoding, message.encoding),
        "cost": money(message.cost_paise, account.currency),
        "cost_note": _cost_note(message, late=late),
        "receipts": _receipts(message) if unmasked else [],
        "receipt_count": message.receipts.count(),
        "call": Call.objects.for_account(account).filter(sid=message.call_sid).first(),
        "flow": Flow.objects.for_account(account).filter(sid=message.flow_sid).first(),
        **_remedy(message),
    }


def _text(message: Message, shown: Callable[[str], str]) -> dict[str, Any]:
    """Return the text with its marks. Marks count in the text as the template check saw it."""
    marked = pieces(normalise(message.body), message.trace)
    found = [Piece(shown(piece.text), piece.kind, shown(piece.title)) for piece in marked]
    return {
        "pieces": found,
        "suggestion": shown(suggestion(message.trace)),
        "marked": any(piece.kind == "val" for piece in found),
        "differences": [piece.title for piece in found if piece.kind == "gap"],
    }


def _category(message: Message) -> str:
    known = dict(Category.choices).get(message.dlt_category)
    return str(known or message.dlt_category).lower()


def _cost_note(message: Message, *, late: bool) -> str:
    if message.is_test:
        return "Test calls cost nothing"
    if late:
        return "Given back before it arrived"
    return COSTS.get(Status(message.status), "Set aside until the outcome is known")


def _receipts(message: Message) -> list[dict[str, Any]]:
    """Return what the carrier told us, word for word; it may hold the number."""
    found = message.receipts.order_by("received", "pk")
    return [
        {
            "received": receipt.received,
            "outcome": receipt.outcome.replace("_", " ") or "waiting",
            "raw": json.dumps(receipt.raw, ensure_ascii=False, indent=1, sort_keys=True),
        }
        for receipt in found
    ]


def _carriers_fault(message: Message) -> Fault | None:
    """Return what an operator refused, in our words; what we refused is in the checks."""
    return FAULT_OF.get(message.error_code) if message.status == Status.FAILED else None


def _remedy(message: Message) -> dict[str, str]:
    """Name the page on which the cause of a refusal is put right."""
    code = message.error_code
    if code.startswith("dlt."):
        return {"remedy": "Open the DLT registry", "remedy_url": "/dlt/templates/"}
    if code.startswith("billing."):
        return {"remedy": "Open settings", "remedy_url": "/settings/"}
    return {}
