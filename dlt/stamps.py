"""Numbered changes: how web servers and workers notice that an account's registries changed.

Each change takes the account's next number and writes it on the templates it touched. Whoever keeps templates
in memory compares one number and reads only the rows with a higher one.
"""

from __future__ import annotations

from django.db.models import F

from accounts.models import Account
from dlt.models import ContentTemplate, RegistryStamp


def current(account_id: int) -> int:
    """Return the number of the account's last change; 0 when there was none. One query."""
    number = RegistryStamp.objects.filter(pk=account_id).values_list("number", flat=True).first()
    return number or 0


def next_stamp(account: Account) -> int:
    """Take the next number, in the transaction of the change.

    The row stays locked until the commit, so numbers become visible in their order.
    """
    if not RegistryStamp.objects.filter(pk=account.pk).update(number=F("number") + 1):
        RegistryStamp.objects.get_or_create(account=account)
        RegistryStamp.objects.filter(pk=account.pk).update(number=F("number") + 1)
    return current(account.pk)


def stamp_templates(account: Account, **touched: object) -> None:
    """Mark the account's templates that fit ``touched`` (a Django filter) as changed."""
    number = next_stamp(account)
    ContentTemplate.objects.for_account(account).filter(**touched).update(stamp=number)
