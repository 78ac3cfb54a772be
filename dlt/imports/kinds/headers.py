"""Headers: case-sensitive, once per entity."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from accounts.models import AuditEvent
from dlt.identifiers import IdKind
from dlt.imports import spelling
from dlt.imports.importer import Context, events_of
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row, RowRefused
from dlt.models import Header, Source
from dlt.services import BadHeader, HeaderDraft
from dlt.services.fields import require
from dlt.services.headers import category_digit


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What a row says. None: the file has no such column."""

    entity: int
    value: str
    kind: str
    header_id: str | None
    valid_until: date | None
    has_date: bool
    state: str


def kind_of_value(value: str) -> str:
    """Return the kind a header has by its looks: six digits are promotional."""
    return Header.Kind.PROMOTIONAL if value.isdecimal() else Header.Kind.OTHER


class Headers(RecordImporter[HeaderRow, Header]):
    kind: ClassVar[str] = "header"
    shown: ClassVar[str] = "value"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        headers = Header.objects.for_account(self.account)
        self._known = {(row.entity_id, row.value.lower()): row.value for row in headers}

    def read(self, row: Row) -> HeaderRow:
        value = row.digits("value")
        if not value:
            raise RowRefused("missing", "The header is empty.")
        entity = self.entity(row)
        kind = self._kind(row)
        until = row.moment("valid_until", "The end", self.context.zone)
        draft = HeaderDraft(
            entity.pe_id,
            value,
            kind or kind_of_value(value),
            self._header_id(row) or "",
            until.astimezone(self.context.zone).date() if until else None,
        )
        require(draft.problems())
        self._check_digit(row, draft)
        twin = self._known.get((entity.pk, value.lower()), value)
        if twin != value:
            row.warn("other_case", f"The registry has {twin} too: capitals make another header.")
        return HeaderRow(
            entity=entity.pk,
            value=value,
            kind=kind,
            header_id=draft.header_id if row.has("header_id") else None,
            valid_until=draft.valid_until,
            has_date=row.has("valid_until"),
            state=self.state(row),
        )

    def _kind(self, row: Row) -> str:
        word = row.word("kind")
        found = spelling.header_kind(word)
        if word and not found:
            raise RowRefused("unknown_kind", f"“{word[:40]}” is no kind of header.")
        return found

    def _check_digit(self, row: Row, draft: HeaderDraft) -> None:
        """The category of a promotional header is its first digit; a file must not say otherwise."""
        word = row.word("category_digit")
        digit = draft.category_digit
        if word and digit and word != digit:
            problem = (
                f"The header begins with {digit}, its category is {word[:20]}: they must agree."
            )
            raise BadHeader(field="category_digit", problem=problem)

    def _header_id(self, row: Row) -> str | None:
        if not row.has("header_id"):
            return None
        return row.registry_id("header_id", IdKind.HEADER) if row.word("header_id") else ""

    def key(self, draft: HeaderRow) -> Hashable:
        return draft.entity, draft.value

    def named(self, draft: HeaderRow) -> tuple[str, str]:
        return draft.value, ""

    def find(self, drafts: Sequence[HeaderRow]) -> Mapping[Hashable, Header]:
        values = [draft.value for draft in drafts]
        rows = Header.objects.for_account(self.account).filter(value__in=values)
        return {(row.entity_id, row.value): row for row in rows.select_related("entity")}

    def differences(self, draft: HeaderRow, there: Header) -> list[str]:
        said = {
            "kind": (draft.kind or None, there.kind),
            "header ID": (draft.header_id, there.header_id),
        }
        found = [name for name, (new, old) in said.items() if new is not None and new != old]
        if draft.has_date and draft.valid_until != there.valid_until:
            found.append("end")
        return found

    def build(self, draft: HeaderRow) -> Header:
        kind = draft.kind or kind_of_value(draft.value)
        row = Header(
            value=draft.value,
            kind=kind,
            category_digit=category_digit(draft.value, kind),
            header_id=draft.header_id or "",
        )
        row.valid_until = draft.valid_until
        row.entity = next(e for e in self.context.entities.values() if e.pk == draft.entity)
        return row


def add_headers(
    context: Context, wanted: Mapping[tuple[int, str], int], now: datetime
) -> dict[tuple[int, str], int]:
    """Add headers that templates name, given as (entity, value) with the row, as pending.

    Returns them with their primary keys; call it in a transaction.
    """
    entities = {entity.pk: entity for entity in context.entities.values()}
    caller = context.caller
    rows = [
        Header(
            account=context.account,
            entity=entities[pk],
            value=value,
            kind=kind_of_value(value),
            category_digit=category_digit(value, kind_of_value(value)),
            source=Source.IMPORT,
            maker=caller.actor,
            submitted=now,
            submitted_by=caller.user,
        )
        for pk, value in wanted
    ]
    Header.objects.bulk_create(rows)
    numbered = [(row, wanted[row.entity_id, row.value]) for row in rows]
    AuditEvent.objects.bulk_create(events_of(context, numbered, "submitted", now))
    return {(row.entity_id, row.value): row.pk for row in rows}
