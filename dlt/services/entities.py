"""Principal entities: the business as the operators know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind
from dlt.models import PrincipalEntity, Record, Source
from dlt.registry import record_of
from dlt.services.fields import LONG_NAME, id_problems, name_problems, require
from dlt.services.submitting import Submission, edit_row, put_in


class EntityTaken(DomainError):
    code = "dlt.entity_taken"
    message = "Entity {pe_id} is in the registry already ({state})."
    status = 409


class EntityUnknown(DomainError):
    code = "dlt.entity_unknown"
    message = "Entity {pe_id} is not in this account's registry. Register it first."


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """What somebody registers."""

    pe_id: str
    name: str

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        yield from name_problems(self.name, LONG_NAME)


@transaction.atomic
def register_entity(
    *, caller: Caller, pe_id: str, name: str, now: datetime, source: str = Source.MANUAL
) -> PrincipalEntity:
    """Put an entity into the registry, to be approved; an inactive one may be submitted again.

    Raises NotAllowed, BadId, FieldMissing, EntityTaken.
    """
    caller.require(Role.EDITOR, "register an entity")
    draft = EntityDraft(pe_id.strip(), name.strip())
    require(draft.problems())
    row = put_in(
        Submission(caller, now, source),
        PrincipalEntity,
        {"account": caller.account, "pe_id": draft.pe_id},
        {"name": draft.name},
        taken=_taken,
    )
    write(caller, row, "submitted", now, name=row.name, source=source)
    announce(caller.account)
    return row


def _taken(row: Record) -> EntityTaken:
    pe_id = getattr(row, "pe_id", "")
    return EntityTaken(field="pe_id", pe_id=pe_id, state=row.state_label.lower())


@transaction.atomic
def edit_entity(*, caller: Caller, pk: int, now: datetime, name: str) -> PrincipalEntity:
    """Rename an entity; its id never changes. Raises NotAllowed, NotFound, FieldMissing."""
    row = record_of(caller.account, "entity", pk)
    assert isinstance(row, PrincipalEntity)  # noqa: S101 -- for the type checker
    require(name_problems(name, LONG_NAME))
    edit_row(caller, row, {"name": name.strip()}, now=now, always=frozenset({"name"}))
    announce(caller.account)
    return row


def entity_of(account: Account, pe_id: str) -> PrincipalEntity:
    """Return the account's entity with that id; raises EntityUnknown."""
    row = PrincipalEntity.objects.for_account(account).filter(pe_id=pe_id.strip()).first()
    if row is None:
        raise EntityUnknown(field="pe_id", pe_id=pe_id.strip()[:40])
    return row
