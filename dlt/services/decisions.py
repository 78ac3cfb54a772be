"""Change a record's state: one compare-and-set each, so two admins never decide a thing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, history_of, write
from dlt.changes import collected, tell
from dlt.models import ContentTemplate, PrincipalEntity, Record, Source
from dlt.registry import all_rows, record_of
from dlt.services.completeness import require_complete
from dlt.services.versions import supersede_predecessor
from dlt.stamps import stamp_templates
from dlt.transitions import VERBS, Verb

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


class UnknownVerb(DomainError):
    code = "dlt.unknown_verb"
    message = "Nothing called “{verb}” can be done to {what}. Known: {known}."


def is_own(caller: Caller, row: Record) -> bool:
    """Say whether the caller submitted the record."""
    by_user = caller.user is not None and row.submitted_by_id == caller.user.pk
    return by_user or bool(row.maker and row.maker == caller.actor)


def only_admin(caller: Caller) -> bool:
    """Say whether the account has nobody else who could decide."""
    return caller.account.memberships.filter(role=Role.ADMIN).count() <= 1


@transaction.atomic
def change(
    *,
    caller: Caller,
    kind: str,
    pk: int,
    verb: str,
    now: datetime,
    reason: str = "",
    seen: datetime | None = None,
    source: str = Source.MANUAL,
) -> Record:
    """Do one of ``dlt.transitions`` to a record. ``seen``: when what the admin read was submitted.

    Raises NotAllowed, NotFound, UnknownVerb, NotYourOwn, ReasonMissing, AlreadyDecided.
    """
    with collected():
        row = _change(caller, kind, pk, verb, now, reason, seen, source)
    announce(caller.account)
    return row


def _change(
    caller: Caller,
    kind: str,
    pk: int,
    name: str,
    now: datetime,
    reason: str,
    seen: datetime | None,
    source: str,
) -> Record:
    row = record_of(caller.account, kind, pk)
    verb = _verb(kind, name)
    caller.require(verb.role, f"{verb.name.replace('_', ' ')} a {kind}")
    own = _checked(caller, row) if verb.makes_sendable else False
    reason = reason.strip()[:REASON_LENGTH]
    if verb.needs_reason and not reason:
        raise ReasonMissing(field="reason")
    if name == "submit" and row.state in verb.sources:
        require_complete(row)
    if seen is not None and row.submitted != seen:
        raise _already_decided(caller, row)
    before = _move(caller, row, verb, now, reason)
    detail: dict[str, Any] = {"from": before, "to": row.state, "source": source}
    if reason:
        detail["reason"] = reason
    if own:
        detail["self_approved"] = True
    if name != verb.past:
        detail["verb"] = name
    write(caller, row, verb.past, now, **detail)
    _follow_up(caller, row, before, now)
    return row


def _verb(kind: str, name: str) -> Verb:
    try:
        return VERBS[kind][name]
    except KeyError:
        known = ", ".join(VERBS[kind])
        raise UnknownVerb(field="verb", verb=name[:40], what=f"a {kind}", known=known) from None


def _checked(caller: Caller, row: Record) -> bool:
    """Return True when the caller decides about their own submission; raises NotYourOwn."""
    if not is_own(caller, row):
        return False
    if not only_admin(caller):
        raise NotYourOwn(what=row.target)
    return True


def _move(caller: Caller, row: Record, verb: Verb, now: datetime, reason: str) -> str:
    """Change the state if it still is what was read; returns the state before."""
    before = row.state
    if before not in verb.sources:
        raise _already_decided(caller, row)
    changes: dict[str, Any] = {"state": verb.to, "reason": reason}
    if verb.name == "submit":
        changes |= {
            "submitted": now, "maker": caller.actor, "submitted_by": caller.user,
            "decider": "", "decided": None, "decided_by": None,
        }  # fmt: skip
    else:
        changes |= {"decider": caller.actor, "decided": now, "decided_by": caller.user}
    if not still(row).update(**changes):
        raise _already_decided(caller, row)
    row.refresh_from_db()
    return before


def still(row: Record) -> QuerySet[Any]:
    """Return the record's row while it is as it was read.

    A text that was rejected and submitted anew meanwhile is another text.
    """
    return all_rows(type(row)).filter(pk=row.pk, state=row.state, submitted=row.submitted)


def _already_decided(caller: Caller, row: Record) -> AlreadyDecided:
    row.refresh_from_db()
    events = history_of(caller.account, row)
    by = f" ({events[0].actor} was last)" if events else ""
    what = row.target[0].upper() + row.target[1:]
    return AlreadyDecided(what=what, state=row.state_label.lower(), by=by)


def _follow_up(caller: Caller, row: Record, before: str, now: datetime) -> None:
    """Make the change count everywhere at once."""
    touch(row)
    tell(row, before, now, caller.actor)
    if isinstance(row, ContentTemplate) and row.is_sendable and row.supersedes_id:
        supersede_predecessor(caller, row, now)


def touch(row: Record) -> None:
    """Tell whoever keeps templates in memory that this record changed."""
    if isinstance(row, ContentTemplate):
        stamp_templates(row.account, pk=row.pk)
    elif isinstance(row, PrincipalEntity):
        stamp_templates(row.account, entity=row)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one record of many."""

    kind: str
    pk: int
    row: Record | None
    error: DomainError | None = None


def change_many(
    *,
    caller: Caller,
    records: Iterable[tuple[str, int]],
    verb: str,
    now: datetime,
    reason: str = "",
) -> list[Done]:
    """Do the same to many records, given as (kind, pk); each stands or falls by itself."""
    done = []
    with collected():
        for kind, pk in records:
            try:
                with transaction.atomic():
                    row = _change(caller, kind, pk, verb, now, reason, None, Source.MANUAL)
                done.append(Done(kind, pk, row))
            except DomainError as error:
                done.append(Done(kind, pk, None, error))
    announce(caller.account)
    return done
