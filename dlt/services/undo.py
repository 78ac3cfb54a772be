"""Take a decision back, as long as nothing came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from accounts.caller import Caller
from accounts.models import AuditEvent, Role
from core.errors import DomainError
from dlt.audit_trail import announce, history_of, write
from dlt.changes import tell
from dlt.models import ContentTemplate, Header, Record
from dlt.registry import record_of
from dlt.services.decisions import still, touch

TIME_TO_UNDO: Final = timedelta(minutes=30)


class CannotUndo(DomainError):
    code = "dlt.cannot_undo"
    message = "This decision cannot be taken back: {why}"
    status = 409


def undo_problem(caller: Caller, row: Record, now: datetime) -> str:
    """Return why the record's last decision cannot be undone by this caller, or nothing.

    Only the latest decision, within half an hour, by an admin, and an approval only while nothing was
    sent with it.
    """
    event = last_decision(caller, row)
    if event is None:
        return "there is none."
    if event.detail["to"] != row.state:
        return "the record has changed since."
    if now - event.at > TIME_TO_UNDO:
        return "it was made more than 30 minutes ago. Suspend or reinstate the record instead."
    if not caller.may(Role.ADMIN):
        return "only an admin may."
    used = row.last_used if isinstance(row, ContentTemplate | Header) else None
    if row.is_sendable and used and used >= event.at:
        return "a message has been sent with it already. Suspend it instead."
    return ""


def last_decision(caller: Caller, row: Record) -> AuditEvent | None:
    """Return the latest event when it changed the record's state, other than by submitting it."""
    events = history_of(caller.account, row)[:1]
    event = events[0] if events else None
    if event is None or "from" not in event.detail:
        return None
    return None if event.action.endswith((".submitted", ".undone")) else event


@transaction.atomic
def undo(*, caller: Caller, kind: str, pk: int, now: datetime) -> Record:
    """Put the record back into the state before the last decision.

    Raises NotAllowed, NotFound, CannotUndo.
    """
    caller.require(Role.ADMIN, "take back a decision")
    row = record_of(caller.account, kind, pk)
    problem = undo_problem(caller, row, now)
    event = last_decision(caller, row)
    if problem or event is None:
        raise CannotUndo(why=problem or "there is none.")
    before, to = row.state, str(event.detail["from"])
    changes = {"state": to, "reason": "", "decider": "", "decided": None, "decided_by": None}
    if not still(row).update(**changes):
        raise CannotUndo(why="the record has changed since.")
    row.refresh_from_db()
    write(caller, row, "undone", now, **{"from": before, "to": to, "undid": event.action})
    touch(row)
    tell(row, before, now, caller.actor)
    announce(caller.account)
    return row
