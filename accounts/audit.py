"""Who decided what, when."""

from __future__ import annotations

from datetime import datetime

from accounts.caller import Caller
from accounts.models import AuditEvent


def record(
    *, caller: Caller, action: str, target: str, at: datetime, **detail: object
) -> AuditEvent:
    """Write one decision down; call it in the transaction that carries the decision out."""
    return AuditEvent.objects.create(
        account=caller.account,
        at=at,
        actor=caller.actor,
        action=action,
        target=target,
        detail=detail,
    )
