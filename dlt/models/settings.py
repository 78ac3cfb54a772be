"""How strictly an account is held to the rules, where operators and sources differ."""

from __future__ import annotations

from datetime import time

from django.db import models

from accounts.models import Account


class RegistryStamp(models.Model):
    """The number of the last change to an account's registries: see ``dlt.stamps``."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="registry_stamp", primary_key=True
    )
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.number}"


class DltSettings(models.Model):
    """An account's choices. ``limits`` and each operator's ``limits`` hold what differs from
    ``dlt.matcher.Limits``: ``{"var": 40}``.

    ``profiles``: ``{"jio": {"limits": {"numeric": 30}, "line_break": "crlf"}}``; operators are those of
    ``dlt.operators``.
    """

    class Check(models.TextChoices):
        AUTO = "auto", "When something is registered"
        REFUSE = "refuse", "Always refuse"
        WARN = "warn", "Only note it"
        OFF = "off", "Do not look"

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="dlt_settings", primary_key=True
    )
    limits = models.JSONField(default=dict, blank=True)
    profiles = models.JSONField(default=dict, blank=True)
    # The number of the change of the limits; indexes made under another one are made anew.
    rules_stamp = models.PositiveBigIntegerField(default=0)

    chain_check = models.CharField(max_length=6, choices=Check.choices, default=Check.AUTO)
    cta_check = models.CharField(max_length=6, choices=Check.choices, default=Check.AUTO)
    dnd_check = models.CharField(max_length=6, choices=Check.choices, default=Check.AUTO)
    consent_check = models.CharField(max_length=6, choices=Check.choices, default=Check.AUTO)

    # Promotional messages leave between these times; others are held until the next opening.
    promo_from = models.TimeField(default=time(10))
    promo_to = models.TimeField(default=time(21))
    promo_zone = models.CharField(max_length=40, default="Asia/Kolkata")
    explicit_in_window = models.BooleanField(default=True)
    government_in_window = models.BooleanField(default=False)

    sla_hours = models.PositiveSmallIntegerField(default=72)
    idle_days = models.PositiveSmallIntegerField(default=25)

    def __str__(self) -> str:
        return f"DLT settings of {self.account_id}"
