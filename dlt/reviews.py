"""What waits for a decision, as an admin sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from accounts.caller import Caller
from accounts.models import Role
from dlt.identifiers import warning_about as id_warning
from dlt.lint import LintFinding, lint
from dlt.models import (
    Category,
    ContentTemplate,
    EntityState,
    Header,
    PrincipalEntity,
    Record,
    RecordState,
)
from dlt.queries import same_text
from dlt.services.decisions import is_own, only_admin
from dlt.services.headers import warning_about as header_warning

LATE: Final = timedelta(days=3)
SOON: Final = timedelta(days=1)
SUFFIX: Final = {
    Category.PROMOTIONAL: "P",
    Category.TRANSACTIONAL: "T",
    Category.GOVERNMENT: "G",
}

REASONS: Final = (
    "The text differs from what the operator's portal shows.",
    "The template ID is not the one of this text on the portal.",
    "The category does not fit the text.",
    "The brand name is missing in the text.",
    "Too little of the text is fixed.",
    "A link or number in the text is not whitelisted.",
    "The header is not registered for this entity on the portal.",
    "This is registered already.",
)


@dataclass(frozen=True, slots=True)
class Review:
    """One submission in the queue."""

    kind: str
    row: Record
    submitted: datetime
    maker: str
    age: str  # "", "warn" or "bad"
    own: bool
    may_decide: bool
    findings: list[LintFinding] = field(default_factory=list)
    shown_as: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"


def handset_header(value: str, category: str) -> str:
    """Return a header as a handset shows it: operator and circle letters, header, suffix."""
    return f"XY-{value}-{SUFFIX.get(Category(category), 'S')}"


def findings_of(row: Record) -> list[LintFinding]:
    """Return what to look at before deciding about a record."""
    if isinstance(row, ContentTemplate):
        return list(_template_findings(row))
    warning = ""
    if isinstance(row, Header):
        warning = header_warning(row.value, row.kind)
    elif isinstance(row, PrincipalEntity):
        warning = id_warning(row.pe_id)
    return [LintFinding("warning", "unusual", warning)] if warning else []


def _template_findings(row: ContentTemplate) -> Iterator[LintFinding]:
    yield from lint(row.text, row.category, row.content_type)
    twin = same_text(row)
    if twin:
        sentence = f"Template {twin.template_id} “{twin.name}” has the very same text."
        yield LintFinding("warning", "same_text", sentence)
    for header in row.headers.all():
        if header.state != RecordState.APPROVED:
            state = header.get_state_display().lower()
            yield LintFinding("warning", "header_state", f"Header {header.value} is {state}.")
    if row.entity.state != EntityState.ACTIVE:
        state = row.entity.get_state_display().lower()
        yield LintFinding("warning", "entity_state", f"Entity {row.entity.name} is {state}.")
    unusual = id_warning(row.template_id)
    if unusual:
        yield LintFinding("warning", "unusual_id", unusual)


def waiting(caller: Caller, now: datetime) -> list[Review]:
    """Return what waits in the caller's account, longest first."""
    rows = _pending(caller)
    alone = only_admin(caller)
    reviews = [_review(caller, row, alone, now) for row in rows]
    return sorted(reviews, key=lambda review: review.submitted)


def _pending(caller: Caller) -> list[Record]:
    account = caller.account
    templates = ContentTemplate.objects.for_account(account).waiting()
    headers = Header.objects.for_account(account).filter(state=RecordState.PENDING)
    entities = PrincipalEntity.objects.for_account(account).filter(state=EntityState.PENDING)
    return [
        *templates.select_related("entity", "submitted_by", "account").prefetch_related("headers"),
        *headers.select_related("entity", "submitted_by"),
        *entities,
    ]


def _review(caller: Caller, row: Record, alone: bool, now: datetime) -> Review:  # noqa: FBT001 -- private, called once
    own = is_own(caller, row)
    waited = now - row.submitted
    age = "bad" if waited > LATE else "warn" if waited > SOON else ""
    return Review(
        kind=row.record_kind,
        row=row,
        submitted=row.submitted,
        maker=row.maker,
        age=age,
        own=own,
        may_decide=caller.may(Role.ADMIN) and (alone or not own),
        findings=findings_of(row),
        shown_as=_shown_as(row),
    )


def _shown_as(row: Record) -> str:
    if isinstance(row, ContentTemplate):
        first = row.headers.all()[:1]
        return handset_header(first[0].value, row.category) if first else ""
    if isinstance(row, Header):
        promotional = row.kind == Header.Kind.PROMOTIONAL
        category = Category.PROMOTIONAL if promotional else Category.SERVICE_IMPLICIT
        return handset_header(row.value, category)
    return ""
