"""What must be there before a record may wait for approval."""

from __future__ import annotations

from dlt.models import ContentTemplate, Record
from dlt.services.fields import require
from dlt.services.template_draft import TemplateDraft


def require_complete(row: Record) -> None:
    """Refuse to submit a draft that lacks its text, its headers or the portal's id.

    Raises BadId, TextMissing, NoFixedText, HeadersMissing, BadVariable.
    """
    if not isinstance(row, ContentTemplate):
        return
    draft = TemplateDraft(
        pe_id=row.entity.pe_id,
        template_id=row.template_id,
        name=row.name,
        text=row.text,
        headers=list(row.headers.values_list("value", flat=True)),
        category=row.category,
        content_type=row.content_type,
        variables=row.variables,
        limit=row.limit,
    )
    require(draft.problems())
