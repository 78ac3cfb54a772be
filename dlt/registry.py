"""The registries by name: one place that knows which kinds of records there are."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from accounts.models import Account
from core.errors import NotFound
from dlt.models import (
    Chain,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    Header,
    PrincipalEntity,
    Record,
    Telemarketer,
)

MODELS: Final[dict[str, type[Record]]] = {
    model.record_kind: model
    for model in (
        PrincipalEntity,
        Header,
        ContentTemplate,
        Telemarketer,
        Chain,
        Cta,
        ConsentTemplate,
    )
}
KINDS: Final = tuple(MODELS)
LABELS: Final = {
    "entity": "Entity",
    "header": "Header",
    "template": "Template",
    "telemarketer": "Telemarketer",
    "chain": "Chain",
    "cta": "Link or number",
    "consent": "Consent template",
}
# The same in addresses of pages and of the API.
PLURALS: Final = {
    "entity": "entities",
    "header": "headers",
    "template": "templates",
    "telemarketer": "telemarketers",
    "chain": "chains",
    "cta": "ctas",
    "consent": "consents",
}
# What more a record's own name needs than its row.
RELATED: Final[dict[str, tuple[str, ...]]] = {
    "entity": (),
    "telemarketer": (),
    "header": ("entity",),
    "template": ("entity",),
    "chain": ("entity",),
    "cta": ("entity",),
    "consent": ("entity",),
}


def all_rows(model: type[Record]) -> QuerySet[Any]:
    """Return every record of a model. Callers narrow it to an account."""
    rows: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001 -- how Django names it
    return rows


def rows_of(account: Account, kind: str) -> QuerySet[Any]:
    """Return the account's records of one kind."""
    return all_rows(MODELS[kind]).filter(account=account).select_related(*RELATED[kind])


def record_of(account: Account, kind: str, pk: int) -> Record:
    """Return one record of the account's; raises NotFound, also for an unknown kind."""
    if kind not in MODELS:
        raise NotFound(what="record")
    row: Record | None = rows_of(account, kind).select_related("account").filter(pk=pk).first()
    if row is None:
        raise NotFound(what=LABELS[kind].lower())
    return row
