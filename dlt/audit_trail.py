"""How decisions on the registries are written down, found again and announced."""

from __future__ import annotations

from datetime import datetime

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, AuditEvent
from core.live import publish_on_commit
from dlt.models import Record
from dlt.queries import count_waiting
from dlt.registry import KINDS
from dlt.transitions import VERBS

DECISIONS = tuple(
    dict.fromkeys(
        f"{kind}.{past}"
        for kind in KINDS
        for past in (*(verb.past for verb in VERBS[kind].values()), "undone")
        if past != "submitted"
    )
)


def write(caller: Caller, row: Record, past: str, now: datetime, **detail: object) -> None:
    """Write down what happened to a record, in the transaction that does it."""
    action = f"{row.record_kind}.{past}"
    record(caller=caller, action=action, target=row.target, at=now, **detail)


def history_of(account: Account, row: Record) -> list[AuditEvent]:
    """Return what happened to a record, newest first."""
    events = list(AuditEvent.objects.filter(account=account, target=row.target).order_by("-pk"))
    before = _name_before(events)
    if before:
        earlier = AuditEvent.objects.filter(account=account, target=f"template {before}")
        events += earlier.order_by("-pk")
    return events


def _name_before(events: list[AuditEvent]) -> str:
    """Return what a draft was called before the portal gave it an id, or nothing."""
    for event in events:
        ids = event.detail.get("changes", {}).get("template_id")
        if ids:
            return str(ids[0])
    return ""


def last_decisions(account: Account, count: int) -> list[AuditEvent]:
    events = AuditEvent.objects.filter(account=account, action__in=DECISIONS)
    return list(events.order_by("-at", "-pk")[:count])


def announce(account: Account) -> None:
    """Tell open pages, after the commit, that the queue changed."""
    publish_on_commit(account.sid, {"type": "approvals.changed", "waiting": count_waiting(account)})
