"""Telemarketers: the companies between the business and the operators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind
from dlt.models import Record, Source, Telemarketer
from dlt.registry import record_of
from dlt.services.fields import LONG_NAME, FieldMissing, id_problems, name_problems, require
from dlt.services.submitting import Submission, edit_row, put_in


class TelemarketerTaken(DomainError):
    code = "dlt.telemarketer_taken"
    message = "Telemarketer {tm_id} is in the registry already ({state})."
    status = 409


class TelemarketerUnknown(DomainError):
    code = "dlt.telemarketer_unknown"
    message = "Telemarketer {tm_id} is not in this account's registry. Register it first."


@dataclass(frozen=True, slots=True)
class TelemarketerDraft:
    """What somebody registers. ``role``: AF hands on, DF submits to the operator."""

    tm_id: str
    name: str
    role: str = Telemarketer.Role.DELIVERY

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.tm_id, IdKind.TELEMARKETER, "tm_id")
        yield from name_problems(self.name, LONG_NAME)
        yield from role_problems(self.role)


def role_problems(role: str) -> Iterator[DomainError]:
    if role not in Telemarketer.Role.values:
        yield FieldMissing(field="role", label="The role", remedy="It is AF or DF.")


@transaction.atomic
def register_telemarketer(
    *, caller: Caller, draft: TelemarketerDraft, now: datetime, source: str = Source.MANUAL
) -> Telemarketer:
    """Put a telemarketer into the registry, to be approved.

    Raises NotAllowed, BadId, FieldMissing, TelemarketerTaken.
    """
    caller.require(Role.EDITOR, "register a telemarketer")
    require(draft.problems())
    row = put_in(
        Submission(caller, now, source),
        Telemarketer,
        {"account": caller.account, "tm_id": draft.tm_id.strip()},
        {"name": draft.name.strip(), "role": draft.role},
        taken=_taken,
    )
    write(caller, row, "submitted", now, name=row.name, role=row.role, source=source)
    announce(caller.account)
    return row


def _taken(row: Record) -> TelemarketerTaken:
    tm_id = getattr(row, "tm_id", "")
    return TelemarketerTaken(field="tm_id", tm_id=tm_id, state=row.state_label.lower())


@transaction.atomic
def edit_telemarketer(
    *, caller: Caller, pk: int, now: datetime, name: str | None = None, role: str | None = None
) -> Telemarketer:
    """Change a telemarketer's name or role; raises NotAllowed, NotFound, FieldMissing, NotEditable."""
    row = record_of(caller.account, "telemarketer", pk)
    assert isinstance(row, Telemarketer)  # noqa: S101 -- for the type checker
    changes: dict[str, str] = {}
    if name is not None:
        require(name_problems(name, LONG_NAME))
        changes["name"] = name.strip()
    if role is not None:
        require(role_problems(role))
        changes["role"] = role
    edit_row(
        caller, row, changes, now=now, always=frozenset({"name"}), by_admin=frozenset({"role"})
    )
    announce(caller.account)
    return row


def telemarketers_of(account: Account, tm_ids: Sequence[str]) -> list[Telemarketer]:
    """Return the account's telemarketers with those ids, in their order; raises TelemarketerUnknown."""
    rows = Telemarketer.objects.for_account(account).filter(tm_id__in=tm_ids).order_by("pk")
    known = {row.tm_id: row for row in rows}
    for tm_id in tm_ids:
        if tm_id not in known:
            raise TelemarketerUnknown(field="telemarketers", tm_id=tm_id[:40])
    return [known[tm_id] for tm_id in tm_ids]
