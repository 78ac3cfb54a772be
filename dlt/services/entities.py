"""Principal entities: the business as the operators know it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind, require_id
from dlt.models import PrincipalEntity


class EntityTaken(DomainError):
    code = "dlt.entity_taken"
    message = "Entity {pe_id} is in the registry already."
    status = 409


class EntityUnknown(DomainError):
    code = "dlt.entity_unknown"
    message = "Entity {pe_id} is not in this account's registry. Register it first."


@transaction.atomic
def register_entity(*, caller: Caller, pe_id: str, name: str, now: datetime) -> PrincipalEntity:
    """Put an entity into the registry, to be approved; raises NotAllowed, BadId, EntityTaken."""
    caller.require(Role.EDITOR, "register an entity")
    pe_id = require_id(pe_id, IdKind.ENTITY, "pe_id")
    try:
        with transaction.atomic():
            row = PrincipalEntity.objects.create(
                account=caller.account,
                pe_id=pe_id,
                name=name.strip(),
                maker=caller.actor,
                submitted=now,
                submitted_by=caller.user,
            )
    except IntegrityError:
        raise EntityTaken(field="pe_id", pe_id=pe_id) from None
    write(caller, row, "submitted", now, name=row.name)
    announce(caller.account)
    return row


def entity_of(account: Account, pe_id: str) -> PrincipalEntity:
    """Return the account's entity with that id; raises EntityUnknown."""
    row = PrincipalEntity.objects.for_account(account).filter(pe_id=pe_id.strip()).first()
    if row is None:
        raise EntityUnknown(field="pe_id", pe_id=pe_id.strip()[:40])
    return row
