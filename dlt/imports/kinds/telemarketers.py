"""Telemarketers: the companies between the business and the operators."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dlt.identifiers import IdKind
from dlt.imports import spelling
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row, RowRefused
from dlt.models import EntityState, Telemarketer
from dlt.services import TelemarketerDraft
from dlt.services.fields import require


@dataclass(frozen=True, slots=True)
class TelemarketerRow:
    tm_id: str
    name: str
    role: str
    state: str


class Telemarketers(RecordImporter[TelemarketerRow, Telemarketer]):
    kind: ClassVar[str] = "telemarketer"
    shown: ClassVar[str] = "tm_id"
    states = EntityState

    def read(self, row: Row) -> TelemarketerRow:
        word = row.word("role")
        role = spelling.role(word)
        if word and not role:
            problem = f"“{word[:40]}” is neither aggregation (TM-AF) nor delivery (TM-DF)."
            raise RowRefused("unknown_role", problem)
        tm_id = row.registry_id("tm_id", IdKind.TELEMARKETER)
        draft = TelemarketerDraft(tm_id, row.word("name"), role or Telemarketer.Role.DELIVERY)
        require(draft.problems())
        return TelemarketerRow(tm_id, draft.name, role, self.state(row))

    def key(self, draft: TelemarketerRow) -> Hashable:
        return draft.tm_id

    def named(self, draft: TelemarketerRow) -> tuple[str, str]:
        return draft.tm_id, draft.name

    def find(self, drafts: Sequence[TelemarketerRow]) -> Mapping[Hashable, Telemarketer]:
        ids = [draft.tm_id for draft in drafts]
        rows = Telemarketer.objects.for_account(self.account).filter(tm_id__in=ids)
        return {row.tm_id: row for row in rows}

    def differences(self, draft: TelemarketerRow, there: Telemarketer) -> list[str]:
        found = ["name"] if draft.name != there.name else []
        return [*found, "role"] if draft.role and draft.role != there.role else found

    def build(self, draft: TelemarketerRow) -> Telemarketer:
        role = draft.role or Telemarketer.Role.DELIVERY
        return Telemarketer(tm_id=draft.tm_id, name=draft.name, role=role)
