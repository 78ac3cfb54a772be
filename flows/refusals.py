"""What the scrub would have against the records that messages name, whatever their text: asked of the scrub
itself, so that a flow is judged as its calls will be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils import timezone

from accounts.models import Account
from dlt.scrub import Asked, Verdict, gather_many
from dlt.scrub.facts import Facts
from dlt.scrub.stages import chain, header
from flows.message_issues import Named, Refusal

# Whoever is texted: these stages look at records alone.
_SOMEBODY: Final = "+919800000000"
_ASK: Final = "Ask an admin to look at the entity's chain under DLT registry."
_CHOOSE: Final = "Choose another Sender ID that is linked to the template."


def refusals_of(account: Account, messages: Iterable[Named]) -> Mapping[Named, tuple[Refusal, ...]]:
    """Return what refuses messages that name these records, in a few queries for all of them."""
    wanted = sorted(set(messages))
    if not wanted:
        return {}
    now = timezone.now()
    asked = [
        Asked(
            _SOMEBODY, "", now, header=named.header, template_id=named.template, pe_id=named.entity
        )
        for named in wanted
    ]
    found = zip(wanted, gather_many(account, asked), strict=True)
    return {named: refusals for named, facts in found if (refusals := tuple(_refusals(facts)))}


def _refusals(facts: Facts) -> Iterable[Refusal]:
    for judge, setting, fix in (
        (header.judge, "sender_id", _CHOOSE),
        (chain.judge, "dlt_entity_id", _ASK),
    ):
        for finding in judge(facts).findings:
            if finding.verdict is Verdict.REFUSED:
                yield Refusal(setting, finding.code, finding.message, fix)
