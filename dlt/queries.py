"""What is in the registries, as pages and the API list it. Every query starts from the account."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.models import Account
from dlt.models import ContentTemplate, Header, PrincipalEntity
from dlt.registry import KINDS, rows_of

SHORTEST_ID = 12


def count_waiting(account: Account) -> int:
    """Return how many records of any kind wait for a decision. One query."""
    first, *rest = (rows_of(account, kind).filter(state="pending").values("pk") for kind in KINDS)
    return first.union(*rest, all=True).count()


def find_templates(
    account: Account, *, q: str = "", state: str = "", category: str = "", entity: str = ""
) -> QuerySet[ContentTemplate]:
    """Return the account's templates, newest first, narrowed by what was chosen."""
    rows = ContentTemplate.objects.for_account(account).select_related("entity")
    if q:
        rows = rows.filter(
            Q(name__icontains=q)
            | Q(template_id__contains=q)
            | Q(text__icontains=q)
            | Q(headers__value__icontains=q)
        ).distinct()
    if state:
        rows = rows.filter(state=state)
    if category:
        rows = rows.filter(category=category)
    if entity:
        rows = rows.filter(entity__pe_id=entity)
    return rows.prefetch_related("headers").order_by("-submitted", "-pk")


def find_headers(
    account: Account, *, q: str = "", state: str = "", kind: str = "", entity: str = ""
) -> QuerySet[Header]:
    """Return the account's headers by name, narrowed by what was chosen."""
    rows = Header.objects.for_account(account).select_related("entity")
    if q:
        rows = rows.filter(Q(value__icontains=q) | Q(entity__name__icontains=q))
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if entity:
        rows = rows.filter(entity__pe_id=entity)
    return rows.order_by("value", "pk")


def find_entities(account: Account, *, q: str = "", state: str = "") -> QuerySet[PrincipalEntity]:
    """Return the account's entities by name, narrowed by what was chosen."""
    rows = PrincipalEntity.objects.for_account(account)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(pe_id__contains=q))
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("name", "pk")


def templates_per_header(account: Account) -> dict[int, int]:
    """Return how many templates each header may send."""
    rows = Header.objects.for_account(account).annotate(used=Count("templates"))
    return dict(rows.values_list("pk", "used"))


def records_per_entity(account: Account) -> dict[int, dict[str, int]]:
    """Return how many headers and templates each entity has."""
    rows = PrincipalEntity.objects.for_account(account).annotate(
        header_count=Count("headers", distinct=True),
        template_count=Count("templates", distinct=True),
    )
    counted = rows.values("pk", "header_count", "template_count")
    return {
        row["pk"]: {"headers": row["header_count"], "templates": row["template_count"]}
        for row in counted
    }


def sizes(account: Account) -> dict[str, int]:
    """Return how many records each registry has."""
    return {
        "templates": ContentTemplate.objects.for_account(account).count(),
        "headers": Header.objects.for_account(account).count(),
        "entities": PrincipalEntity.objects.for_account(account).count(),
    }


def find_template(account: Account, key: str) -> ContentTemplate | None:
    """Return a template by the operators' ID (12 digits and more) or by ours."""
    rows = ContentTemplate.objects.for_account(account).select_related("entity")
    if len(key) >= SHORTEST_ID:
        return rows.filter(template_id=key).first()
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() else None
