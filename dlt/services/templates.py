"""Content templates: texts as the operators registered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind, require_id
from dlt.lint import MAX_LENGTH
from dlt.matcher import normalise
from dlt.models import Category, ContentTemplate, Header, PrincipalEntity, RecordState
from dlt.services.entities import entity_of
from dlt.stamps import next_stamp


class TemplateTaken(DomainError):
    code = "dlt.template_taken"
    message = (
        "Template {template_id} is in the registry already ({state})."
        " A new text is a new template with a new ID."
    )
    status = 409


class TextMissing(DomainError):
    code = "dlt.text_missing"
    message = "A template needs a text."


class TextTooLong(DomainError):
    code = "dlt.text_too_long"
    message = "The text has {length} characters; {limit} is the most."


class HeaderNotOfEntity(DomainError):
    code = "dlt.header_not_of_entity"
    message = "Entity {pe_id} has no header “{value}”. Headers are case-sensitive; submit it first."


class HeadersMissing(DomainError):
    code = "dlt.headers_missing"
    message = "Choose at least one header that may send this template."


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What somebody submits."""

    pe_id: str
    template_id: str
    name: str
    text: str
    headers: Sequence[str]
    category: str = Category.SERVICE_IMPLICIT
    content_type: str = ContentTemplate.ContentType.TEXT


@transaction.atomic
def submit_template(*, caller: Caller, draft: TemplateDraft, now: datetime) -> ContentTemplate:
    """Put a template into the registry, to be approved. A rejected one may be submitted again.

    Raises NotAllowed, BadId, EntityUnknown, HeadersMissing, HeaderNotOfEntity, TextMissing,
    TextTooLong, TemplateTaken.
    """
    caller.require(Role.EDITOR, "submit a template")
    template_id = require_id(draft.template_id, IdKind.TEMPLATE, "template_id")
    entity = entity_of(caller.account, draft.pe_id)
    headers = _headers(entity, draft.headers)
    _require_text(draft.text)
    row = _again(caller, template_id, now) or _create(caller, template_id, entity, now)
    _fill(row, draft, entity)
    row.headers.set(headers)
    values = ", ".join(header.value for header in headers)
    write(caller, row, "submitted", now, name=row.name, headers=values, text=row.text)
    announce(caller.account)
    return row


def _require_text(text: str) -> None:
    if not text.strip():
        raise TextMissing(field="text")
    if len(text) > MAX_LENGTH:
        raise TextTooLong(field="text", length=len(text), limit=MAX_LENGTH)


def _headers(entity: PrincipalEntity, values: Sequence[str]) -> list[Header]:
    wanted = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if not wanted:
        raise HeadersMissing(field="headers")
    rows = Header.objects.filter(entity=entity, value__in=wanted).order_by("value")
    # SQLite compares byte for byte here; other databases may not, so the case is checked once more.
    known = {row.value: row for row in rows}
    for value in wanted:
        if value not in known:
            raise HeaderNotOfEntity(field="headers", pe_id=entity.pe_id, value=value[:20])
    return [known[value] for value in wanted]


def _again(caller: Caller, template_id: str, now: datetime) -> ContentTemplate | None:
    """Take up a rejected template; its text may change, because nobody approved it."""
    rows = ContentTemplate.objects.for_account(caller.account).filter(template_id=template_id)
    changed = rows.filter(state=RecordState.REJECTED).update(
        state=RecordState.PENDING,
        reason="",
        submitted=now,
        submitted_by=caller.user,
        maker=caller.actor,
        decider="",
        decided=None,
        decided_by=None,
    )
    return rows.get() if changed else None


def _create(
    caller: Caller, template_id: str, entity: PrincipalEntity, now: datetime
) -> ContentTemplate:
    try:
        with transaction.atomic():
            return ContentTemplate.objects.create(
                account=caller.account,
                entity=entity,
                template_id=template_id,
                submitted=now,
                submitted_by=caller.user,
                maker=caller.actor,
            )
    except IntegrityError:
        rows = ContentTemplate.objects.for_account(caller.account)
        state = rows.get(template_id=template_id).get_state_display().lower()
        raise TemplateTaken(field="template_id", template_id=template_id, state=state) from None


def _fill(row: ContentTemplate, draft: TemplateDraft, entity: PrincipalEntity) -> None:
    row.entity = entity
    row.name = draft.name.strip()
    row.text = draft.text
    row.category = draft.category
    row.content_type = draft.content_type
    row.text_sha256 = text_hash(draft.text)
    row.stamp = next_stamp(row.account)
    row.save(
        update_fields=[
            "entity", "name", "text", "category", "content_type", "text_sha256", "stamp",
        ]
    )  # fmt: skip


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text as it is compared."""
    return sha256(normalise(text).encode()).hexdigest()
