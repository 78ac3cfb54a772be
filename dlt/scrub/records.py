"""The records that messages rest on, read in as few statements as can be: four when all is in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from accounts.models import Account
from dlt.models import Chain, ContentTemplate, DltSettings, Header, PrincipalEntity
from dlt.rules import Rules, rules_in


@dataclass(frozen=True, slots=True)
class Asked:
    """One message as somebody wants to send it; ``number`` is E.164."""

    number: str
    body: str
    at: datetime
    header: str = ""
    template_id: str = ""
    pe_id: str = ""
    traffic_type: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One telemarketer of a chain, in the order in which messages pass."""

    tm_id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    hash: str
    state: str
    links: tuple[Link, ...]


@dataclass(slots=True)
class Records:
    """What the registries hold of some messages of one account."""

    account: Account
    settings: DltSettings
    rules: Rules
    templates: dict[str, ContentTemplate] = field(default_factory=dict)
    linked: dict[int, list[Header]] = field(default_factory=dict)
    entities: dict[str, PrincipalEntity] = field(default_factory=dict)
    headers: dict[str, list[Header]] = field(default_factory=dict)  # by value in lower case
    chains: dict[int, list[ChainRow]] = field(default_factory=dict)

    def header_of(self, asked: Asked, template: ContentTemplate | None) -> Header | None:
        """Return the header a message names: rather one that its template is linked to."""
        linked = self.linked.get(template.pk, []) if template else []
        if not asked.header:
            return next((row for row in linked if row.is_sendable), linked[0] if linked else None)
        rows = [*linked, *self.headers.get(asked.header.lower(), [])]
        return next((row for row in rows if row.value == asked.header), None)


def load(
    account: Account, messages: Sequence[Asked], known: Sequence[ContentTemplate] = ()
) -> Records:
    """Read what the messages rest on. ``known``: templates that were found by their text."""
    chosen = DltSettings.objects.filter(pk=account.pk).first()
    settings = chosen or DltSettings(account=account)
    records = Records(account, settings, rules_in(chosen) if chosen else Rules())
    records.templates = _templates(account, messages, known)
    records.linked = _linked(records.templates.values())
    records.entities = _entities(account, messages, records)
    records.headers = _other_headers(account, messages, records)
    if settings.chain_check != DltSettings.Check.OFF:
        records.chains = _chains(account, records)
    return records


def _templates(
    account: Account, messages: Sequence[Asked], known: Sequence[ContentTemplate]
) -> dict[str, ContentTemplate]:
    found = {row.template_id: row for row in known}
    wanted = {asked.template_id for asked in messages} - found.keys() - {""}
    if wanted:
        rows = ContentTemplate.objects.for_account(account).filter(template_id__in=wanted)
        found |= {row.template_id: row for row in rows.select_related("entity")}
    return found


def _linked(templates: Iterable[ContentTemplate]) -> dict[int, list[Header]]:
    through = ContentTemplate.headers.through
    rows = through._default_manager.filter(contenttemplate__in=list(templates))  # noqa: SLF001 -- Django's name
    found: dict[int, list[Header]] = defaultdict(list)
    for row in rows.select_related("header").order_by("header_id"):
        found[row.contenttemplate_id].append(row.header)
    return found


def _entities(
    account: Account, messages: Sequence[Asked], records: Records
) -> dict[str, PrincipalEntity]:
    found = {row.entity.pe_id: row.entity for row in records.templates.values()}
    wanted = {asked.pe_id for asked in messages} - found.keys() - {""}
    rows = PrincipalEntity.objects.for_account(account)
    if wanted:
        found |= {row.pe_id: row for row in rows.filter(pe_id__in=wanted)}
    if not found:
        alone = list(rows.order_by("pk")[:2])
        found = {row.pe_id: row for row in alone} if len(alone) == 1 else {}
    return found


def _other_headers(
    account: Account, messages: Sequence[Asked], records: Records
) -> dict[str, list[Header]]:
    """Return headers that are named and not linked to the message's template, however written."""
    linked = {row.value for rows in records.linked.values() for row in rows}
    wanted = {asked.header for asked in messages} - linked - {""}
    if not wanted:
        return {}
    alike = Q()
    for value in wanted:
        alike |= Q(value__iexact=value)
    found: dict[str, list[Header]] = defaultdict(list)
    for row in (
        Header.objects.for_account(account).filter(alike).select_related("entity").order_by("pk")
    ):
        found[row.value.lower()].append(row)
    return found


def _chains(account: Account, records: Records) -> dict[int, list[ChainRow]]:
    """Return each entity's chains; one without telemarketers has none in its list."""
    entities = [row.pk for row in records.entities.values()]
    if not entities:
        return {}
    rows = Chain.objects.for_account(account).filter(entity__in=entities)
    links: dict[tuple[int, int, str, str], list[Link]] = {}
    for pk, entity, digest, state, tm_id, name, tm_state in rows.order_by(
        "pk", "links__position"
    ).values_list(
        "pk", "entity_id", "hash", "state",
        "links__telemarketer__tm_id", "links__telemarketer__name", "links__telemarketer__state",
    ):  # fmt: skip
        own = links.setdefault((pk, entity, digest, state), [])
        if tm_id is not None:
            own.append(Link(tm_id, name, tm_state))
    found: dict[int, list[ChainRow]] = defaultdict(list)
    for (_, entity, digest, state), own in links.items():
        found[entity].append(ChainRow(digest, state, tuple(own)))
    return found
