"""The whitelist of links and numbers that messages may carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.cta import compared, kind_of, problem_with
from dlt.identifiers import IdKind
from dlt.models import Cta, Record, Source
from dlt.registry import record_of
from dlt.services.entities import entity_of
from dlt.services.fields import id_problems, require
from dlt.services.submitting import Submission, edit_row, put_in


class BadCta(DomainError):
    code = "dlt.bad_cta"
    message = "{problem}"


class CtaTaken(DomainError):
    code = "dlt.cta_taken"
    message = "“{value}” is on the whitelist already ({state})."
    status = 409


@dataclass(frozen=True, slots=True)
class CtaDraft:
    """What somebody submits; without a ``kind`` it is what the value looks like."""

    pe_id: str
    value: str
    kind: str = ""

    @property
    def known_kind(self) -> str:
        return self.kind or kind_of(self.value) or ""

    @property
    def compared(self) -> str:
        return compared(self.value, self.known_kind)

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        yield from cta_problems(self.value, self.kind)


def cta_problems(value: str, kind: str = "") -> Iterator[DomainError]:
    """Yield what is wrong with a link or number, as one of this kind when given."""
    if kind and kind not in Cta.Kind.values:
        known = ", ".join(Cta.Kind.values)
        yield BadCta(field="kind", problem=f"There is no kind “{kind[:20]}”. Known: {known}.")
        return
    problem = problem_with(value, kind)
    if problem:
        yield BadCta(field="value", problem=problem)


@transaction.atomic
def submit_cta(
    *, caller: Caller, draft: CtaDraft, now: datetime, source: str = Source.MANUAL
) -> Cta:
    """Put a link or number on the whitelist, to be approved.

    Raises NotAllowed, BadCta, EntityUnknown, CtaTaken. Links that differ only in their scheme, "www." or
    the last slash are one.
    """
    caller.require(Role.EDITOR, "submit a link or number")
    require(cta_problems(draft.value, draft.kind))
    entity = entity_of(caller.account, draft.pe_id)
    row = put_in(
        Submission(caller, now, source),
        Cta,
        {
            "account": caller.account,
            "entity": entity,
            "kind": draft.known_kind,
            "compared": draft.compared,
        },
        {"value": draft.value.strip()},
        taken=_taken,
    )
    write(caller, row, "submitted", now, value=row.value, kind=row.kind, source=source)
    announce(caller.account)
    return row


def _taken(row: Record) -> CtaTaken:
    return CtaTaken(field="value", value=str(row), state=row.state_label.lower())


@transaction.atomic
def edit_cta(
    *, caller: Caller, pk: int, now: datetime, value: str | None = None, kind: str | None = None
) -> Cta:
    """Correct a link or number that nobody has approved yet.

    Raises NotAllowed, NotFound, BadCta, CtaTaken, NotEditable.
    """
    row = record_of(caller.account, "cta", pk)
    assert isinstance(row, Cta)  # noqa: S101 -- for the type checker
    new = row.value if value is None else value.strip()
    wanted = (kind or kind_of(new) or "") if value is not None or kind is not None else row.kind
    require(cta_problems(new, wanted))
    changes = {"value": new, "kind": wanted, "compared": compared(new, wanted)}
    try:
        with transaction.atomic():
            edit_row(
                caller,
                row,
                changes,
                now=now,
                always=frozenset(),
                remedy="Submit another one and retire this.",
            )
    except IntegrityError:
        raise CtaTaken(field="value", value=new, state="under another entry") from None
    announce(caller.account)
    return row
