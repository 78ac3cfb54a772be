"""Signatures in the form of Standard Webhooks (github.com/standard-webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac


def signature(secret: str, event_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,BASE64`` over ``id.timestamp.body``."""
    signed = f"{event_id}.{timestamp}.".encode() + body
    key = secret.removeprefix("whsec_").encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
