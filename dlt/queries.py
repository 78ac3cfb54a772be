"""What pages and the API ask of the registries beside their lists. Every query starts from the account."""

from __future__ import annotations

from accounts.models import Account
from dlt.models import ContentTemplate
from dlt.registry import KINDS, rows_of

SHORTEST_ID = 12


def count_waiting(account: Account) -> int:
    """Return how many records of any kind wait for a decision. One query."""
    first, *rest = (rows_of(account, kind).filter(state="pending").values("pk") for kind in KINDS)
    return first.union(*rest, all=True).count()


def find_template(account: Account, key: str) -> ContentTemplate | None:
    """Return a template by the operators' ID (12 digits and more) or by ours."""
    rows = ContentTemplate.objects.for_account(account).select_related("entity")
    if len(key) >= SHORTEST_ID:
        return rows.filter(template_id=key).first()
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() else None
