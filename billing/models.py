"""Money, in integer paise (hundredths of the account's currency)."""

from __future__ import annotations

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet


class Balance(models.Model):
    """What an account may still spend: a cache of its ledger, guarded by the database itself."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="balance")
    available_paise = models.BigIntegerField(default=0)
    held_paise = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_paise__gte=0), name="billing_nothing_held_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.available_paise} paise"


class LedgerEntry(models.Model):
    """One movement. Append-only: a mistake is corrected by another entry."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", "Top-up"
        HOLD = "hold", "Held for a message"
        CAPTURE = "capture", "Charged"
        RELEASE = "release", "Given back"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="ledger")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Change of the available and of the held amount.
    available_paise = models.BigIntegerField(default=0)
    held_paise = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = TenantQuerySet["LedgerEntry"].as_manager()

    class Meta:
        constraints = [
            # A message is held, captured and released once at most, whatever races.
            models.UniqueConstraint(
                fields=["account", "kind", "reference"],
                condition=~models.Q(kind="top_up"),
                name="billing_once_per_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.available_paise}"


class Price(models.Model):
    """Price of one segment to numbers that begin with ``prefix``; the longest prefix wins."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="prices")
    prefix = models.CharField(max_length=12)
    paise_per_segment = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "prefix"], name="billing_price_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}: {self.paise_per_segment}"
