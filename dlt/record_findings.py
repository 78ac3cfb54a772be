"""What to look at before deciding about records: the lint, with what the registry knows beside the text.

Facts are gathered for many records at once, so a queue takes as many queries as a single record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Lower

from accounts.models import Account
from dlt.chain_hash import chain_hash
from dlt.lint import (
    About,
    ConsentFact,
    CtaFact,
    HeaderFact,
    LintFinding,
    Twin,
    lint,
    samples_in,
)
from dlt.lint.records import lint_chain, lint_consent, lint_cta, lint_header, lint_id
from dlt.models import (
    Chain,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    EntityState,
    Header,
    PrincipalEntity,
    Record,
    RecordState,
    Telemarketer,
)
from dlt.rules import Rules, rules_of

_GONE = (RecordState.REJECTED, RecordState.RETIRED, RecordState.SUPERSEDED, RecordState.DRAFT)
# What the facts of a template need beside its row.
WITH_TEMPLATES = ("entity", "account", "consent_template", "supersedes")


def findings_of(row: Record) -> list[LintFinding]:
    """Return what to look at before deciding about one record."""
    return findings_of_many(row.account, [row])[row.record_kind, row.pk]


def findings_of_many(
    account: Account, rows: Sequence[Record]
) -> dict[tuple[str, int], list[LintFinding]]:
    """Return the findings of an account's records, by kind and pk. Queries do not grow with them."""
    facts = _gather(account, rows)
    return {(row.record_kind, row.pk): _findings(row, facts) for row in rows}


@dataclass(slots=True)
class _Facts:
    """What the registry knows, read once for all records asked about."""

    rules: Rules = field(default_factory=Rules)
    ctas: dict[int, list[CtaFact]] = field(default_factory=lambda: defaultdict(list))
    same: dict[str, list[ContentTemplate]] = field(default_factory=lambda: defaultdict(list))
    headers: dict[str, list[tuple[int, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def _gather(account: Account, rows: Sequence[Record]) -> _Facts:
    facts = _Facts()
    templates = [row for row in rows if isinstance(row, ContentTemplate)]
    headers = [row for row in rows if isinstance(row, Header)]
    if templates:
        facts.rules = rules_of(account)
        _gather_ctas(facts, account, {row.entity_id for row in templates})
        _gather_twins(facts, account, {row.text_sha256 for row in templates if row.text_sha256})
    if headers:
        _gather_headers(facts, account, {row.value.lower() for row in headers})
    return facts


def _gather_ctas(facts: _Facts, account: Account, entities: set[int]) -> None:
    rows = Cta.objects.for_account(account).sendable().filter(entity__in=entities)
    for entity, kind, value in rows.values_list("entity_id", "kind", "value"):
        facts.ctas[entity].append(CtaFact(kind, value))


def _gather_twins(facts: _Facts, account: Account, hashes: set[str]) -> None:
    rows = ContentTemplate.objects.for_account(account).filter(text_sha256__in=hashes)
    for row in rows.exclude(state__in=_GONE).order_by("pk"):
        facts.same[row.text_sha256].append(row)


def _gather_headers(facts: _Facts, account: Account, values: set[str]) -> None:
    rows = Header.objects.for_account(account).annotate(lower=Lower("value"))
    found = rows.filter(lower__in=values).order_by("pk").values_list("pk", "value", "entity__name")
    for pk, value, entity in found:
        facts.headers[value.lower()].append((pk, value, entity))


def _findings(row: Record, facts: _Facts) -> list[LintFinding]:
    if isinstance(row, ContentTemplate):
        return lint(row.text, row.category, row.content_type, _about(row, facts))
    if isinstance(row, Header):
        return _of_header(row, facts)
    if isinstance(row, Cta):
        return lint_cta(row.kind, row.value)
    if isinstance(row, ConsentTemplate):
        return lint_consent(row.text, brand=row.brand, consent_id=row.consent_id)
    if isinstance(row, Chain):
        return _of_chain(row)
    return lint_id(_registry_id(row))


def _registry_id(row: Record) -> str:
    if isinstance(row, PrincipalEntity):
        return row.pe_id
    return row.tm_id if isinstance(row, Telemarketer) else ""


def _about(row: ContentTemplate, facts: _Facts) -> About:
    variables: list[dict[str, Any]] = row.variables
    own = [variable.get("limit") or row.limit for variable in variables]
    if row.limit is not None:
        own += [row.limit] * (row.text.count("#") - len(own))
    return About(
        entity_name=row.entity.name,
        entity_state=_unless(row.entity.state == EntityState.ACTIVE, row.entity),
        headers=tuple(_header_fact(header) for header in row.headers.all()),
        ctas=tuple(facts.ctas[row.entity_id]),
        twins=tuple(_twins(row, facts.same[row.text_sha256])),
        consent_known=True,
        consent=_consent_fact(row),
        template_id=row.template_id,
        samples=samples_in(variables),
        tags=tuple(str(variable.get("tag") or "") for variable in variables),
        longest=tuple(own),
        limits=facts.rules.limits_of(row.template_id),
        on=row.submitted.date(),
    )


def _unless(fine: bool, row: Record) -> str:  # noqa: FBT001 -- private
    return "" if fine else row.state_label.lower()


def _header_fact(row: Header) -> HeaderFact:
    promotional = row.kind == Header.Kind.PROMOTIONAL
    return HeaderFact(row.value, promotional, _unless(row.state == RecordState.APPROVED, row))


def _twins(row: ContentTemplate, same: Iterable[ContentTemplate]) -> list[Twin]:
    others = [other for other in same if other.pk not in (row.pk, row.supersedes_id)]
    return [Twin(o.template_id, o.name, o.entity_id == row.entity_id) for o in others]


def _consent_fact(row: ContentTemplate) -> ConsentFact | None:
    linked = row.consent_template
    if linked is None:
        return None
    fine = linked.state == RecordState.APPROVED
    return ConsentFact(linked.name, linked.entity_id == row.entity_id, _unless(fine, linked))


def _of_header(row: Header, facts: _Facts) -> list[LintFinding]:
    same = facts.headers[row.value.lower()]
    return lint_header(
        row.value,
        promotional=row.kind == Header.Kind.PROMOTIONAL,
        entity_name=row.entity.name,
        category_digit=row.category_digit,
        others=[(value, entity) for pk, value, entity in same if pk != row.pk],
    )


def _of_chain(row: Chain) -> list[LintFinding]:
    links = sorted(row.links.all(), key=lambda link: link.position)
    companies = [link.telemarketer for link in links]
    return lint_chain(
        hash_given=row.hash,
        hash_expected=chain_hash(row.entity.pe_id, [company.tm_id for company in companies]),
        links=[
            (company.name, company.role, _unless(company.state == EntityState.ACTIVE, company))
            for company in companies
        ],
    )
