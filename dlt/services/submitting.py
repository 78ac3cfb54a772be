"""Put a record into a registry, and change what may still be changed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import write
from dlt.models import EntityState, Record, RecordState
from dlt.registry import all_rows
from dlt.services.decisions import still, touch

R = TypeVar("R", bound=Record)
Taken = Callable[[Record], DomainError]
# Nobody has approved it: everything but its own id may change.
OPEN: Final = frozenset(
    {
        RecordState.DRAFT.value,
        RecordState.PENDING.value,
        RecordState.REJECTED.value,
        EntityState.PENDING.value,
    }
)
_AGAIN: Final = frozenset(
    {
        RecordState.DRAFT.value,
        RecordState.REJECTED.value,
        RecordState.RETIRED.value,
        EntityState.INACTIVE.value,
    }
)
# These have RecordState.INACTIVE, which means: an operator switched an approved record off.
_WITH_RECORD_STATE: Final = frozenset({"header", "template", "cta", "consent"})


class NotEditable(DomainError):
    code = "dlt.not_editable"
    message = "{what} is {state}: its {field} cannot be changed any more. {remedy}"
    status = 409


def may_be_taken_up(row: Record) -> bool:
    """Say whether somebody may submit a record of that name once more."""
    inactive = row.record_kind in _WITH_RECORD_STATE and row.state == RecordState.INACTIVE
    return row.state in _AGAIN and not inactive


@dataclass(frozen=True, slots=True)
class Submission:
    """Who puts a record in, when, from where, and in which state it begins."""

    caller: Caller
    now: datetime
    source: str
    state: str = RecordState.PENDING

    def fields(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "source": self.source,
            "maker": self.caller.actor,
            "submitted": self.now,
            "submitted_by": self.caller.user,
        }


def put_in(
    submission: Submission,
    model: type[R],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    taken: Taken,
    again: Callable[[R], bool] = may_be_taken_up,
) -> R:
    """Create the record that ``key`` names, or take up one that may be submitted again.

    Raises what ``taken`` makes of a record that is there and may not be replaced.
    """
    fields = {**values, **submission.fields()}
    row: R | None = all_rows(model).filter(**key).first()
    if row is None:
        row = _created(model, key, fields, taken)
    else:
        fresh = {"reason": "", "decider": "", "decided": None, "decided_by": None}
        if not again(row) or not still(row).update(**fields, **fresh):
            raise taken(row)
        row.refresh_from_db()
        touch(row)
    return row


def _created(model: type[R], key: Mapping[str, Any], fields: Mapping[str, Any], taken: Taken) -> R:
    try:
        with transaction.atomic():
            made: R = all_rows(model).create(**key, **fields)
    except IntegrityError:
        # Somebody else was a moment faster.
        there = all_rows(model).filter(**key).first()
        if there is None:
            raise
        raise taken(there) from None
    return made


def edit_row(
    caller: Caller,
    row: Record,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    always: frozenset[str],
    by_admin: frozenset[str] = frozenset(),
    remedy: str = "",
    note: Mapping[str, Any] | None = None,
) -> list[str]:
    """Write changed fields of a record; returns their names.

    Before it is approved, an editor may change everything: whoever changes it becomes its maker, and an
    admin who read what it was before decides about nothing else. Afterwards an editor may change what is in
    ``always``, an admin also what is in ``by_admin``. Raises NotAllowed, NotEditable.
    """
    caller.require(Role.EDITOR, f"edit a {row.record_kind}")
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed and not note:
        return []
    names = [*changed, *(note or {})]
    fields = dict(changed)
    if row.state in OPEN:
        fields |= {"maker": caller.actor, "submitted": now, "submitted_by": caller.user}
    else:
        _require_editable(caller, row, names, always, by_admin, remedy)
    told = {name: [_told(getattr(row, name)), _told(value)] for name, value in changed.items()}
    if not still(row).update(**fields):
        raise NotEditable(
            field=names[0], what=_start(row), state=row.state_label.lower(),
            remedy="Somebody else changed it meanwhile; reload it.",
        )  # fmt: skip
    row.refresh_from_db()
    write(caller, row, "edited", now, changes={**told, **(note or {})})
    touch(row)
    return names


def _require_editable(
    caller: Caller,
    row: Record,
    names: list[str],
    always: frozenset[str],
    by_admin: frozenset[str],
    remedy: str,
) -> None:
    closed = next((name for name in names if name not in always | by_admin), None)
    if closed or row.state in (RecordState.RETIRED, RecordState.SUPERSEDED):
        field = closed or names[0]
        state = row.state_label.lower()
        raise NotEditable(field=field, what=_start(row), state=state, remedy=remedy)
    if any(name not in always for name in names):
        caller.require(Role.ADMIN, "change an approved record")


def _start(row: Record) -> str:
    return row.target[0].upper() + row.target[1:]


def _told(value: Any) -> Any:
    """Return a value as the audit log keeps it."""
    if isinstance(value, Record):
        return value.target
    return value.isoformat() if isinstance(value, date) else value
