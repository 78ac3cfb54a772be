"""Messages as they stand after a while: what tests of reports and of call pages look at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Account
from sms.models import Message, StatusChange
from sms.states import Status


def build_message(
    account: Account,
    status: str = Status.DELIVERED,
    *,
    ago: timedelta = timedelta(minutes=5),
    took: timedelta = timedelta(seconds=3),
    created: datetime | None = None,
    **fields: Any,
) -> Message:
    """Build a message accepted a while ago; a delivered one arrived ``took`` later."""
    at = created or timezone.now() - ago
    delivered = at + took if status == Status.DELIVERED else None
    values: dict[str, Any] = {
        "to_number": "+919876543210",
        "sender": "ACMECO",
        "body": "We missed your call.",
        "template_name": "Missed call alert",
        "dlt_template_id": "1107161234567890123",
        "encoding": "gsm",
        "parts": 1,
        "cost_paise": 16,
        "gateway": "simulator",
        "not_before": at,
        "created": at,
        "updated": at,
        "delivered": delivered,
    }
    return Message.objects.create(account=account, status=status, **(values | fields))


def build_step(
    message: Message, before: str, after: str, at: datetime | None = None, **fields: Any
) -> StatusChange:
    moment = at or message.created
    values: dict[str, Any] = {"actor": "carrier", "at": moment}
    return StatusChange.objects.create(
        message=message, before=before, after=after, **(values | fields)
    )
