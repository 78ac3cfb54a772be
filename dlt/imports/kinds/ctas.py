"""Links, numbers and addresses of the whitelist."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dlt.cta import kind_of
from dlt.imports import spelling
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row, RowRefused
from dlt.models import Cta
from dlt.services import CtaDraft
from dlt.services.fields import require


@dataclass(frozen=True, slots=True)
class CtaRow:
    entity: int
    kind: str
    value: str
    compared: str
    state: str


class Ctas(RecordImporter[CtaRow, Cta]):
    kind: ClassVar[str] = "cta"
    shown: ClassVar[str] = "value"

    def read(self, row: Row) -> CtaRow:
        value = row.digits("value")
        if not value:
            raise RowRefused("missing", "The link or number is empty.")
        entity = self.entity(row)
        draft = CtaDraft(entity.pe_id, value, self._kind(row, value))
        require(draft.problems())
        return CtaRow(entity.pk, draft.known_kind, value, draft.compared, self.state(row))

    def _kind(self, row: Row, value: str) -> str:
        word = row.word("kind")
        given = spelling.cta_kind(word)
        if word and not given:
            row.warn("unknown_kind", f"The kind “{word[:40]}” is not known; it was worked out.")
        found = kind_of(value)
        # Portals say "URL" where they mean any link.
        if given == Cta.Kind.URL_STATIC and word.casefold() == "url" and found:
            return found
        return given or found or ""

    def key(self, draft: CtaRow) -> Hashable:
        return draft.entity, draft.kind, draft.compared

    def named(self, draft: CtaRow) -> tuple[str, str]:
        return draft.value, ""

    def find(self, drafts: Sequence[CtaRow]) -> Mapping[Hashable, Cta]:
        values = [draft.compared for draft in drafts]
        rows = Cta.objects.for_account(self.account).filter(compared__in=values)
        return {(row.entity_id, row.kind, row.compared): row for row in rows}

    def differences(self, draft: CtaRow, there: Cta) -> list[str]:
        return ["spelling"] if draft.value != there.value else []

    def build(self, draft: CtaRow) -> Cta:
        entity = next(e for e in self.context.entities.values() if e.pk == draft.entity)
        return Cta(entity=entity, kind=draft.kind, value=draft.value, compared=draft.compared)
