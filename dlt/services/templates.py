"""Content templates: texts as the operators registered them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError
from core.sids import new_sid
from dlt.audit_trail import announce, history_of, write
from dlt.identifiers import provisional_id
from dlt.models import ConsentTemplate, ContentTemplate, PrincipalEntity, RecordState, Source
from dlt.models.record import Record
from dlt.rules import rules_of
from dlt.services.entities import entity_of
from dlt.services.fields import require
from dlt.services.linked_headers import HeaderNotOfEntity, headers_of
from dlt.services.submitting import Submission, put_in
from dlt.services.template_draft import (
    BadVariable,
    HeadersMissing,
    PortalWouldRefuse,
    TemplateDraft,
    TextMissing,
    TextTooLong,
    sample_problems,
    text_hash,
)
from dlt.stamps import next_stamp

__all__ = [
    "BadVariable",
    "ConsentUnknown",
    "HeaderNotOfEntity",
    "HeadersMissing",
    "PortalWouldRefuse",
    "TemplateDraft",
    "TemplateTaken",
    "TextMissing",
    "TextTooLong",
    "VersionUnknown",
    "save_draft",
    "submit_template",
    "text_hash",
]
# Nobody approved their text yet, so it may be corrected itself.
_NO_VERSIONS = (RecordState.DRAFT, RecordState.PENDING, RecordState.REJECTED)


class TemplateTaken(DomainError):
    code = "dlt.template_taken"
    message = (
        "Template {template_id} is in the registry already ({state})."
        " A new text is a new template with a new ID."
    )
    status = 409


class ConsentUnknown(DomainError):
    code = "dlt.consent_unknown"
    message = "Entity {pe_id} has no consent template {consent_id}. Submit it first."


class VersionUnknown(DomainError):
    code = "dlt.version_unknown"
    message = "{template_id} cannot be the version before: {why}"


@transaction.atomic
def submit_template(
    *, caller: Caller, draft: TemplateDraft, now: datetime, source: str = Source.MANUAL
) -> ContentTemplate:
    """Put a template into the registry, to be approved. A draft or a rejected one may be submitted again.

    Raises NotAllowed, BadId, EntityUnknown, HeadersMissing, HeaderNotOfEntity, TextMissing, TextTooLong,
    NoFixedText, BadVariable, PortalWouldRefuse, ConsentUnknown, VersionUnknown, TemplateTaken.
    """
    caller.require(Role.EDITOR, "submit a template")
    require(draft.problems())
    row = _put_in(Submission(caller, now, source), draft, draft.template_id.strip())
    values = ", ".join(header.value for header in row.headers.order_by("value"))
    detail: dict[str, Any] = {"name": row.name, "headers": values, "text": row.text}
    if row.supersedes:
        detail["supersedes"] = row.supersedes.template_id
    write(caller, row, "submitted", now, **detail, source=source)
    announce(caller.account)
    return row


@transaction.atomic
def save_draft(
    *, caller: Caller, draft: TemplateDraft, now: datetime, source: str = Source.MANUAL
) -> ContentTemplate:
    """Keep an unfinished template. It may lack its headers, its text and the portal's id.

    Raises NotAllowed, BadId, EntityUnknown, HeaderNotOfEntity, TextTooLong, BadVariable, ConsentUnknown,
    VersionUnknown, TemplateTaken.
    """
    caller.require(Role.EDITOR, "save a draft")
    require(draft.draft_problems())
    template_id = draft.template_id.strip() or provisional_id(new_sid("", 12))
    row = _put_in(Submission(caller, now, source, RecordState.DRAFT), draft, template_id)
    write(caller, row, "drafted", now, name=row.name, source=source)
    return row


def _put_in(submission: Submission, draft: TemplateDraft, template_id: str) -> ContentTemplate:
    account = submission.caller.account
    entity = entity_of(account, draft.pe_id)
    headers = headers_of(entity, draft.headers)
    fields = {
        **text_fields(draft),
        "entity": entity,
        "consent_template": consent_of(entity, draft.consent),
        "supersedes": version_before(account, entity, draft.supersedes, template_id),
        "stamp": next_stamp(account),
    }
    rules = rules_of(account)
    require(sample_problems(draft.text, template_id, draft.variables, draft.limit, rules))
    row = put_in(
        submission,
        ContentTemplate,
        {"account": account, "template_id": template_id},
        fields,
        taken=_taken,
        again=lambda row: may_be_taken_up(row, draft.text),
    )
    row.headers.set(headers)
    return row


def text_fields(draft: TemplateDraft) -> dict[str, Any]:
    """Return the draft's own fields as the model has them."""
    return {
        "name": draft.name.strip(),
        "text": draft.text,
        "category": draft.category,
        "content_type": draft.content_type,
        "text_sha256": text_hash(draft.text),
        "variables": draft.stored_variables(),
        "limit": draft.limit,
    }


def may_be_taken_up(row: ContentTemplate, text: str) -> bool:
    """Say whether a template of this id may be submitted once more.

    Its text may change only if nobody ever approved it; a retired one comes back as it was.
    """
    if row.state in (RecordState.DRAFT, RecordState.REJECTED):
        return True
    if row.state != RecordState.RETIRED:
        return False
    last = history_of(row.account, row)[:1]
    return row.text == text or bool(last and last[0].action == "template.discarded")


def _taken(row: Record) -> TemplateTaken:
    template_id = getattr(row, "template_id", "")
    state = row.state_label.lower()
    return TemplateTaken(field="template_id", template_id=template_id, state=state)


def consent_of(entity: PrincipalEntity, consent_id: str) -> ConsentTemplate | None:
    """Return the entity's consent template, None for an empty id; raises ConsentUnknown."""
    consent_id = consent_id.strip()
    if not consent_id:
        return None
    row = ConsentTemplate.objects.filter(entity=entity, consent_id=consent_id).first()
    if row is None:
        raise ConsentUnknown(field="consent", pe_id=entity.pe_id, consent_id=consent_id[:40])
    return row


def version_before(
    account: Account, entity: PrincipalEntity, template_id: str, own_id: str
) -> ContentTemplate | None:
    """Return the version before, None for an empty id; raises VersionUnknown."""
    template_id = template_id.strip()
    if not template_id:
        return None
    row = ContentTemplate.objects.for_account(account).filter(template_id=template_id).first()
    why = ""
    if row is None:
        why = "it is not in this account's registry."
    elif row.entity_id != entity.pk:
        why = "it belongs to another entity."
    elif row.state in _NO_VERSIONS:
        why = f"it is {row.state_label.lower()}; correct it instead."
    elif template_id == own_id:
        why = "a template does not follow itself."
    if why:
        raise VersionUnknown(field="supersedes", template_id=template_id[:40], why=why)
    return row
