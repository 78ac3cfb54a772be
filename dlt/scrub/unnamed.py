"""Which template a text is when a message names none."""

from __future__ import annotations

from typing import Final

from accounts.models import Account
from dlt.matcher import matches
from dlt.models import ContentTemplate
from dlt.rules import compile_row, rules_of

TEMPLATES_TRIED: Final = 500


def template_of(account: Account, body: str) -> ContentTemplate | None:
    """Return the only approved template a text fits; None when there is none or a choice."""
    rows = ContentTemplate.objects.for_account(account).approved().select_related("entity")
    rules = rules_of(account)
    fits = [
        row
        for row in rows.order_by("pk")[:TEMPLATES_TRIED]
        if matches(compile_row(row, rules), body)
    ]
    return fits[0] if len(fits) == 1 else None
