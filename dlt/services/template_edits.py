"""Change a content template: everything before its approval, what is not its text afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.identifiers import IdKind, is_provisional, require_id
from dlt.models import ContentTemplate, RecordState
from dlt.operators import OPERATORS
from dlt.registry import record_of
from dlt.rules import rules_of
from dlt.services.decisions import touch
from dlt.services.fields import require
from dlt.services.linked_headers import headers_of
from dlt.services.submitting import NotEditable, edit_row
from dlt.services.template_draft import (
    HeadersMissing,
    TemplateDraft,
    sample_problems,
    variable_problems,
)
from dlt.services.templates import TemplateTaken, consent_of, text_fields, version_before

OPERATOR_STATES: Final = ("active", "inactive", "suspended", "blacklisted")
_ALWAYS: Final = frozenset({"name"})
_BY_ADMIN: Final = frozenset({"variables", "limit", "headers", "consent_template"})
_TEXT_REMEDY: Final = "A new text is a new template with its own ID: make a new version."


class BadOperatorState(DomainError):
    code = "dlt.bad_operator_state"
    message = "{problem}"


def _template(caller: Caller, pk: int) -> ContentTemplate:
    row = record_of(caller.account, "template", pk)
    assert isinstance(row, ContentTemplate)  # noqa: S101 -- for the type checker
    return row


@transaction.atomic
def edit_template(
    *,
    caller: Caller,
    pk: int,
    now: datetime,
    headers: Sequence[str] | None = None,
    consent: str | None = None,
    supersedes: str | None = None,
    template_id: str | None = None,
    as_registered: bool = True,
    **changes: Any,
) -> ContentTemplate:
    """Change a template; ``changes`` are fields of its draft.

    Before the approval everything may change but an id that the portal gave. Afterwards an editor may change
    the name, an admin also the headers, the variables beside the text, the limit and the consent template.
    Raises NotAllowed, NotFound, NotEditable and what ``submit_template`` raises.
    """
    row = _template(caller, pk)
    caller.require(Role.EDITOR, "edit a template")
    note: dict[str, Any] = {}
    if template_id is not None and template_id.strip() != row.template_id:
        note |= _give_id(row, template_id)
    fields = _checked(row, changes, as_registered=as_registered)
    if consent is not None:
        fields["consent_template"] = consent_of(row.entity, consent)
    if supersedes is not None:
        fields["supersedes"] = version_before(row.account, row.entity, supersedes, row.template_id)
    linked = headers_of(row.entity, headers) if headers is not None else None
    if linked is not None:
        note |= _linked_anew(row, [header.value for header in linked])
    edit_row(
        caller, row, fields, now=now, always=_ALWAYS, by_admin=_BY_ADMIN, remedy=_TEXT_REMEDY, note=note
    )  # fmt: skip
    if linked is not None:
        row.headers.set(linked)
    announce(caller.account)
    return row


def _checked(
    row: ContentTemplate, changes: dict[str, Any], *, as_registered: bool
) -> dict[str, Any]:
    """Return the model's fields for changes of a draft's; raises what is wrong with them."""
    new = _as_draft(row, changes, as_registered=as_registered)
    unfinished = row.state == RecordState.DRAFT
    if unfinished:
        require(new.draft_problems())
    elif changes.keys() & {"text", "category", "content_type", "name"}:
        require(new.content_problems())
    else:
        require(variable_problems(new.text, new.variables, new.limit))
    rules = rules_of(row.account)
    require(sample_problems(new.text, row.template_id, new.variables, new.limit, rules))
    fields = text_fields(new)
    wanted = {*changes, *({"text_sha256", "variables"} if "text" in changes else ())}
    return {name: value for name, value in fields.items() if name in wanted}


def _as_draft(
    row: ContentTemplate, changes: dict[str, Any], *, as_registered: bool
) -> TemplateDraft:
    text = changes.get("text", row.text)
    # Whoever changes the text says anew what its variables are; the rest of a longer list would be refused.
    kept = row.variables if text == row.text else []
    return TemplateDraft(
        pe_id=row.entity.pe_id,
        template_id=row.template_id,
        name=changes.get("name", row.name),
        text=text,
        headers=(),
        category=changes.get("category", row.category),
        content_type=changes.get("content_type", row.content_type),
        variables=changes.get("variables", kept),
        limit=changes.get("limit", row.limit),
        as_registered=as_registered,
    )


def _linked_anew(row: ContentTemplate, values: list[str]) -> dict[str, Any]:
    if not values and row.state != RecordState.DRAFT:
        raise HeadersMissing(field="headers")
    before = sorted(row.headers.values_list("value", flat=True))
    return {"headers": [before, sorted(values)]} if before != sorted(values) else {}


def _give_id(row: ContentTemplate, template_id: str) -> dict[str, Any]:
    """Give a draft the id that the portal made; raises BadId, NotEditable, TemplateTaken."""
    if not is_provisional(row.template_id):
        raise NotEditable(
            field="template_id", what=f"Template {row.template_id}", state="numbered already",
            remedy="Discard it and submit another with the right ID.",
        )  # fmt: skip
    was, given = row.template_id, require_id(template_id, IdKind.TEMPLATE, "template_id")
    rows = ContentTemplate.objects.for_account(row.account)
    try:
        with transaction.atomic():
            rows.filter(pk=row.pk, template_id=was).update(template_id=given)
    except IntegrityError:
        there = rows.get(template_id=given).state_label.lower()
        raise TemplateTaken(field="template_id", template_id=given, state=there) from None
    row.template_id = given
    return {"template_id": [was, given]}


@transaction.atomic
def set_operator_state(
    *,
    caller: Caller,
    pk: int,
    operator: str,
    state: str,
    now: datetime,
    since: date | None = None,
    reason: str = "",
) -> ContentTemplate:
    """Note what one operator says of a template: inactive at Vi, say. An admin does.

    Raises NotAllowed, NotFound, BadOperatorState.
    """
    caller.require(Role.ADMIN, "set what an operator says of a template")
    row = _template(caller, pk)
    if operator not in OPERATORS:
        raise BadOperatorState(field="operator", problem=_unknown("operator", operator, OPERATORS))
    if state not in OPERATOR_STATES:
        raise BadOperatorState(field="state", problem=_unknown("state", state, OPERATOR_STATES))
    was = row.operators.get(operator, {}).get("state", "active")
    row.operators[operator] = {"state": state, "since": (since or now.date()).isoformat()}
    row.save(update_fields=["operators"])
    detail = {"operator": operator, "was": was, "state": state, "reason": reason.strip()[:300]}
    write(caller, row, "operator_state", now, **detail)
    touch(row)
    return row


def _unknown(what: str, value: str, known: Any) -> str:
    return f"There is no {what} “{value[:40]}”. Known: {', '.join(known)}."
