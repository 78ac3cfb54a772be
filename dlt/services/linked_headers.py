"""Headers that a template names. Those of another entity are refused."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import DomainError
from dlt.models import Header, PrincipalEntity


class HeaderNotOfEntity(DomainError):
    code = "dlt.header_not_of_entity"
    message = "Entity {pe_id} has no header “{value}”. Headers are case-sensitive; submit it first."


def wanted_headers(values: Sequence[str]) -> list[str]:
    """Return header names as written, each once."""
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def headers_of(entity: PrincipalEntity, values: Sequence[str]) -> list[Header]:
    """Return the entity's headers with those names; raises HeaderNotOfEntity."""
    wanted = wanted_headers(values)
    if not wanted:
        return []
    rows = Header.objects.filter(entity=entity, value__in=wanted).order_by("value")
    # SQLite compares byte for byte here; other databases may not, so the case is checked once more.
    known = {row.value: row for row in rows}
    for value in wanted:
        if value not in known:
            raise HeaderNotOfEntity(field="headers", pe_id=entity.pe_id, value=value[:20])
    return [known[value] for value in wanted]
