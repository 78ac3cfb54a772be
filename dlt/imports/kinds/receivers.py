"""Numbers that want no promotion, and the consents of those who do.

These are facts about receivers, not records that an admin approves: a row replaces what was known.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.phone_numbers import mask
from dlt.imports.importer import Context, Importer, Outcome, Verdict
from dlt.imports.row import Row, RowRefused
from dlt.models import Consent, ConsentTemplate, DndNumber
from dlt.services.receivers import VALIDITY

_EVERYTHING: Final = frozenset({"", "0", "all", "full", "fully blocked", "fully block"})


def blocked_categories(word: str) -> str:
    """Return the blocked digits in order, empty for everything; raises RowRefused."""
    if word.strip().casefold() in _EVERYTHING:
        return ""
    digits = re.sub(r"[\s,;|#/-]+", "", word)
    if not re.fullmatch(r"[1-8]{1,8}", digits, re.ASCII):
        problem = f"“{word[:20]}” are no preference categories: they are digits from 1 to 8."
        raise RowRefused("bad_categories", problem)
    return "".join(sorted(set(digits)))


@dataclass(frozen=True, slots=True)
class DndRow:
    number: str
    categories: str


class DndNumbers(Importer[DndRow, DndNumber]):
    def read(self, row: Row) -> DndRow:
        number = row.phone("number", self.account.region)
        return DndRow(number, blocked_categories(row.word("categories")))

    def key(self, draft: DndRow) -> Hashable:
        return draft.number

    def named(self, draft: DndRow) -> tuple[str, str]:
        return mask(draft.number), ""

    def find(self, drafts: Sequence[DndRow]) -> Mapping[Hashable, DndNumber]:
        numbers = [draft.number for draft in drafts]
        rows = DndNumber.objects.for_account(self.account).filter(number__in=numbers)
        return {row.number: row for row in rows}

    def compare(self, draft: DndRow, there: DndNumber, verdict: Verdict) -> None:
        same = draft.categories == there.categories
        verdict.outcome = Outcome.UNCHANGED if same else Outcome.CHANGED
        if not same:
            new, old = (
                categories or "everything" for categories in (draft.categories, there.categories)
            )
            verdict.message = f"Blocks {new} instead of {old}."

    def add(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        DndNumber.objects.bulk_create(
            DndNumber(
                account=self.account,
                number=verdict.draft.number,
                categories=verdict.draft.categories,
                updated=now,
            )
            for verdict in verdicts
        )

    def change(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        rows = [verdict.there for verdict in verdicts]
        for row, verdict in zip(rows, verdicts, strict=True):
            row.categories, row.updated = verdict.draft.categories, now
        DndNumber.objects.bulk_update(rows, ["categories", "updated"])


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What a row says. ``given`` is None when the file does not say."""

    entity: int
    number: str
    consent_template: int | None
    given: datetime | None
    expires: datetime | None
    revoked: datetime | None
    has_revoked: bool


class Consents(Importer[ConsentRow, Consent]):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        templates = ConsentTemplate.objects.for_account(self.account)
        self._templates = {row.consent_id: row for row in templates}

    def read(self, row: Row) -> ConsentRow:
        number = row.phone("number", self.account.region)
        zone = self.context.zone
        given = row.moment("given", "The day of consent", zone)
        expires = row.moment("expires", "The end", zone)
        if given and expires and expires <= given:
            raise RowRefused("bad_date", "The consent ends before it was given.")
        revoked = row.moment("revoked", "The day of revocation", zone)
        entity, template = self._purpose(row)
        return ConsentRow(
            entity, number, template, given, expires, revoked, has_revoked=row.has("revoked")
        )

    def _purpose(self, row: Row) -> tuple[int, int | None]:
        pe_id = row.digits("entity") or self.context.entity
        consent_id = row.digits("consent_template")
        template = self._templates.get(consent_id) if consent_id else None
        if consent_id and template is None:
            problem = f"Consent template {consent_id[:40]} is not in this account. Import it first."
            raise RowRefused("unknown_consent", problem)
        entity = self.context.entities.get(pe_id)
        if entity is None:
            problem = f"Entity {pe_id[:40] or '(none)'} is not in this account. Register it first."
            raise RowRefused("unknown_entity", problem)
        if template is not None and template.entity_id != entity.pk:
            problem = f"Consent template {consent_id} belongs to another entity than {pe_id}."
            raise RowRefused("other_entity", problem)
        return entity.pk, template.pk if template else None

    def key(self, draft: ConsentRow) -> Hashable:
        return draft.entity, draft.number, draft.consent_template

    def named(self, draft: ConsentRow) -> tuple[str, str]:
        return mask(draft.number), ""

    def find(self, drafts: Sequence[ConsentRow]) -> Mapping[Hashable, Consent]:
        numbers = [draft.number for draft in drafts]
        rows = Consent.objects.for_account(self.account).filter(number__in=numbers)
        return {(row.entity_id, row.number, row.consent_template_id): row for row in rows}

    def compare(self, draft: ConsentRow, there: Consent, verdict: Verdict) -> None:
        said = {
            "given": (draft.given, there.given),
            "expires": (self._end(draft), there.expires),
        }
        changes: dict[str, datetime | None] = {
            name: new for name, (new, old) in said.items() if new is not None and new != old
        }
        if draft.has_revoked and draft.revoked != there.revoked:
            changes["revoked"] = draft.revoked
        verdict.outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        verdict.message = f"Changes {', '.join(changes)}." if changes else ""

    def _end(self, draft: ConsentRow) -> datetime | None:
        return draft.expires or (draft.given + VALIDITY if draft.given else None)

    def add(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        drafts = [verdict.draft for verdict in verdicts]
        Consent.objects.bulk_create(
            Consent(
                account=self.account,
                entity_id=draft.entity,
                number=draft.number,
                consent_template_id=draft.consent_template,
                given=draft.given or now,
                expires=self._end(draft) or now + VALIDITY,
                revoked=draft.revoked,
            )
            for draft in drafts
        )

    def change(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        rows = [verdict.there for verdict in verdicts]
        for row, verdict in zip(rows, verdicts, strict=True):
            draft = verdict.draft
            row.given = draft.given or row.given
            row.expires = self._end(draft) or row.expires
            if draft.has_revoked:
                row.revoked = draft.revoked
        Consent.objects.bulk_update(rows, ["given", "expires", "revoked"])
