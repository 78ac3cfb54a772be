"""Plain builders: what a test needs, by name, with sensible defaults."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Account, Membership, Role, User
from billing.models import Balance, Price
from dlt.models import Category, ContentTemplate, EntityState, Header, PrincipalEntity, RecordState
from dlt.stamps import next_stamp

PE_ID = "1101234567890123456"
TEMPLATE_ID = "1107161234567890123"
MISSED_CALL = "We missed your call to {#var#}. We will call you back soon. Ref {#var#} - ACMECO"


def build_account(slug: str = "acme", name: str = "Acme Retail", paise: int = 100_000) -> Account:
    account = Account.objects.create(slug=slug, name=name)
    Balance.objects.create(account=account, available_paise=paise)
    Price.objects.create(account=account, prefix="+91", paise_per_segment=16)
    Price.objects.create(account=account, prefix="+", paise_per_segment=450)
    return account


def build_member(account: Account, role: Role, email: str = "") -> User:
    address = email or f"{role.value}@{account.slug}.example"
    user = User.objects.create_user(address, "correct horse battery", name=f"{role.label} person")
    Membership.objects.create(account=account, user=user, role=role)
    return user


def build_entity(account: Account, pe_id: str = PE_ID) -> PrincipalEntity:
    return PrincipalEntity.objects.create(
        account=account, pe_id=pe_id, name=f"{account.name} Pvt Ltd", state=EntityState.ACTIVE
    )


def build_header(
    entity: PrincipalEntity, value: str = "ACMECO", state: str = RecordState.APPROVED
) -> Header:
    return Header.objects.create(account=entity.account, entity=entity, value=value, state=state)


def build_template(
    header: Header,
    text: str = MISSED_CALL,
    template_id: str = TEMPLATE_ID,
    name: str = "Missed call alert",
    state: str = RecordState.APPROVED,
    category: str = Category.SERVICE_IMPLICIT,
) -> ContentTemplate:
    template = ContentTemplate.objects.create(
        account=header.account,
        entity=header.entity,
        template_id=template_id,
        name=name,
        text=text,
        state=state,
        category=category,
        submitted=timezone.now(),
        stamp=next_stamp(header.account),
    )
    template.headers.add(header)
    return template
