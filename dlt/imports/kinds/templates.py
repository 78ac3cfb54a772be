"""Content templates: the text byte for byte, the headers, and what portals keep beside the text."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from dlt.identifiers import IdKind, warning_about
from dlt.imports import spelling
from dlt.imports.importer import Context, Outcome, Verdict
from dlt.imports.kinds.headers import add_headers, kind_of_value
from dlt.imports.records import RecordImporter
from dlt.imports.row import Row, RowRefused
from dlt.lint import lint
from dlt.matcher import placeholders
from dlt.matcher.limits import known_tag
from dlt.models import Category, ConsentTemplate, ContentTemplate, Header, PrincipalEntity
from dlt.services import HeaderDraft, TemplateDraft
from dlt.services.fields import require
from dlt.services.templates import text_hash
from dlt.stamps import next_stamp

# What UTF-8 looks like after it was read as Windows-1252: “â‚¹” for ₹, “à¤¨” for न.
_GARBLED: Final = re.compile("[ÂÃ][\u0080-\u00bf\u20ac\u2122\u0152\u0160]|â[€‚„][\\S]|à[¤¥¦§¨©ª«¬]")
_LOST: Final = re.compile(r"\?{4,}")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """What a row says. None: the file has no such column, so it says nothing about it."""

    entity: int
    template_id: str
    name: str | None
    text: str
    headers: tuple[str, ...]
    category: str | None
    content_type: str | None
    state: str
    consent: int | None
    has_consent: bool
    variables: str | None
    limit: int | None
    has_limit: bool


class Templates(RecordImporter[TemplateRow, ContentTemplate]):
    kind: ClassVar[str] = "template"
    shown: ClassVar[str] = "template_id"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        headers = Header.objects.for_account(self.account)
        self._headers = {(row.entity_id, row.value): row.pk for row in headers}
        consents = ConsentTemplate.objects.for_account(self.account)
        self._consents = {(row.entity_id, row.consent_id): row.pk for row in consents}
        self._texts: dict[str, int] = {}

    def read(self, row: Row) -> TemplateRow:
        template_id = row.registry_id("template_id", IdKind.TEMPLATE)
        entity = self.entity(row)
        headers = self._headers_of(row, entity)
        category, content_type = self._category(row), self._content_type(row)
        text, consent = row.exact("text"), row.digits("consent_template")
        variables = _variables(row, text)
        draft = TemplateDraft(
            pe_id=entity.pe_id,
            template_id=template_id,
            name=row.word("name") or template_id,
            text=text,
            headers=headers,
            category=category or Category.SERVICE_IMPLICIT,
            content_type=content_type or _content_type_of(text),
            variables=variables or (),
            limit=_limit(row),
        )
        require(draft.problems())
        self._look_at(row, draft)
        return TemplateRow(
            entity=entity.pk,
            template_id=template_id,
            name=draft.name if row.has("name") else None,
            text=text,
            headers=headers,
            category=category,
            content_type=content_type,
            state=self.state(row),
            consent=self._consent(consent, entity),
            has_consent=row.has("consent_template"),
            variables=None if variables is None else as_json(draft.stored_variables()),
            limit=draft.limit,
            has_limit=row.has("limit"),
        )

    def _look_at(self, row: Row, draft: TemplateDraft) -> None:
        """Warn about what may be wrong but cannot be known."""
        unusual = warning_about(draft.template_id)
        if unusual:
            row.warn("unusual_id", unusual)
        if self.context.is_windows and not draft.text.isascii():
            row.warn(
                "windows_1252",
                "The file is in Windows-1252, so letters beyond English may be wrong. Compare the text"
                " with the portal.",
            )
        if _GARBLED.search(draft.text):
            row.warn(
                "garbled", "The text looks garbled by a wrong encoding. Compare it with the portal."
            )
        if _LOST.search(draft.text):
            row.warn("letters_lost", "“????” may stand for letters that a spreadsheet lost.")

    def _headers_of(self, row: Row, entity: PrincipalEntity) -> tuple[str, ...]:
        values = spelling.several(row.word("headers"))
        for value in values:
            if (entity.pk, value) in self._headers:
                continue
            twin = self._twin(entity, value)
            if twin or not self.context.add_headers:
                raise RowRefused("unknown_header", self._about_header(entity, value, twin))
            kind = kind_of_value(value)
            require(HeaderDraft(entity.pe_id, value, kind).problems())
            row.warn("new_header", f"Header {value} is new; it is added as pending.")
        return tuple(sorted(values))

    def _twin(self, entity: PrincipalEntity, value: str) -> str:
        """Return a header that differs in its capitals only."""
        known = (header for pk, header in self._headers if pk == entity.pk)
        return next((header for header in known if header.lower() == value.lower()), "")

    def _about_header(self, entity: PrincipalEntity, value: str, twin: str) -> str:
        if twin:
            return f"The registry has header {twin}, not {value[:20]}: capitals count."
        return (
            f"Entity {entity.pe_id} has no header “{value[:20]}”. Import the headers first, or tick"
            " “Add headers that are not in the registry”."
        )

    def _category(self, row: Row) -> str | None:
        word = row.word("category")
        if not word:
            return self.context.category or None
        found = spelling.category(word)
        if not found:
            known = ", ".join(label.lower() for label in Category.labels)
            raise RowRefused("unknown_category", f"“{word[:40]}” is no category. Known: {known}.")
        return found

    def _content_type(self, row: Row) -> str | None:
        word = row.word("content_type")
        if not word:
            return None
        found = spelling.content_type(word)
        if not found:
            raise RowRefused("unknown_content_type", f"“{word[:40]}” is neither Text nor Unicode.")
        return found

    def _consent(self, consent_id: str, entity: PrincipalEntity) -> int | None:
        if not consent_id:
            return None
        found = self._consents.get((entity.pk, consent_id))
        if found is None:
            problem = (
                f"Entity {entity.pe_id} has no consent template {consent_id[:40]}. Import it first."
            )
            raise RowRefused("unknown_consent", problem)
        return found

    def key(self, draft: TemplateRow) -> Hashable:
        return draft.template_id

    def named(self, draft: TemplateRow) -> tuple[str, str]:
        return draft.template_id, draft.name or ""

    def find(self, drafts: Sequence[TemplateRow]) -> Mapping[Hashable, ContentTemplate]:
        ids = [draft.template_id for draft in drafts]
        rows = ContentTemplate.objects.for_account(self.account).filter(template_id__in=ids)
        return {row.template_id: row for row in rows.prefetch_related("headers")}

    def look_at(self, drafts: Sequence[tuple[TemplateRow, Row]]) -> None:
        """Warn about objections of operators, and about texts that are registered twice."""
        hashes = [text_hash(draft.text) for draft, _ in drafts]
        rows = ContentTemplate.objects.for_account(self.account).filter(text_sha256__in=hashes)
        known = {
            sha: (pk, there)
            for sha, pk, there in rows.values_list("text_sha256", "entity", "template_id")
        }
        for (draft, row), sha in zip(drafts, hashes, strict=True):
            entity, there = known.get(sha, (0, ""))
            if there and there != draft.template_id and entity == draft.entity:
                row.warn("same_text", f"Template {there} has the very same text.")
            first = self._texts.setdefault(sha[:16] + str(draft.entity), row.number)
            if first != row.number and not there:
                row.warn("same_text", f"Row {first} has the very same text.")
            for finding in lint(draft.text, draft.category or "", draft.content_type or "text"):
                row.warn(finding.code, finding.message)

    def differences(self, draft: TemplateRow, there: ContentTemplate) -> list[str]:
        said = {
            "text": (draft.text, there.text),
            "entity": (draft.entity, there.entity_id),
            "headers": (draft.headers, tuple(sorted(row.value for row in there.headers.all()))),
            "name": (draft.name, there.name),
            "category": (draft.category, there.category),
            "content type": (draft.content_type, there.content_type),
            "list of variables": (draft.variables, as_json(there.variables)),
        }
        found = [name for name, (new, old) in said.items() if new is not None and new != old]
        if draft.has_consent and draft.consent != there.consent_template_id:
            found.append("consent template")
        if draft.has_limit and draft.limit != there.limit:
            found.append("limit")
        return found

    def compare(self, draft: TemplateRow, there: ContentTemplate, verdict: Verdict) -> None:
        super().compare(draft, there, verdict)
        if verdict.outcome is Outcome.REFUSED and draft.text != there.text:
            verdict.code = "changed_text"
            verdict.message = (
                f"The registry has this ID with another text. {_first_difference(there.text, draft.text)}"
                " A changed text is a new template with a new ID."
            )

    def _new(self, draft: TemplateRow, verdict: Verdict) -> None:
        super()._new(draft, verdict)
        if verdict.outcome is Outcome.ADDED and draft.category is None:
            verdict.outcome = Outcome.REFUSED
            verdict.code = "unknown_category"
            verdict.message = "The row names no category. Choose one for such rows."

    def build(self, draft: TemplateRow) -> ContentTemplate:
        return ContentTemplate(
            entity_id=draft.entity,
            template_id=draft.template_id,
            name=draft.name or draft.template_id,
            text=draft.text,
            text_sha256=text_hash(draft.text),
            category=draft.category or Category.SERVICE_IMPLICIT,
            content_type=draft.content_type or _content_type_of(draft.text),
            variables=json.loads(draft.variables or "[]"),
            limit=draft.limit,
            consent_template_id=draft.consent,
            stamp=self._stamp,
        )

    def add(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        self._stamp = next_stamp(self.account)
        self._add_headers(verdicts, now)
        super().add(verdicts, now)

    def _add_headers(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        new = {
            (verdict.draft.entity, value): verdict.row
            for verdict in reversed(verdicts)
            for value in verdict.draft.headers
            if (verdict.draft.entity, value) not in self._headers
        }
        for (entity, value), pk in add_headers(self.context, new, now).items():
            self._headers[entity, value] = pk

    def link(self, verdicts: Sequence[Verdict], rows: Sequence[ContentTemplate]) -> None:
        through = ContentTemplate.headers.through
        through._default_manager.bulk_create(  # noqa: SLF001 -- how Django names it
            [
                through(contenttemplate_id=row.pk, header_id=self._headers[row.entity_id, value])
                for verdict, row in zip(verdicts, rows, strict=True)
                for value in verdict.draft.headers
            ]
        )


def _content_type_of(text: str) -> str:
    """Return the type of a text whose file names none: other scripts are Unicode."""
    beyond = not text.isascii() and any(ord(sign) > 0x2FF and sign.isalpha() for sign in text)
    kinds = ContentTemplate.ContentType
    return kinds.UNICODE if beyond else kinds.TEXT


def _first_difference(old: str, new: str) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    there, here = old[at : at + 20], new[at : at + 20]
    return f"First difference at character {at + 1}: “{there}” there, “{here}” in the file."


def as_json(variables: list[dict[str, Any]]) -> str:
    """Return what is held beside a text, written in one way."""
    return json.dumps(variables, ensure_ascii=False, sort_keys=True)


def _variables(row: Row, text: str) -> list[dict[str, Any]] | None:
    """Return what the row says about its variables: our own JSON, or a portal's list of tags."""
    own = row.exact("variables")
    if own:
        return _own_variables(own)
    tags = [part.strip("{}# ") for part in re.split(r"[,;|\s]+", row.word("variable_tags"))]
    tags = [tag for tag in tags if tag]
    if not tags:
        return [] if row.has("variables") else None
    count = len(placeholders(text))
    if len(tags) != count:
        problem = f"The row lists {len(tags)} variable tags; the text has {count} variables."
        raise RowRefused("variable_tags", problem)
    found = [known_tag(tag.lower()) for tag in tags]
    for tag, known in zip(tags, found, strict=True):
        if known is None:
            raise RowRefused("variable_tags", f"“{tag[:20]}” is no variable tag.")
    return [{"tag": tag.value} for tag in found if tag]


def _own_variables(cell: str) -> list[dict[str, Any]]:
    try:
        given = json.loads(cell)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise RowRefused("variables", "The column Variables is not as an export writes it.")
    return given


def _limit(row: Row) -> int | None:
    word = row.word("limit")
    if not word:
        return None
    if not (word.isascii() and word.isdecimal()) or len(word) > 6:
        raise RowRefused("bad_limit", f"“{word[:20]}” is no number of characters.")
    return int(word)
