"""Consent templates: what receivers agree to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dlt.identifiers import IdKind
from dlt.imports import spelling
from dlt.imports.importer import Context, Verdict
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row, RowRefused
from dlt.models import ConsentTemplate, Header
from dlt.services import ConsentDraft
from dlt.services.fields import require


@dataclass(frozen=True, slots=True)
class ConsentTemplateRow:
    """What a row says. None: the file has no such column."""

    entity: int
    consent_id: str
    name: str | None
    brand: str
    text: str
    headers: tuple[str, ...] | None
    state: str


class ConsentTemplates(RecordImporter[ConsentTemplateRow, ConsentTemplate]):
    kind: ClassVar[str] = "consent"
    shown: ClassVar[str] = "consent_id"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        headers = Header.objects.for_account(self.account)
        self._headers = {(row.entity_id, row.value): row.pk for row in headers}

    def read(self, row: Row) -> ConsentTemplateRow:
        consent_id = row.registry_id("consent_id", IdKind.CONSENT)
        entity = self.entity(row)
        headers = self._headers_of(row, entity.pk)
        name = row.word("name") or consent_id
        draft = ConsentDraft(
            entity.pe_id, consent_id, name, row.word("brand"), row.exact("text"), headers or ()
        )
        require(draft.problems())
        return ConsentTemplateRow(
            entity=entity.pk,
            consent_id=consent_id,
            name=name if row.has("name") else None,
            brand=draft.brand,
            text=draft.text,
            headers=headers,
            state=self.state(row),
        )

    def _headers_of(self, row: Row, entity: int) -> tuple[str, ...] | None:
        if not row.has("headers"):
            return None
        values = spelling.several(row.word("headers"))
        for value in values:
            if (entity, value) not in self._headers:
                problem = f"The entity has no header “{value[:20]}”. Import the headers first."
                raise RowRefused("unknown_header", problem)
        return tuple(sorted(values))

    def key(self, draft: ConsentTemplateRow) -> Hashable:
        return draft.consent_id

    def named(self, draft: ConsentTemplateRow) -> tuple[str, str]:
        return draft.consent_id, draft.name or ""

    def find(self, drafts: Sequence[ConsentTemplateRow]) -> Mapping[Hashable, ConsentTemplate]:
        ids = [draft.consent_id for draft in drafts]
        rows = ConsentTemplate.objects.for_account(self.account).filter(consent_id__in=ids)
        return {row.consent_id: row for row in rows.prefetch_related("headers")}

    def differences(self, draft: ConsentTemplateRow, there: ConsentTemplate) -> list[str]:
        said = {
            "text": (draft.text, there.text),
            "brand": (draft.brand, there.brand),
            "entity": (draft.entity, there.entity_id),
            "name": (draft.name, there.name),
            "headers": (draft.headers, tuple(sorted(row.value for row in there.headers.all()))),
        }
        return [name for name, (new, old) in said.items() if new is not None and new != old]

    def build(self, draft: ConsentTemplateRow) -> ConsentTemplate:
        return ConsentTemplate(
            entity_id=draft.entity,
            consent_id=draft.consent_id,
            name=draft.name or draft.consent_id,
            brand=draft.brand,
            text=draft.text,
        )

    def link(self, verdicts: Sequence[Verdict], rows: Sequence[ConsentTemplate]) -> None:
        through = ConsentTemplate.headers.through
        through._default_manager.bulk_create(  # noqa: SLF001 -- how Django names it
            [
                through(consenttemplate_id=row.pk, header_id=self._headers[row.entity_id, value])
                for verdict, row in zip(verdicts, rows, strict=True)
                for value in verdict.draft.headers or ()
            ]
        )
