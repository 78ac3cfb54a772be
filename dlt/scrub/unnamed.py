"""Which template a text is when a message names none, or the wrong one."""

from __future__ import annotations

from accounts.models import Account
from dlt.finder.accounts import matching_templates
from dlt.models import ContentTemplate
from dlt.scrub.records import Asked


def template_of(account: Account, asked: Asked) -> ContentTemplate | None:
    """Return the only approved template a text fits; a named header settles a choice between several."""
    fits = matching_templates(account, asked.body)
    if len(fits) > 1 and asked.header:
        fits = [row for row in fits if any(h.value == asked.header for h in row.headers.all())]
    return fits[0] if len(fits) == 1 else None


def others_that_fit(account: Account, asked: Asked) -> list[ContentTemplate]:
    """Return approved templates that a text fits although it names another: often just the wrong id."""
    return matching_templates(account, asked.body, limit=3)
