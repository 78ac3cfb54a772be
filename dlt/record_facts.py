"""A record as it is registered, line by line, for whoever compares it with the portal."""

from __future__ import annotations

from dataclasses import dataclass

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
from dlt.operators import operator_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. ``mono``: letters and digits to compare one by one; ``copied``: it may be copied."""

    label: str
    value: str
    note: str = ""
    mono: bool = False
    copied: bool = False


def facts_of(row: Record) -> list[Fact]:
    """Return what is registered of a record, in the order in which portals show it."""
    match row:
        case ContentTemplate():
            facts = _of_template(row)
        case Header():
            facts = _of_header(row)
        case PrincipalEntity():
            facts = [Fact("Name", row.name), _id("Entity ID", row.pe_id)]
        case Telemarketer():
            role = Fact("Role", row.get_role_display())
            facts = [Fact("Name", row.name), _id("Telemarketer ID", row.tm_id), role]
        case Chain():
            facts = _of_chain(row)
        case Cta():
            facts = _of_cta(row)
        case ConsentTemplate():
            facts = _of_consent(row)
        case _:
            facts = []
    return facts


def _of_cta(row: Cta) -> list[Fact]:
    return [
        Fact("Link or number", row.value, mono=True, copied=True),
        Fact("Kind", row.get_kind_display()),
        Fact("Compared as", row.compared, mono=True),
        _entity(row.entity),
    ]


def _id(label: str, value: str) -> Fact:
    operator = operator_of(value)
    made = f"Made at {operator.name}" if operator else ""
    return Fact(label, value, made, mono=True, copied=True)


def _entity(entity: PrincipalEntity) -> Fact:
    return Fact("Entity", entity.name, entity.pe_id)


def _of_template(row: ContentTemplate) -> list[Fact]:
    linked = row.consent_template
    facts = [
        _id("Template ID", row.template_id),
        _entity(row.entity),
        Fact("Headers", ", ".join(header.value for header in row.headers.all()), mono=True),
        Fact("Category", row.get_category_display()),
        Fact("Content type", row.get_content_type_display()),
    ]
    if linked is not None:
        facts.append(Fact("Consent", linked.name, linked.consent_id))
    return facts


def _of_header(row: Header) -> list[Fact]:
    facts = [
        Fact("Header", row.value, mono=True, copied=True),
        Fact("Kind", row.get_kind_display()),
    ]
    if row.category_digit:
        facts.append(Fact("Preference category", row.category_digit))
    if row.header_id:
        facts.append(_id("Header ID", row.header_id))
    if row.valid_until:
        facts.append(Fact("Valid until", f"{row.valid_until:%d %b %Y}"))
    return [*facts, _entity(row.entity)]


def _of_chain(row: Chain) -> list[Fact]:
    links = sorted(row.links.all(), key=lambda link: link.position)
    steps = [
        Fact(f"{link.position}. telemarketer", link.telemarketer.name, link.telemarketer.tm_id)
        for link in links
    ]
    return [_entity(row.entity), *steps, Fact("Hash", row.hash, mono=True, copied=True)]


def _of_consent(row: ConsentTemplate) -> list[Fact]:
    headers = ", ".join(header.value for header in row.headers.all())
    return [
        Fact("Name", row.name),
        _id("Consent template ID", row.consent_id),
        Fact("Brand", row.brand),
        _entity(row.entity),
        Fact("Headers", headers or "none", mono=bool(headers)),
    ]
