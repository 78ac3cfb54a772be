"""One record under review, as an admin sees it before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import CharField, Value

from accounts.caller import Caller
from accounts.models import AuditEvent
from dlt.approval_queue import Waiting, fetch, waiting_of
from dlt.audit_trail import history_of, last_decisions
from dlt.handset import Preview, handset_header, preview_of
from dlt.models import ConsentTemplate, ContentTemplate, Record
from dlt.nearest import Difference, differences_of
from dlt.portal_form import PortalForm, portal_forms
from dlt.record_facts import Fact, facts_of
from dlt.record_findings import findings_of
from dlt.registry import KINDS, rows_of
from dlt.rejection_reasons import REASONS
from dlt.rules import rules_of
from dlt.services.undo import TIME_TO_UNDO, undo_problem
from dlt.usage import Use, uses_of

__all__ = ["Decision", "Review", "decisions", "findings_of", "handset_header", "review_of"]

DECISIONS_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Review:
    """Everything about one record that helps to decide."""

    waiting: Waiting
    preview: Preview | None
    text: str
    facts: list[Fact]
    differences: list[Difference]
    uses: list[Use]
    portals: list[PortalForm]
    history: list[AuditEvent]
    reasons: tuple[str, ...]
    undoable: bool

    @property
    def row(self) -> Record:
        return self.waiting.row

    @property
    def is_pending(self) -> bool:
        return self.row.state == "pending"


def review_of(caller: Caller, key: tuple[str, int], now: datetime) -> Review | None:
    """Return a record of the caller's account with all that helps to decide, or None."""
    found = waiting_of(caller, [key], now)
    if not found:
        return None
    row = found[0].row
    template = row if isinstance(row, ContentTemplate) else None
    return Review(
        waiting=found[0],
        preview=preview_of(row, rules_of(caller.account)),
        text=row.text if isinstance(row, ContentTemplate | ConsentTemplate) else "",
        facts=facts_of(row),
        differences=differences_of(template) if template else [],
        uses=uses_of(caller.account, [template.template_id]) if template else [],
        portals=portal_forms(template) if template else [],
        history=history_of(caller.account, row),
        reasons=REASONS[row.record_kind],
        undoable=row.state != "pending" and not undo_problem(caller, row, now),
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was made; ``key`` is the record's while the decision can be taken back."""

    event: AuditEvent
    key: str = ""
    own: bool = False


def decisions(caller: Caller, now: datetime) -> list[Decision]:
    """Return the last decisions, newest first, and which of them can still be taken back."""
    undoable = {row.target: row for row in _lately_decided(caller, now)}
    shown = []
    for event in last_decisions(caller.account, DECISIONS_SHOWN):
        row = undoable.pop(event.target, None)
        key = f"{row.record_kind}-{row.pk}" if row else ""
        shown.append(Decision(event, key, event.actor == caller.actor))
    return shown


def _lately_decided(caller: Caller, now: datetime) -> list[Record]:
    """Return the records decided within the time to undo whose decision can be taken back."""
    since = now - TIME_TO_UNDO
    first, *rest = (
        rows_of(caller.account, kind).select_related(None).filter(decided__gte=since)
        .annotate(kind_name=Value(kind, output_field=CharField())).values_list("kind_name", "pk", "decided")
        for kind in KINDS
    )  # fmt: skip
    newest = first.union(*rest, all=True).order_by("-decided")[:DECISIONS_SHOWN]
    rows = fetch(caller.account, [(kind, pk) for kind, pk, _ in newest])
    return [row for row in rows.values() if not undo_problem(caller, row, now)]
