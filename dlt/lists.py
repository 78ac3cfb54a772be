"""Lists of records: searched, narrowed, sorted. Every query starts from the account.

Made for 100,000 templates: no join multiplies rows, so nothing needs DISTINCT, and the first page of an
unsorted list is read from an index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from accounts.models import Account
from dlt.models import (
    ChainLink,
    ConsentTemplate,
    ContentTemplate,
    Header,
    PrincipalEntity,
    Telemarketer,
)
from dlt.operators import OPERATORS
from dlt.registry import KINDS, rows_of

SHORTEST_ID: Final = 12
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
Rows = QuerySet[Any]


def _templates(account: Account, q: str) -> Q:
    headers = Header.objects.for_account(account).filter(value__icontains=q).values("pk")
    linked = ContentTemplate.headers.through.objects.filter(header__in=headers)
    return (
        Q(name__icontains=q)
        | Q(template_id__contains=q)
        | Q(text__icontains=q)
        | Q(pk__in=linked.values("contenttemplate_id"))
    )


def _chains(account: Account, q: str) -> Q:
    rows = Telemarketer.objects.for_account(account)
    found = rows.filter(Q(name__icontains=q) | Q(tm_id__contains=q)).values("pk")
    linked = ChainLink.objects.filter(telemarketer__in=found).values("chain_id")
    return Q(hash__startswith=q.lower()) | _entity(account, q) | Q(pk__in=linked)


def _entity(account: Account, q: str) -> Q:
    del account  # the rows searched are the account's already
    return Q(entity__name__icontains=q) | Q(entity__pe_id__contains=q)


_SEARCHED: Final[dict[str, Callable[[Account, str], Q]]] = {
    "entity": lambda _, q: Q(name__icontains=q) | Q(pe_id__contains=q),
    "telemarketer": lambda _, q: Q(name__icontains=q) | Q(tm_id__contains=q),
    "header": lambda account, q: (
        Q(value__icontains=q) | Q(header_id__contains=q) | _entity(account, q)
    ),
    "template": _templates,
    "chain": _chains,
    "cta": lambda account, q: (
        Q(value__icontains=q) | Q(compared__icontains=q) | _entity(account, q)
    ),
    "consent": lambda _, q: (
        Q(name__icontains=q)
        | Q(consent_id__contains=q)
        | Q(brand__icontains=q)
        | Q(text__icontains=q)
    ),
}
# The column of the portal's own id, whose first digits name the operator.
REGISTRY_IDS: Final = {
    "entity": "pe_id",
    "telemarketer": "tm_id",
    "header": "header_id",
    "template": "template_id",
    "consent": "consent_id",
}
# What a list may be narrowed by, next to ``q``.
FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "entity": ("state", "operator"),
    "telemarketer": ("state", "role", "operator"),
    "header": ("state", "kind", "category", "entity", "operator"),
    "template": ("state", "category", "content_type", "entity", "header", "operator"),
    "chain": ("state", "entity"),
    "cta": ("state", "kind", "entity"),
    "consent": ("state", "entity", "operator"),
}
_COLUMNS: Final = {"entity": "entity__pe_id"}
SORTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "entity": {"name": ("name", "pk"), "newest": ("-pk",)},
    "telemarketer": {"name": ("name", "pk"), "newest": ("-pk",)},
    "header": {"name": ("value", "pk"), "newest": ("-pk",), "used": ("-last_used", "-pk")},
    "template": {"newest": ("-pk",), "name": ("name", "pk"), "used": ("-last_used", "-pk")},
    "chain": {"newest": ("-pk",)},
    "cta": {"newest": ("-pk",), "name": ("compared", "pk")},
    "consent": {"newest": ("-pk",), "name": ("name", "pk")},
}
_LINKED: Final[dict[str, tuple[str, ...]]] = {
    "template": ("headers",),
    "consent": ("headers",),
    "chain": ("links__telemarketer",),
}


def find(
    account: Account,
    kind: str,
    *,
    q: str = "",
    sort: str = "",
    chosen: Mapping[str, str] | None = None,
) -> Rows:
    """Return the account's records of one kind, narrowed by what was chosen; unknown choices fit none."""
    rows = rows_of(account, kind)
    if q:
        rows = rows.filter(_SEARCHED[kind](account, q))
    for name in FILTERS[kind]:
        value = (chosen or {}).get(name, "")
        if value:
            rows = _narrowed(account, rows, kind, name, value)
    sorts = SORTS[kind]
    order = sorts.get(sort) or next(iter(sorts.values()))
    return rows.prefetch_related(*_LINKED.get(kind, ())).order_by(*order)


def _narrowed(account: Account, rows: Rows, kind: str, name: str, value: str) -> Rows:
    if name == "operator":
        prefix = OPERATORS[value].prefix if value in OPERATORS else "-"
        return rows.filter(**{f"{REGISTRY_IDS[kind]}__startswith": prefix})
    if name == "header":
        named = Header.objects.for_account(account).filter(value=value).values("pk")
        linked = ContentTemplate.headers.through.objects.filter(header__in=named)
        return rows.filter(pk__in=linked.values("contenttemplate_id"))
    if name == "category" and kind == "header":
        return rows.filter(category_digit=value)
    return rows.filter(**{_COLUMNS.get(name, name): value})


def find_record(account: Account, kind: str, key: str) -> Any:
    """Return a record by our id, or by the registry's: an id of 12 digits and more, or a chain's hash."""
    rows = rows_of(account, kind).select_related("account")
    rows = rows.prefetch_related(*_LINKED.get(kind, ()))
    if kind == "chain" and _HASH.fullmatch(key.lower()):
        return rows.filter(hash=key.lower()).first()
    if len(key) >= SHORTEST_ID and kind in REGISTRY_IDS:
        return rows.filter(**{REGISTRY_IDS[kind]: key}).order_by("-pk").first()
    if not (key.isascii() and key.isdecimal() and len(key) < SHORTEST_ID):
        return None
    return rows.filter(pk=int(key)).first()


def sizes(account: Account) -> dict[str, int]:
    """Return how many records each registry has, by kind."""
    return {kind: rows_of(account, kind).count() for kind in KINDS}


def templates_per_header(account: Account, headers: list[int]) -> dict[int, int]:
    """Return how many templates each of these headers may send."""
    links = ContentTemplate.headers.through.objects.filter(
        header_id__in=headers, header__account=account
    )
    return dict(links.values_list("header_id").annotate(Count("pk")).order_by("header_id"))


def records_per_entity(account: Account, entities: list[int]) -> dict[int, dict[str, int]]:
    """Return how many headers and templates each of these entities has. Two queries."""
    counts: dict[int, dict[str, int]] = {pk: {"headers": 0, "templates": 0} for pk in entities}
    for name, model in (("headers", Header), ("templates", ContentTemplate)):
        rows = model._default_manager.filter(account=account, entity_id__in=entities)  # noqa: SLF001
        for pk, count in rows.values_list("entity_id").annotate(Count("pk")).order_by("entity_id"):
            counts[pk][name] = count
    return counts


def entities_of(account: Account) -> QuerySet[PrincipalEntity]:
    """Return the account's entities by name."""
    return PrincipalEntity.objects.for_account(account).order_by("name", "pk")


def consents_of(account: Account) -> QuerySet[ConsentTemplate]:
    """Return the account's consent templates by name."""
    rows = ConsentTemplate.objects.for_account(account).select_related("entity")
    return rows.order_by("name", "pk")
