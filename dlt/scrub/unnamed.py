"""Which template a text is when a message names none."""

from __future__ import annotations

from accounts.models import Account
from dlt.finder.accounts import matching_templates
from dlt.models import ContentTemplate


def template_of(account: Account, body: str) -> ContentTemplate | None:
    """Return the only approved template a text fits; None when there is none or a choice."""
    fits = matching_templates(account, body, limit=2)
    return fits[0] if len(fits) == 1 else None
