"""Everything the stages need to know of one message. They read it and ask nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dlt.contacts import Contact, contacts_in
from dlt.matcher import Match, Mismatch, Template, check, normalise
from dlt.models import Category, Consent, ContentTemplate, Cta, DltSettings, Header, PrincipalEntity
from dlt.rules import compile_row
from dlt.scrub.records import Asked, ChainRow, Records


@dataclass
class Facts:
    """One message and what the registries hold of it.

    ``ctas``, ``dnd`` and ``consents`` are what was found of links and of the receiver: empty when nobody
    had to look.
    """

    asked: Asked
    settings: DltSettings
    records: Records
    template: ContentTemplate | None
    entity: PrincipalEntity | None
    header: Header | None
    linked: Sequence[Header] = ()
    chains: Sequence[ChainRow] = ()
    ctas: Sequence[Cta] = ()
    has_whitelist: bool = False
    dnd: str | None = None  # blocked categories, "" for all; None: not on the list
    consents: Sequence[Consent] = ()
    others: Sequence[ContentTemplate] = ()  # templates that fit a text that is not that of its own

    @property
    def category(self) -> str:
        return self.template.category if self.template else ""

    @property
    def is_promotional(self) -> bool:
        return self.category == Category.PROMOTIONAL

    @property
    def needs_receiver(self) -> bool:
        """Whether the receiver's preference and consent count (dlt.md 3.1)."""
        return self.category in {Category.PROMOTIONAL, Category.SERVICE_EXPLICIT}

    @cached_property
    def compiled(self) -> Template | None:
        return compile_row(self.template, self.records.rules) if self.template else None

    @cached_property
    def result(self) -> Match | Mismatch | None:
        """The comparison with the template's text; None without a template."""
        return check(self.compiled, self.asked.body) if self.compiled else None

    @cached_property
    def contacts(self) -> list[Contact]:
        """Links, numbers and addresses in the text, each with the kind of place it stands in."""
        if len(self.asked.body) > self.records.rules.account.body:  # refused before anybody looks
            return []
        values = self.result.variables if self.result else ()
        return contacts_in(normalise(self.asked.body), values)


def facts_of(records: Records, asked: Asked) -> Facts:
    """Resolve what a message names; what it does not name follows from its template."""
    template = records.templates.get(asked.template_id)
    entity = records.entities.get(asked.pe_id) if asked.pe_id else None
    if not asked.pe_id:
        alone = next(iter(records.entities.values()), None) if len(records.entities) == 1 else None
        entity = template.entity if template else alone
    header = records.header_of(asked, template)
    return Facts(
        asked=asked,
        settings=records.settings,
        records=records,
        template=template,
        entity=entity,
        header=header,
        linked=records.linked.get(template.pk, ()) if template else (),
        chains=records.chains.get(entity.pk, ()) if entity else (),
    )
