"""Stage 4, header: is the sender registered, usable today, and of the right kind?"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from dlt.models import SUSPENDED, Category, Header, RecordState
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, found, not_applicable, passed

# Headers end with their day in India, wherever the account is.
INDIA: Final = ZoneInfo("Asia/Kolkata")
CODES: Final = {
    **dict.fromkeys(sorted(SUSPENDED), "dlt.header_suspended"),
    RecordState.EXPIRED.value: "dlt.header_expired",
    RecordState.INACTIVE.value: "dlt.header_inactive",
    RecordState.BLACKLISTED.value: "dlt.header_blacklisted",
}
_SERVICE: Final = frozenset({Category.TRANSACTIONAL, Category.SERVICE_IMPLICIT})
_KINDS: Final = {
    Header.Kind.OTHER: "a service and transactional header",
    Header.Kind.PROMOTIONAL: "a promotional header",
    Header.Kind.GOVERNMENT: "a government header",
}


def judge(facts: Facts) -> Outcome:
    """Look the header up, compare it with the template's entity and category."""
    header, value = facts.header, facts.asked.header
    if header is None and not value:
        return _none_named(facts)
    if header is None:
        return found(_unknown(facts, value))
    fault = _halted(facts, header) or _of_another(facts, header) or _wrong_kind(facts, header)
    return found(fault) if fault else passed(f"Sender ID {header.value} is approved.")


def _none_named(facts: Facts) -> Outcome:
    if facts.template is None:
        return not_applicable("The Sender ID follows from the template, which is not known.")
    told = (
        "Indian numbers need a Sender ID that the template is linked to. Link one to the template."
    )
    return found(Finding("dlt.header_missing", told))


def _unknown(facts: Facts, value: str) -> Finding:
    alike = facts.records.headers.get(value.lower(), []) + list(facts.linked)
    other = next((row.value for row in alike if row.value.lower() == value.lower()), "")
    if other:
        told = f"Sender IDs are case-sensitive: “{other}” is registered, “{value}” is not."
        return Finding("dlt.header_case", told, {"registered": other})
    return Finding(
        "dlt.header_unknown",
        f"Sender ID “{value}” is not in this account's registry. Submit it under DLT registry.",
    )


def _halted(facts: Facts, header: Header) -> Finding | None:
    if not header.is_sendable:
        code = CODES.get(header.state, "dlt.header_not_approved")
        told = f"Sender ID {header.value} is {_lower(header.state_label)}."
        return Finding(code, told, {"state": header.state})
    today = facts.asked.at.astimezone(INDIA).date()
    if header.valid_until and header.valid_until < today:
        until = f"{header.valid_until.day} {header.valid_until:%B %Y}"
        told = f"Sender ID {header.value} was valid until {until}. Renew it on the portal."
        return Finding("dlt.header_expired", told, {"valid_until": header.valid_until.isoformat()})
    return None


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _of_another(facts: Facts, header: Header) -> Finding | None:
    if not facts.asked.header or facts.entity is None or header.entity_id == facts.entity.pk:
        return None
    told = f"Sender ID {header.value} belongs to another entity than {facts.entity.pe_id}."
    return Finding("dlt.header_other_entity", told)


def _wrong_kind(facts: Facts, header: Header) -> Finding | None:
    category = facts.category
    if not category or _fits(header.kind, category):
        return None
    label = Category(category).label.lower()
    told = (
        f"Sender ID {header.value} is {_KINDS[Header.Kind(header.kind)]}, and the template is {label}."
        " Choose a Sender ID of the template's kind."
    )
    return Finding("dlt.header_kind", told, {"kind": header.kind, "category": category})


def _fits(kind: str, category: str) -> bool:
    if kind == Header.Kind.GOVERNMENT or category == Category.GOVERNMENT:
        return kind == Header.Kind.GOVERNMENT and category == Category.GOVERNMENT
    if kind == Header.Kind.PROMOTIONAL:
        return category not in _SERVICE
    return category != Category.PROMOTIONAL
