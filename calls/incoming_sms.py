"""The SMS that begins a run, as the flow sees it: Callr's ``sms`` object with all its keys.

Source: Callr's guide to receiving SMS (mission/001): 21 keys; ``sentAt`` is null for what comes in, and
``billingDebit`` is in cents of the account's currency.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from core.phone_numbers import PhoneNumber, parse
from core.sids import new_sid
from core.sms_encoding import segment
from core.times import rfc3339

LONGEST_TEXT: Final = 2_000

# Carriers let companies send under a name: VM-ACMECO. No reply can reach one.
_SENDER_NAME: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{3,14}", re.ASCII)


def is_sender_name(sender: str) -> bool:
    """Whether an SMS says to be from a name instead of a number."""
    return _SENDER_NAME.fullmatch(sender.strip()) is not None


def sms_object(
    *, from_number: str, to_number: str, text: str, region: str, now: datetime
) -> dict[str, Any]:
    """Return the ``sms`` object of a message that came in now. Raises CannotEncode, TooManySegments."""
    parts = segment(text)
    arrived = rfc3339(now)
    return {
        "sid": new_sid("smi", 17),
        "direction": "inbound",
        **_end("from", from_number, region),
        **_end("to", to_number, region),
        "status": "delivered",
        "encoding": parts.encoding,
        "bodyText": text,
        "parts": parts.parts,
        "billingDebit": "0.00",
        "billingPaymentType": "prepaid",
        "network": "",
        "deliveredAt": arrived,
        "createdAt": arrived,
        "updatedAt": arrived,
        "sentAt": None,
    }


def _end(end: str, number: str, region: str) -> dict[str, str]:
    """Return number, kind, country and place of one end; a sender's name has neither of the three."""
    found: PhoneNumber | None = None if is_sender_name(number) else parse(number, region)
    return {
        f"{end}Number": found.e164 if found else number.strip(),
        f"{end}Type": found.type if found else "UNKNOWN",
        f"{end}Country": (found.country or "") if found else "",
        f"{end}Location": found.location if found else "",
    }
