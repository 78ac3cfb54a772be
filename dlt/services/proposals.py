"""Delivery reports that contradict the registry: proposals that an admin applies or dismisses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError, NotFound
from dlt.audit_trail import announce
from dlt.models import Chain, ContentTemplate, Header, PrincipalEntity, Proposal, Record, Source
from dlt.operator_codes import PROPOSES
from dlt.services.decisions import change
from dlt.transitions import VERBS


class ProposalClosed(DomainError):
    code = "dlt.proposal_closed"
    message = "This proposal was {outcome}{by}. Nothing was changed."
    status = 409


@dataclass(frozen=True, slots=True)
class Reported:
    """What an operator said of one message: its code, in whose words, and what the message rested on."""

    code: str
    words: str
    message_sid: str
    pe_id: str
    header: str
    template_id: str


def open_proposals(account: Account) -> QuerySet[Proposal]:
    """Return what waits for an admin, the most recent first."""
    rows = Proposal.objects.for_account(account).filter(outcome=Proposal.Outcome.OPEN)
    return rows.order_by("-last", "-pk")


def propose(reported: Reported, *, account: Account, at: datetime) -> Proposal | None:
    """Note that an operator holds a record for halted; None when its code says nothing of a record.

    The same report again counts up the open proposal. A record that is halted here already gets none.
    """
    kind, verb = PROPOSES.get(reported.code, ("", ""))
    row = _record(account, kind, reported)
    if row is None or row.state not in VERBS[kind][verb].sources:
        return None
    # Locked, so that two reports at once are one proposal.
    again = _open(account, kind, row.pk, verb)
    if again.update(times=F("times") + 1, last=at, words=reported.words[:300]):
        return again.first()
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                account=account,
                record_kind=kind,
                record_id=row.pk,
                target=row.target[:100],
                verb=verb,
                code=reported.code,
                words=reported.words[:300],
                message_sid=reported.message_sid,
                first=at,
                last=at,
            )
    except IntegrityError:
        again.update(times=F("times") + 1, last=at)
        return again.first()


def _open(account: Account, kind: str, pk: int, verb: str) -> QuerySet[Proposal]:
    return Proposal.objects.for_account(account).filter(
        record_kind=kind, record_id=pk, verb=verb, outcome=Proposal.Outcome.OPEN
    )


def _record(account: Account, kind: str, reported: Reported) -> Record | None:
    """Return the record an operator means, as far as the message says."""
    entity = {"entity__pe_id": reported.pe_id}
    if kind == "entity":
        rows = PrincipalEntity.objects.for_account(account)
        return rows.filter(pe_id=reported.pe_id).first()
    if kind == "template":
        templates = ContentTemplate.objects.for_account(account).select_related("entity")
        return templates.filter(template_id=reported.template_id).first()
    if kind == "header":
        headers = Header.objects.for_account(account).select_related("entity")
        return headers.filter(value=reported.header, **entity).first()
    if kind not in {"chain", "telemarketer"}:
        return None
    return _of_chain(account, kind, entity)


def _of_chain(account: Account, kind: str, entity: dict[str, Any]) -> Record | None:
    """Return the chain messages took, or who submits on it; None when there is a choice."""
    chains = list(Chain.objects.for_account(account).sendable().filter(**entity).order_by("pk")[:2])
    if len(chains) != 1:
        return None
    last = chains[0].links.select_related("telemarketer").order_by("-position").first()
    if kind == "chain":
        return chains[0]
    return last.telemarketer if last else None


@transaction.atomic
def apply(*, caller: Caller, pk: int, now: datetime) -> Proposal:
    """Do to the record what an operator's report suggests; raises what ``change`` raises, ProposalClosed."""
    caller.require(Role.ADMIN, "decide about delivery reports")
    row = _close(caller, pk, Proposal.Outcome.APPLIED, now)
    change(
        caller=caller,
        kind=row.record_kind,
        pk=row.record_id,
        verb=row.verb,
        reason=f"Delivery report {row.words or row.code} ({row.times}×)",
        source=Source.REPORT,
        now=now,
    )
    return row


@transaction.atomic
def dismiss(*, caller: Caller, pk: int, now: datetime) -> Proposal:
    """Leave the record as it is; raises ProposalClosed. A later report makes a new proposal."""
    caller.require(Role.ADMIN, "decide about delivery reports")
    row = _close(caller, pk, Proposal.Outcome.DISMISSED, now)
    detail = {"verb": row.verb, "code": row.code, "times": row.times}
    record(caller=caller, action="proposal.dismissed", target=row.target, at=now, **detail)
    announce(caller.account)
    return row


def _close(caller: Caller, pk: int, outcome: str, now: datetime) -> Proposal:
    """Take an open proposal: one UPDATE, one winner."""
    rows = Proposal.objects.for_account(caller.account).filter(pk=pk)
    taken = rows.filter(outcome=Proposal.Outcome.OPEN).update(
        outcome=outcome, decider=caller.actor, decided=now
    )
    row = rows.first()
    if row is None:
        raise NotFound(what="proposal")
    if not taken:
        by = f" by {row.decider}" if row.decider else ""
        raise ProposalClosed(outcome=row.outcome, by=by)
    return row
