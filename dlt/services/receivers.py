"""What single receivers decided: one number at a time, by hand or over the API; whole lists are imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError, NotFound
from core.phone_numbers import mask, parse_e164
from dlt.models import Consent, ConsentTemplate, DndNumber, Source
from dlt.services.entities import entity_of

# A digital consent is valid for a year: https://msg91.com/help/faq-dlt-consent-process
VALIDITY: Final = timedelta(days=365)
CATEGORIES: Final = "12345678"


class BadPreference(DomainError):
    code = "dlt.bad_preference"
    message = "“{value}” are no preference categories: they are digits from 1 to 8, or nothing."


class BadConsentTime(DomainError):
    code = "dlt.bad_consent_time"
    message = "A consent ends after it was given."


@dataclass(frozen=True, slots=True)
class Receiver:
    """What is known about one number."""

    number: str
    dnd: DndNumber | None
    consents: list[Consent]


def receiver_of(account: Account, number: str) -> Receiver:
    """Look a number up; raises the refusals of ``core.phone_numbers``."""
    e164 = parse_e164(number, account.region)
    dnd = DndNumber.objects.for_account(account).filter(number=e164).first()
    consents = Consent.objects.for_account(account).filter(number=e164)
    related = consents.select_related("entity", "consent_template").order_by("-given", "-pk")
    return Receiver(e164, dnd, list(related))


def preference(value: str) -> str:
    """Return blocked digits in order, empty for everything; raises BadPreference."""
    digits = value.replace(",", "").replace(" ", "")
    if digits in ("", "0"):
        return ""
    if not set(digits) <= set(CATEGORIES):
        raise BadPreference(field="categories", value=value[:20])
    return "".join(sorted(set(digits)))


@transaction.atomic
def block_number(
    *,
    caller: Caller,
    number: str,
    now: datetime,
    categories: str = "",
    source: str = Source.MANUAL,
) -> DndNumber:
    """Put a number on the do-not-disturb list, or change what it blocks.

    Raises NotAllowed, BadPreference and the refusals of ``core.phone_numbers``.
    """
    caller.require(Role.EDITOR, "change the do-not-disturb list")
    e164 = parse_e164(number, caller.account.region)
    blocked = preference(categories)
    row, _ = DndNumber.objects.update_or_create(
        account=caller.account,
        number=e164,
        defaults={"categories": blocked, "updated": now},
    )
    _note(caller, "receiver.blocked", e164, now, categories=blocked or "all", source=source)
    return row


@transaction.atomic
def unblock_number(
    *, caller: Caller, number: str, now: datetime, source: str = Source.MANUAL
) -> str:
    """Take a number off the do-not-disturb list; raises NotAllowed, NotFound."""
    caller.require(Role.EDITOR, "change the do-not-disturb list")
    e164 = parse_e164(number, caller.account.region)
    gone, _ = DndNumber.objects.for_account(caller.account).filter(number=e164).delete()
    if not gone:
        raise NotFound(what="number on the do-not-disturb list")
    _note(caller, "receiver.unblocked", e164, now, source=source)
    return e164


@transaction.atomic
def give_consent(
    *,
    caller: Caller,
    number: str,
    pe_id: str,
    now: datetime,
    consent_id: str = "",
    given: datetime | None = None,
    expires: datetime | None = None,
    source: str = Source.MANUAL,
) -> Consent:
    """Write a consent down, in place of an older one to the same purpose. It holds for a year.

    Raises NotAllowed, EntityUnknown, NotFound, BadConsentTime and the refusals of ``core.phone_numbers``.
    """
    caller.require(Role.EDITOR, "record consents")
    e164 = parse_e164(number, caller.account.region)
    entity = entity_of(caller.account, pe_id)
    template = None
    if consent_id:
        templates = ConsentTemplate.objects.filter(entity=entity, consent_id=consent_id)
        template = templates.first()
        if template is None:
            raise NotFound(what="consent template")
    since = given or now
    until = expires or since + VALIDITY
    if until <= since:
        raise BadConsentTime(field="expires")
    row, _ = Consent.objects.update_or_create(
        account=caller.account,
        entity=entity,
        number=e164,
        consent_template=template,
        defaults={"given": since, "expires": until, "revoked": None},
    )
    _note(caller, "receiver.consented", e164, now, entity=pe_id, source=source)
    return row


@transaction.atomic
def revoke_consent(
    *, caller: Caller, pk: int, now: datetime, source: str = Source.MANUAL
) -> Consent:
    """End a consent now; raises NotAllowed, NotFound."""
    caller.require(Role.EDITOR, "record consents")
    rows = Consent.objects.for_account(caller.account).select_related("entity", "consent_template")
    row = rows.filter(pk=pk, revoked=None).first()
    if row is None:
        raise NotFound(what="consent")
    row.revoked = now
    row.save(update_fields=["revoked"])
    _note(caller, "receiver.revoked", row.number, now, entity=row.entity.pe_id, source=source)
    return row


def _note(caller: Caller, action: str, e164: str, now: datetime, **detail: object) -> None:
    """Write down who changed what; the number is masked, as everywhere but in its own list."""
    record(caller=caller, action=action, target=f"receiver {mask(e164)}", at=now, **detail)
