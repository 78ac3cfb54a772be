"""Approve, reject, suspend: one compare-and-set each, so two admins never decide a thing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError, NotFound
from dlt.audit_trail import Record, announce, history_of, kind_of, makers, target_of
from dlt.models import ContentTemplate, EntityState, Header, PrincipalEntity, RecordState

REASON_LENGTH = 300


class AlreadyDecided(DomainError):
    code = "dlt.already_decided"
    message = "{what} is {state} now{by}. Nothing was changed."
    status = 409


class NotYourOwn(DomainError):
    code = "dlt.not_your_own"
    message = "You submitted {what} yourself, so another admin must decide."
    status = 403


class ReasonMissing(DomainError):
    code = "dlt.reason_missing"
    message = "Say why, so that the submitter can put it right."


def is_own(caller: Caller, row: Record, maker: str | None) -> bool:
    """Say whether the caller submitted the record."""
    submitted_by = None if isinstance(row, PrincipalEntity) else row.submitted_by_id
    by_user = caller.user is not None and submitted_by == caller.user.pk
    return by_user or maker == caller.actor


def only_admin(caller: Caller) -> bool:
    """Say whether the account has nobody else who could decide."""
    return caller.account.memberships.filter(role=Role.ADMIN).count() <= 1


def _checked(caller: Caller, row: Record) -> bool:
    """Return True when the caller decides about their own submission; raises NotYourOwn."""
    maker = makers(caller.account, [row]).get(target_of(row))
    if not is_own(caller, row, maker):
        return False
    if not only_admin(caller):
        raise NotYourOwn(what=target_of(row))
    return True


def _move(
    caller: Caller, row: Record, *, source: str, to: str, now: datetime, reason: str = ""
) -> None:
    """Change the state if it still is ``source``; raises AlreadyDecided."""
    changes: dict[str, Any] = {"state": to}
    if not isinstance(row, PrincipalEntity):
        changes["reason"] = reason
    if isinstance(row, ContentTemplate):
        changes |= {"decided": now, "decided_by": caller.user}
    if not _still(row, source).update(**changes):
        raise _already_decided(caller, row)
    row.refresh_from_db()


def _still(row: Record, state: str) -> QuerySet[Any]:
    """Return the record's row while it is in that state."""
    if isinstance(row, ContentTemplate):
        # A text that was rejected and submitted anew meanwhile is another text.
        return ContentTemplate.objects.filter(pk=row.pk, state=state, submitted=row.submitted)
    if isinstance(row, Header):
        return Header.objects.filter(pk=row.pk, state=state)
    return PrincipalEntity.objects.filter(pk=row.pk, state=state)


def _already_decided(caller: Caller, row: Record) -> AlreadyDecided:
    row.refresh_from_db()
    target = target_of(row)
    events = history_of(caller.account, row)
    by = f" ({events[0].actor} was last)" if events else ""
    state = row.get_state_display().lower()
    return AlreadyDecided(what=target[0].upper() + target[1:], state=state, by=by)


def _write(caller: Caller, row: Record, verb: str, now: datetime, **detail: object) -> None:
    action = f"{kind_of(row)}.{verb}"
    record(caller=caller, action=action, target=target_of(row), at=now, **detail)
    announce(caller.account)


def _approve(caller: Caller, row: Record, now: datetime) -> None:
    own = _checked(caller, row)
    good: str = RecordState.APPROVED
    if isinstance(row, PrincipalEntity):
        good = EntityState.ACTIVE
    _move(caller, row, source=RecordState.PENDING, to=good, now=now)
    detail: dict[str, object] = {"self_approved": True} if own else {}
    _write(caller, row, "approved", now, **detail)


def _reject(caller: Caller, row: Record, reason: str, now: datetime) -> None:
    reason = _reason(reason)
    bad: str = RecordState.REJECTED
    if isinstance(row, PrincipalEntity):
        bad = EntityState.INACTIVE
    _move(caller, row, source=RecordState.PENDING, to=bad, now=now, reason=reason)
    _write(caller, row, "rejected", now, reason=reason)


def _reason(text: str) -> str:
    text = text.strip()[:REASON_LENGTH]
    if not text:
        raise ReasonMissing(field="reason")
    return text


def _template(caller: Caller, pk: int) -> ContentTemplate:
    caller.require(Role.ADMIN, "decide about templates")
    row = ContentTemplate.objects.for_account(caller.account).filter(pk=pk).first()
    if row is None:
        raise NotFound(what="template")
    return row


def _header(caller: Caller, pk: int) -> Header:
    caller.require(Role.ADMIN, "decide about headers")
    rows = Header.objects.for_account(caller.account).select_related("entity")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(what="header")
    return row


def _entity(caller: Caller, pk: int) -> PrincipalEntity:
    caller.require(Role.ADMIN, "decide about entities")
    row = PrincipalEntity.objects.for_account(caller.account).filter(pk=pk).first()
    if row is None:
        raise NotFound(what="entity")
    return row


@transaction.atomic
def approve_template(
    *, caller: Caller, pk: int, now: datetime, seen: datetime | None = None
) -> ContentTemplate:
    """Let a template be sent. ``seen``: when the text the admin read was submitted.

    Raises NotAllowed, NotFound, NotYourOwn, AlreadyDecided.
    """
    row = _template(caller, pk)
    if seen is not None and row.submitted != seen:
        raise _already_decided(caller, row)
    _approve(caller, row, now)
    return row


@transaction.atomic
def reject_template(*, caller: Caller, pk: int, reason: str, now: datetime) -> ContentTemplate:
    """Send a template back; raises NotAllowed, NotFound, ReasonMissing, AlreadyDecided."""
    row = _template(caller, pk)
    _reject(caller, row, reason, now)
    return row


@transaction.atomic
def suspend_template(*, caller: Caller, pk: int, reason: str, now: datetime) -> ContentTemplate:
    """Stop an approved template; raises NotAllowed, NotFound, ReasonMissing, AlreadyDecided."""
    row = _template(caller, pk)
    reason = _reason(reason)
    _move(
        caller, row, source=RecordState.APPROVED, to=RecordState.SUSPENDED_CUSTOMER, now=now, reason=reason
    )
    _write(caller, row, "suspended", now, reason=reason)
    return row


@transaction.atomic
def reinstate_template(*, caller: Caller, pk: int, now: datetime) -> ContentTemplate:
    """Let a suspended template be sent again; raises NotAllowed, NotFound, AlreadyDecided."""
    row = _template(caller, pk)
    _move(caller, row, source=RecordState.SUSPENDED_CUSTOMER, to=RecordState.APPROVED, now=now)
    _write(caller, row, "reinstated", now)
    return row


@transaction.atomic
def approve_header(*, caller: Caller, pk: int, now: datetime) -> Header:
    """Let a header be sent with; raises NotAllowed, NotFound, NotYourOwn, AlreadyDecided."""
    row = _header(caller, pk)
    _approve(caller, row, now)
    return row


@transaction.atomic
def reject_header(*, caller: Caller, pk: int, reason: str, now: datetime) -> Header:
    """Send a header back; raises NotAllowed, NotFound, ReasonMissing, AlreadyDecided."""
    row = _header(caller, pk)
    _reject(caller, row, reason, now)
    return row


@transaction.atomic
def approve_entity(*, caller: Caller, pk: int, now: datetime) -> PrincipalEntity:
    """Make an entity active; raises NotAllowed, NotFound, NotYourOwn, AlreadyDecided."""
    row = _entity(caller, pk)
    _approve(caller, row, now)
    return row


@transaction.atomic
def reject_entity(*, caller: Caller, pk: int, reason: str, now: datetime) -> PrincipalEntity:
    """Send an entity back; raises NotAllowed, NotFound, ReasonMissing, AlreadyDecided."""
    row = _entity(caller, pk)
    _reject(caller, row, reason, now)
    return row
