"""What receivers decided: the do-not-disturb preference and consents, from uploaded lists."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet
from dlt.models.entities import PrincipalEntity
from dlt.models.templates import ConsentTemplate


class DndNumber(models.Model):
    """A number registered with 1909. ``categories``: the blocked digits such as "137"; empty is all."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="dnd_numbers")
    number = models.CharField(max_length=16)  # E.164
    categories = models.CharField(max_length=8, blank=True)
    updated = models.DateTimeField()

    objects = TenantQuerySet["DndNumber"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="dlt_dnd_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"dnd {self.pk}"


class ConsentQuerySet(TenantQuerySet["Consent"]):
    def valid(self, now: datetime) -> Self:
        return self.filter(revoked__isnull=True, given__lte=now, expires__gt=now)


class Consent(models.Model):
    """A receiver's consent to an entity's messages. Digital consents are valid for a year."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consents")
    entity = models.ForeignKey(PrincipalEntity, on_delete=models.CASCADE, related_name="consents")
    number = models.CharField(max_length=16)  # E.164
    # Empty: for every purpose of the entity.
    consent_template = models.ForeignKey(
        ConsentTemplate, null=True, on_delete=models.CASCADE, related_name="consents"
    )
    given = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "number", "consent_template"], name="dlt_consent_once_a_purpose"
            ),
            models.UniqueConstraint(
                fields=["entity", "number"],
                condition=models.Q(consent_template__isnull=True),
                name="dlt_consent_once_for_all",
            ),
        ]
        indexes = [models.Index(fields=["account", "number"], name="dlt_consent_number")]

    def __str__(self) -> str:
        return f"consent {self.pk}"
