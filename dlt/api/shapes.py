"""How registry records look in the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from accounts.models import AuditEvent
from core.times import rfc3339
from dlt.models import (
    Chain,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    DltSettings,
    Header,
    PrincipalEntity,
    Record,
    Telemarketer,
)
from dlt.rules import Rules, compile_row
from dlt.transitions import verbs_from

Shape = dict[str, Any]


def entity_shape(row: PrincipalEntity, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "pe_id": row.pe_id,
        "name": row.name,
        **_common(row),
        "created": rfc3339(row.created),
    }


def telemarketer_shape(row: Telemarketer, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "tm_id": row.tm_id,
        "name": row.name,
        "role": row.role,
        **_common(row),
    }


def chain_shape(row: Chain, rules: Rules | None = None) -> Shape:
    links = sorted(row.links.all(), key=lambda link: link.position)
    return {
        "id": str(row.pk),
        "hash": row.hash,
        "entity": row.entity.pe_id,
        "telemarketers": [link.telemarketer.tm_id for link in links],
        **_common(row),
    }


def header_shape(row: Header, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "value": row.value,
        "kind": row.kind,
        "category_digit": row.category_digit,
        "header_id": row.header_id,
        "entity": row.entity.pe_id,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        **_common(row),
        "last_used": rfc3339(row.last_used) if row.last_used else None,
        "created": rfc3339(row.created),
    }


def cta_shape(row: Cta, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "value": row.value,
        "compared": row.compared,
        "entity": row.entity.pe_id,
        **_common(row),
    }


def consent_shape(row: ConsentTemplate, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "consent_id": row.consent_id,
        "name": row.name,
        "brand": row.brand,
        "text": row.text,
        "entity": row.entity.pe_id,
        "headers": sorted(header.value for header in row.headers.all()),
        **_common(row),
    }


def template_shape(row: ContentTemplate, rules: Rules | None = None) -> Shape:
    return {
        "id": str(row.pk),
        "template_id": row.template_id,
        "name": row.name,
        "category": row.category,
        "content_type": row.content_type,
        "text": row.text,
        **_common(row),
        "entity": row.entity.pe_id,
        "headers": sorted(header.value for header in row.headers.all()),
        "variables": _variables(row, rules or Rules()),
        "limit": row.limit,
        "operators": row.operators,
        "last_used": rfc3339(row.last_used) if row.last_used else None,
    }


def _variables(row: ContentTemplate, rules: Rules) -> list[Shape]:
    compiled = compile_row(row, rules)
    return [
        {
            "index": hole.index,
            "tag": hole.tag.value,
            "limit": longest,
            **_said_of(row.variables, hole.index),
        }
        for hole, longest in zip(compiled.placeholders, compiled.longest, strict=True)
    ]


def _said_of(variables: list[Shape], index: int) -> Shape:
    said = variables[index - 1] if index <= len(variables) else {}
    return {key: said[key] for key in ("name", "sample") if said.get(key)}


def _common(row: Record) -> Shape:
    """Return what every record has: its state, who put it in, who decided."""
    return {
        "state": row.state,
        "reason": row.reason,
        "source": row.source,
        "maker": row.maker,
        "submitted": rfc3339(row.submitted),
        "decider": row.decider,
        "decided": rfc3339(row.decided) if row.decided else None,
    }


SHAPES: Final[dict[str, Callable[..., Shape]]] = {
    "entity": entity_shape,
    "header": header_shape,
    "template": template_shape,
    "telemarketer": telemarketer_shape,
    "chain": chain_shape,
    "cta": cta_shape,
    "consent": consent_shape,
}


def whole_shape(row: Record, rules: Rules) -> Shape:
    """Return a record with what may be done to it."""
    shape = SHAPES[row.record_kind](row, rules)
    shape["verbs"] = [verb.name for verb in verbs_from(row.record_kind, row.state)]
    if isinstance(row, ContentTemplate):
        shape |= _versions(row)
    return shape


def _versions(row: ContentTemplate) -> Shape:
    after = row.successors.order_by("pk").values_list("template_id", flat=True)
    return {
        "consent": row.consent_template.consent_id if row.consent_template else None,
        "supersedes": row.supersedes.template_id if row.supersedes else None,
        "successors": list(after),
    }


def event_shape(event: AuditEvent) -> Shape:
    return {
        "at": rfc3339(event.at),
        "actor": event.actor,
        "action": event.action,
        "detail": event.detail,
    }


def settings_shape(row: DltSettings) -> Shape:
    return {
        "limits": row.limits,
        "profiles": row.profiles,
        "chain_check": row.chain_check,
        "cta_check": row.cta_check,
        "dnd_check": row.dnd_check,
        "consent_check": row.consent_check,
        "promo_from": row.promo_from.isoformat("minutes"),
        "promo_to": row.promo_to.isoformat("minutes"),
        "promo_zone": row.promo_zone,
        "explicit_in_window": row.explicit_in_window,
        "government_in_window": row.government_in_window,
        "sla_hours": row.sla_hours,
        "idle_days": row.idle_days,
    }
