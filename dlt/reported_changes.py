"""What delivery reports say against the registry, as the approval desk shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.models import Account
from dlt.approval_queue import fetch
from dlt.models import Proposal, Record
from dlt.operator_codes import fault_behind, name_of
from dlt.registry import LABELS
from dlt.services.proposals import open_proposals
from dlt.transitions import VERBS

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change that an operator's report suggests; ``row`` is the record it is about."""

    proposal: Proposal
    row: Record | None
    label: str  # of the kind of record
    suggested: str  # what would be done
    name: str  # the operator's own name of its code
    remedy: str


def reported_changes(account: Account) -> list[ReportedChange]:
    """Return the open proposals of an account, the most recent first."""
    proposals = list(open_proposals(account)[:SHOWN])
    rows = fetch(account, [(one.record_kind, one.record_id) for one in proposals])
    return [_shown(one, rows.get((one.record_kind, one.record_id))) for one in proposals]


def _shown(proposal: Proposal, row: Record | None) -> ReportedChange:
    fault = fault_behind(proposal.code)
    return ReportedChange(
        proposal=proposal,
        row=row,
        label=LABELS[proposal.record_kind],
        suggested=VERBS[proposal.record_kind][proposal.verb].label,
        name=name_of(proposal.code),
        remedy=fault.remedy if fault else "",
    )
