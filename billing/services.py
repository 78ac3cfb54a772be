"""Moves of money: each one guarded in the database, each one an entry of the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import Account
from billing.models import Balance, LedgerEntry, Price
from core.errors import DomainError


class InsufficientBalance(DomainError):
    code = "billing.insufficient_balance"
    message = "The balance does not cover this message ({cost} needed). Ask an admin to top up."


class NoPrice(DomainError):
    code = "billing.no_price"
    message = "There is no price for numbers that begin like {number}. Ask an admin to set one."


class BadAmount(DomainError):
    code = "billing.bad_amount"
    message = "An amount to top up is between 1 and {limit}."


TOP_UP_LIMIT_PAISE = 100_000_000  # one million rupees at once


def price_per_segment(*, account: Account, number: str) -> int:
    """Return paise for one segment to ``number`` (E.164); raises NoPrice."""
    prefixes = [number[:length] for length in range(1, len(number) + 1)]
    prices = Price.objects.filter(account=account, prefix__in=prefixes)
    rows = list(prices.values_list("prefix", "paise_per_segment"))
    if not rows:
        raise NoPrice(number=number[:4])
    return max(rows, key=lambda row: len(row[0]))[1]


def hold(*, account: Account, paise: int, reference: str, at: datetime) -> None:
    """Set money aside for one message; raises InsufficientBalance. Run it last in a transaction.

    One guarded UPDATE decides, so any number of workers together never overspend a prepaid account.
    """
    rows = Balance.objects.filter(account=account)
    if account.payment_type == Account.PaymentType.PREPAID:
        rows = rows.filter(available_paise__gte=paise)
    changed = rows.update(
        available_paise=F("available_paise") - paise, held_paise=F("held_paise") + paise
    )
    if not changed:
        raise InsufficientBalance(cost=f"{account.currency} {paise / 100:.2f}")
    _write(account, LedgerEntry.Kind.HOLD, -paise, paise, reference, at)


def capture(*, account: Account, paise: int, reference: str, at: datetime) -> None:
    """Charge what was held for one message."""
    Balance.objects.filter(account=account).update(held_paise=F("held_paise") - paise)
    _write(account, LedgerEntry.Kind.CAPTURE, 0, -paise, reference, at)


def release(*, account: Account, paise: int, reference: str, at: datetime) -> None:
    """Give back what was held for one message."""
    Balance.objects.filter(account=account).update(
        available_paise=F("available_paise") + paise, held_paise=F("held_paise") - paise
    )
    _write(account, LedgerEntry.Kind.RELEASE, paise, -paise, reference, at)


@transaction.atomic
def top_up(*, account: Account, paise: int, note: str, at: datetime) -> LedgerEntry:
    """Add money; raises BadAmount."""
    if not 100 <= paise <= TOP_UP_LIMIT_PAISE:
        raise BadAmount(limit=TOP_UP_LIMIT_PAISE // 100)
    Balance.objects.get_or_create(account=account)
    Balance.objects.filter(account=account).update(available_paise=F("available_paise") + paise)
    return _write(account, LedgerEntry.Kind.TOP_UP, paise, 0, "", at, note)


def _write(
    account: Account,
    kind: LedgerEntry.Kind,
    available: int,
    held: int,
    reference: str,
    at: datetime,
    note: str = "",
) -> LedgerEntry:
    return LedgerEntry.objects.create(
        account=account,
        at=at,
        kind=kind,
        available_paise=available,
        held_paise=held,
        reference=reference,
        note=note,
    )
