"""Money never goes below zero, and the ledger always adds up to the balance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from accounts.models import Account
from billing import services as billing
from billing.models import Balance, LedgerEntry
from tests.builders import build_account

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_never_spend_more_than_there_is():
    account = build_account(paise=0)
    billing.top_up(account=account, paise=1000, note="test", at=NOW)

    def spend(number: int) -> bool:
        try:
            with transaction.atomic():
                billing.hold(account=account, paise=10, reference=f"m{number}", at=NOW)
        except billing.InsufficientBalance:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        won = sum(pool.map(spend, range(200)))
    assert won == 100
    assert_adds_up(account)
    assert Balance.objects.get(account=account).available_paise == 0


def assert_adds_up(account: Account) -> None:
    sums = LedgerEntry.objects.for_account(account).aggregate(
        available=Sum("available_paise"), held=Sum("held_paise")
    )
    balance = Balance.objects.get(account=account)
    assert (sums["available"], sums["held"]) == (balance.available_paise, balance.held_paise)


def test_the_longest_prefix_sets_the_price(account: Account):
    account.prices.create(prefix="+9198", paise_per_segment=20)
    price = billing.price_per_segment
    assert price(account=account, number="+919876543210") == 20
    assert price(account=account, number="+917012345678") == 16
    assert price(account=account, number="+33639981020") == 450


def test_a_number_without_a_price_is_refused(account: Account):
    account.prices.filter(prefix="+").delete()
    with pytest.raises(billing.NoPrice):
        billing.price_per_segment(account=account, number="+33639981020")


@pytest.mark.parametrize("paise", [0, -100, 99, 10**12])
def test_an_odd_amount_cannot_be_topped_up(account: Account, paise: int):
    with pytest.raises(billing.BadAmount):
        billing.top_up(account=account, paise=paise, note="", at=NOW)
