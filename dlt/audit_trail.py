"""How decisions on the registries are written down, found again and announced."""

from __future__ import annotations

from accounts.models import Account, AuditEvent
from core.live import publish_on_commit
from dlt.models import ContentTemplate, Header, PrincipalEntity
from dlt.queries import count_waiting

Record = PrincipalEntity | Header | ContentTemplate

KINDS = ("entity", "header", "template")
DECISIONS = tuple(
    f"{kind}.{verb}"
    for kind in KINDS
    for verb in ("approved", "rejected", "suspended", "reinstated")
)


def kind_of(row: Record) -> str:
    if isinstance(row, ContentTemplate):
        return "template"
    return "header" if isinstance(row, Header) else "entity"


def target_of(row: Record) -> str:
    """Name a record for the audit log, the same way for ever."""
    if isinstance(row, ContentTemplate):
        return f"template {row.template_id}"
    if isinstance(row, Header):
        return f"header {row.value} of {row.entity.pe_id}"
    return f"entity {row.pe_id}"


def history_of(account: Account, row: Record) -> list[AuditEvent]:
    """Return what was decided about a record, newest first."""
    events = AuditEvent.objects.filter(account=account, target=target_of(row))
    return list(events.order_by("-at", "-pk"))


def makers(account: Account, rows: list[Record]) -> dict[str, str]:
    """Return who submitted each record last, by its target."""
    events = AuditEvent.objects.filter(
        account=account,
        action__in=[f"{kind}.submitted" for kind in KINDS],
        target__in=[target_of(row) for row in rows],
    )
    return dict(events.order_by("at", "pk").values_list("target", "actor"))


def last_decisions(account: Account, count: int) -> list[AuditEvent]:
    events = AuditEvent.objects.filter(account=account, action__in=DECISIONS)
    return list(events.order_by("-at", "-pk")[:count])


def announce(account: Account) -> None:
    """Tell open pages, after the commit, that the queue changed."""
    publish_on_commit(account.sid, {"type": "approvals.changed", "waiting": count_waiting(account)})
