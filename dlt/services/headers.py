"""Headers: what receivers see as the sender."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.models import Header, PrincipalEntity, RecordState
from dlt.services.entities import entity_of

_SHAPE: Final = re.compile(r"[A-Za-z0-9]{3,6}", re.ASCII)
_PROMOTIONAL: Final = re.compile(r"[0-8]\d{5}|[A-Za-z]{3,6}", re.ASCII)


class BadHeader(DomainError):
    code = "dlt.bad_header"
    message = "{problem}"


class HeaderTaken(DomainError):
    code = "dlt.header_taken"
    message = "Header {value} of entity {pe_id} is in the registry already ({state})."
    status = 409


def warning_about(value: str, kind: str) -> str:
    """Return what is unusual about a valid header, or nothing."""
    if kind == Header.Kind.PROMOTIONAL or re.fullmatch(r"[A-Za-z]{6}", value):
        return ""
    return "Most headers have exactly 6 letters. Compare it with the portal, capitals included."


def _require_shape(value: str, kind: str) -> str:
    value = value.strip()
    if not _SHAPE.fullmatch(value):
        problem = "A header has 3 to 6 letters or digits and nothing else."
        raise BadHeader(field="value", problem=problem)
    if kind == Header.Kind.PROMOTIONAL and not _PROMOTIONAL.fullmatch(value):
        problem = "A promotional header has 6 digits, the first from 0 to 8, or 3 to 6 letters."
        raise BadHeader(field="value", problem=problem)
    return value


@transaction.atomic
def submit_header(*, caller: Caller, pe_id: str, value: str, kind: str, now: datetime) -> Header:
    """Put a header into the registry, to be approved. A rejected one may be submitted again.

    Raises NotAllowed, BadHeader, EntityUnknown, HeaderTaken. Headers are case-sensitive, as at the
    operators.
    """
    caller.require(Role.EDITOR, "submit a header")
    value = _require_shape(value, kind)
    entity = entity_of(caller.account, pe_id)
    row = _again(caller, entity, value, kind, now) or _create(caller, entity, value, kind, now)
    write(caller, row, "submitted", now, kind=kind)
    announce(caller.account)
    return row


def _again(
    caller: Caller, entity: PrincipalEntity, value: str, kind: str, now: datetime
) -> Header | None:
    rejected = Header.objects.filter(entity=entity, value=value, state=RecordState.REJECTED)
    changed = rejected.update(
        state=RecordState.PENDING,
        reason="",
        kind=kind,
        maker=caller.actor,
        submitted=now,
        submitted_by=caller.user,
    )
    return Header.objects.get(entity=entity, value=value) if changed else None


def _create(
    caller: Caller, entity: PrincipalEntity, value: str, kind: str, now: datetime
) -> Header:
    try:
        with transaction.atomic():
            return Header.objects.create(
                account=caller.account,
                entity=entity,
                value=value,
                kind=kind,
                maker=caller.actor,
                submitted=now,
                submitted_by=caller.user,
            )
    except IntegrityError:
        there = Header.objects.get(entity=entity, value=value)
        state = there.get_state_display().lower()
        raise HeaderTaken(field="value", value=value, pe_id=entity.pe_id, state=state) from None
