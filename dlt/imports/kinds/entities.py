"""Principal entities."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dlt.identifiers import IdKind, warning_about
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row
from dlt.models import EntityState, PrincipalEntity
from dlt.services import EntityDraft
from dlt.services.fields import require


@dataclass(frozen=True, slots=True)
class EntityRow:
    pe_id: str
    name: str
    state: str


class Entities(RecordImporter[EntityRow, PrincipalEntity]):
    kind: ClassVar[str] = "entity"
    shown: ClassVar[str] = "pe_id"
    states = EntityState

    def read(self, row: Row) -> EntityRow:
        pe_id = row.registry_id("pe_id", IdKind.ENTITY)
        draft = EntityDraft(pe_id, row.word("name"))
        require(draft.problems())
        unusual = warning_about(pe_id)
        if unusual:
            row.warn("unusual_id", unusual)
        return EntityRow(pe_id, draft.name, self.state(row))

    def key(self, draft: EntityRow) -> Hashable:
        return draft.pe_id

    def named(self, draft: EntityRow) -> tuple[str, str]:
        return draft.pe_id, draft.name

    def find(self, drafts: Sequence[EntityRow]) -> Mapping[Hashable, PrincipalEntity]:
        ids = [draft.pe_id for draft in drafts]
        rows = PrincipalEntity.objects.for_account(self.account).filter(pe_id__in=ids)
        return {row.pe_id: row for row in rows}

    def differences(self, draft: EntityRow, there: PrincipalEntity) -> list[str]:
        return ["name"] if draft.name != there.name else []

    def build(self, draft: EntityRow) -> PrincipalEntity:
        return PrincipalEntity(pe_id=draft.pe_id, name=draft.name)
