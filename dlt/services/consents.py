"""Consent templates: what a customer agrees to before promotional messages come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind
from dlt.matcher.template import placeholders
from dlt.models import ConsentTemplate, PrincipalEntity, Record, Source
from dlt.registry import record_of
from dlt.services.entities import entity_of
from dlt.services.fields import (
    FieldMissing,
    FieldTooLong,
    character_problems,
    id_problems,
    name_problems,
    require,
)
from dlt.services.linked_headers import headers_of
from dlt.services.submitting import Submission, edit_row, put_in

LONGEST_TEXT: Final = 700
LONGEST_BRAND: Final = 60
# Brand, purpose and at least a word that says "agree".
_FEWEST_WORDS: Final = 4


class BadConsentText(DomainError):
    code = "dlt.bad_consent_text"
    message = "{problem}"


class ConsentTaken(DomainError):
    code = "dlt.consent_taken"
    message = "Consent template {consent_id} is in the registry already ({state})."
    status = 409


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What somebody submits. ``headers``: whose messages it covers; empty for all of the entity."""

    pe_id: str
    consent_id: str
    name: str
    brand: str
    text: str
    headers: Sequence[str] = ()

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        yield from id_problems(self.consent_id, IdKind.CONSENT, "consent_id")
        yield from name_problems(self.name)
        yield from _brand_problems(self.brand)
        yield from text_problems(self.text, self.brand)


def _brand_problems(brand: str) -> Iterator[DomainError]:
    yield from name_problems(brand, LONGEST_BRAND, field="brand", label="The brand name")


def text_problems(text: str, brand: str) -> Iterator[DomainError]:
    """Yield what operators refuse in a consent text: it names brand and purpose and has no variables."""
    words = text.split()
    if not words:
        remedy = "Write it as the portal shows it."
        yield FieldMissing(field="text", label="The text", remedy=remedy)
        return
    if len(text) > LONGEST_TEXT:
        yield FieldTooLong(field="text", label="The text", length=len(text), limit=LONGEST_TEXT)
    yield from character_problems(text, "text", "The text")
    if placeholders(text):
        yield _bad_text("A consent text has no variables: it reads the same for every customer.")
    if brand.strip() and brand.strip().casefold() not in text.casefold():
        yield _bad_text(f"The text does not name the brand “{brand.strip()}”.")
    elif len(words) - len(brand.split()) < _FEWEST_WORDS:
        yield _bad_text("The text does not say what customers agree to, such as offers by SMS.")


def _bad_text(problem: str) -> BadConsentText:
    return BadConsentText(field="text", problem=problem)


@transaction.atomic
def submit_consent(
    *, caller: Caller, draft: ConsentDraft, now: datetime, source: str = Source.MANUAL
) -> ConsentTemplate:
    """Put a consent template into the registry, to be approved.

    Raises NotAllowed, BadId, FieldMissing, BadConsentText, EntityUnknown, HeaderNotOfEntity, ConsentTaken.
    """
    caller.require(Role.EDITOR, "submit a consent template")
    require(draft.problems())
    entity = entity_of(caller.account, draft.pe_id)
    headers = headers_of(entity, draft.headers)
    row = put_in(
        Submission(caller, now, source),
        ConsentTemplate,
        {"account": caller.account, "consent_id": draft.consent_id.strip()},
        {
            "entity": entity,
            "name": draft.name.strip(),
            "brand": draft.brand.strip(),
            "text": draft.text,
        },
        taken=_taken,
    )
    row.headers.set(headers)
    write(caller, row, "submitted", now, name=row.name, text=row.text, source=source)
    announce(caller.account)
    return row


def _taken(row: Record) -> ConsentTaken:
    consent_id = getattr(row, "consent_id", "")
    return ConsentTaken(field="consent_id", consent_id=consent_id, state=row.state_label.lower())


@transaction.atomic
def edit_consent(
    *,
    caller: Caller,
    pk: int,
    now: datetime,
    headers: Sequence[str] | None = None,
    **changes: Any,
) -> ConsentTemplate:
    """Change ``name`` at any time, ``brand``, ``text`` and ``headers`` before the approval.

    Raises NotAllowed, NotFound, FieldMissing, BadConsentText, HeaderNotOfEntity, NotEditable.
    """
    row = record_of(caller.account, "consent", pk)
    assert isinstance(row, ConsentTemplate)  # noqa: S101 -- for the type checker
    if "name" in changes:
        changes["name"] = changes["name"].strip()
        require(name_problems(changes["name"]))
    if "brand" in changes:
        changes["brand"] = changes["brand"].strip()
        require(_brand_problems(changes["brand"]))
    if changes.keys() & {"brand", "text"}:
        require(text_problems(changes.get("text", row.text), changes.get("brand", row.brand)))
    note = _linked_anew(row, row.entity, headers)
    remedy = "A new text is a new consent template with its own id."
    always = frozenset({"name"})
    edit_row(caller, row, changes, now=now, always=always, remedy=remedy, note=note)
    if note and headers is not None:
        row.headers.set(headers_of(row.entity, headers))
    announce(caller.account)
    return row


def _linked_anew(
    row: ConsentTemplate, entity: PrincipalEntity, headers: Sequence[str] | None
) -> dict[str, list[list[str]]]:
    if headers is None:
        return {}
    before = sorted(row.headers.values_list("value", flat=True))
    after = sorted(header.value for header in headers_of(entity, headers))
    return {"headers": [before, after]} if before != after else {}
