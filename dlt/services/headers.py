"""Headers: what receivers see as the sender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind
from dlt.models import Header, Record, Source
from dlt.registry import record_of
from dlt.services.entities import entity_of
from dlt.services.fields import id_problems, require
from dlt.services.submitting import Submission, edit_row, put_in

_SHAPE: Final = re.compile(r"[A-Za-z0-9]{3,6}", re.ASCII)
_PROMOTIONAL: Final = re.compile(r"[0-8]\d{5}|[A-Za-z]{3,6}", re.ASCII)
_BY_ADMIN: Final = frozenset({"header_id", "valid_until"})

# What the first digit of a promotional header says.
CATEGORIES: Final = {
    "0": "Others",
    "1": "Banking, insurance, financial products and credit cards",
    "2": "Real estate",
    "3": "Education",
    "4": "Health",
    "5": "Consumer goods and automobiles",
    "6": "Communication, broadcasting, entertainment and IT",
    "7": "Tourism and leisure",
    "8": "Food and beverages",
}


class BadHeader(DomainError):
    code = "dlt.bad_header"
    message = "{problem}"


class HeaderTaken(DomainError):
    code = "dlt.header_taken"
    message = "Header {value} of entity {pe_id} is in the registry already ({state})."
    status = 409


@dataclass(frozen=True, slots=True)
class HeaderDraft:
    """What somebody submits. ``header_id``: the portal's own id; ``valid_until``: of a temporary one."""

    pe_id: str
    value: str
    kind: str = Header.Kind.OTHER
    header_id: str = ""
    valid_until: date | None = None

    @property
    def category_digit(self) -> str:
        return category_digit(self.value, self.kind)

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        yield from _value_problems(self.value.strip(), self.kind)
        yield from _header_id_problems(self.header_id)


def category_digit(value: str, kind: str) -> str:
    """Return the preference category that a promotional header of digits begins with, or nothing."""
    first = value.strip()[:1]
    return first if kind == Header.Kind.PROMOTIONAL and first in CATEGORIES else ""


def warning_about(value: str, kind: str) -> str:
    """Return what is unusual about a valid header, or nothing."""
    if kind == Header.Kind.PROMOTIONAL or re.fullmatch(r"[A-Za-z]{6}", value):
        return ""
    return "Most headers have exactly 6 letters. Compare it with the portal, capitals included."


def _value_problems(value: str, kind: str) -> Iterator[DomainError]:
    if kind not in Header.Kind.values:
        known = ", ".join(Header.Kind.values)
        yield BadHeader(field="kind", problem=f"A header is one of: {known}.")
    if not _SHAPE.fullmatch(value):
        problem = "A header has 3 to 6 letters or digits and nothing else."
        yield BadHeader(field="value", problem=problem)
    elif kind == Header.Kind.PROMOTIONAL and not _PROMOTIONAL.fullmatch(value):
        problem = "A promotional header has 6 digits, the first from 0 to 8, or 3 to 6 letters."
        yield BadHeader(field="value", problem=problem)


def _header_id_problems(header_id: str) -> Iterator[DomainError]:
    if header_id.strip():
        yield from id_problems(header_id, IdKind.HEADER, "header_id")


@transaction.atomic
def submit_header(
    *,
    caller: Caller,
    pe_id: str,
    value: str,
    kind: str,
    now: datetime,
    header_id: str = "",
    valid_until: date | None = None,
    source: str = Source.MANUAL,
) -> Header:
    """Put a header into the registry, to be approved. A rejected one may be submitted again.

    Raises NotAllowed, BadHeader, BadId, EntityUnknown, HeaderTaken. Headers are case-sensitive, as at the
    operators.
    """
    caller.require(Role.EDITOR, "submit a header")
    draft = HeaderDraft(pe_id, value.strip(), kind, header_id.strip(), valid_until)
    require(_value_problems(draft.value, kind))
    require(_header_id_problems(header_id))
    entity = entity_of(caller.account, pe_id)
    row = put_in(
        Submission(caller, now, source),
        Header,
        {"account": caller.account, "entity": entity, "value": draft.value},
        {
            "kind": kind,
            "category_digit": draft.category_digit,
            "header_id": draft.header_id,
            "valid_until": valid_until,
        },
        taken=_taken,
    )
    write(caller, row, "submitted", now, kind=kind, source=source)
    announce(caller.account)
    return row


def _taken(row: Record) -> HeaderTaken:
    assert isinstance(row, Header)  # noqa: S101 -- for the type checker
    return HeaderTaken(
        field="value", value=row.value, pe_id=row.entity.pe_id, state=row.state_label.lower()
    )


@transaction.atomic
def edit_header(*, caller: Caller, pk: int, now: datetime, **changes: Any) -> Header:
    """Change ``kind``, ``header_id`` or ``valid_until``; the value never changes.

    After the approval an admin may set the portal's id and the last day. Raises NotAllowed, NotFound,
    BadHeader, BadId, NotEditable.
    """
    row = record_of(caller.account, "header", pk)
    assert isinstance(row, Header)  # noqa: S101 -- for the type checker
    if "kind" in changes:
        require(_value_problems(row.value, changes["kind"]))
        changes["category_digit"] = category_digit(row.value, changes["kind"])
    if "header_id" in changes:
        changes["header_id"] = changes["header_id"].strip()
        require(_header_id_problems(changes["header_id"]))
    edit_row(
        caller,
        row,
        changes,
        now=now,
        always=frozenset(),
        by_admin=_BY_ADMIN,
        remedy="Submit another header instead.",
    )
    announce(caller.account)
    return row
