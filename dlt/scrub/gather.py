"""Find the facts of one message: the records it rests on, then what only some messages need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import Account
from dlt.contacts import Contact, What
from dlt.matcher import Mismatch
from dlt.models import Consent, ContentTemplate, Cta, DltSettings, DndNumber
from dlt.scrub.facts import Facts, facts_of
from dlt.scrub.records import Asked, Records, load
from dlt.scrub.unnamed import others_that_fit, template_of
from dlt.scrub.whitelist import keys_of

Check = DltSettings.Check


def gather(account: Account, asked: Asked) -> Facts:
    """Return everything the stages need: four statements for a service message without links."""
    known: list[ContentTemplate] = []
    if not asked.template_id:
        found = template_of(account, asked)
        if found:
            known, asked = [found], replace(asked, template_id=found.template_id)
    records = load(account, [asked], known)
    facts = facts_of(records, asked)
    _whitelist(facts, records)
    _receiver(facts)
    if isinstance(facts.result, Mismatch):
        facts.others = others_that_fit(account, asked)
    return facts


def gather_many(account: Account, messages: Sequence[Asked]) -> list[Facts]:
    """Return what stages 1 to 6 and 8 need, in the same few statements for all messages together."""
    records = load(account, messages)
    return [facts_of(records, asked) for asked in messages]


def _whitelist(facts: Facts, records: Records) -> None:
    """Read the entity's links and numbers that could fit, when the text has any."""
    if facts.entity is None or records.settings.cta_check == Check.OFF or not facts.contacts:
        return
    rows = Cta.objects.for_account(records.account).filter(entity=facts.entity)
    facts.ctas = list(rows.filter(reduce(or_, map(_near, facts.contacts))).order_by("pk"))
    facts.has_whitelist = any(row.is_sendable for row in facts.ctas) or rows.sendable().exists()


def _near(contact: Contact) -> Q:
    near = Q()
    for key in keys_of(contact):
        near |= Q(compared__startswith=key) if contact.what is What.LINK else Q(compared=key)
    return near


def _receiver(facts: Facts) -> None:
    """Read the receiver's preference and consents, when the category asks for them."""
    account, template = facts.records.account, facts.template
    if template is None or not facts.needs_receiver:
        return
    if facts.settings.dnd_check != Check.OFF:
        rows = DndNumber.objects.for_account(account).filter(number=facts.asked.number)
        facts.dnd = rows.values_list("categories", flat=True).first()
    own = Q(consent_template=None) | Q(consent_template=template.consent_template_id)
    consents = Consent.objects.for_account(account).filter(
        own, entity=template.entity_id, number=facts.asked.number
    )
    facts.consents = list(consents.order_by("-given", "-pk"))
