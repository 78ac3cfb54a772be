"""Changes that a delivery report suggests. A person applies them; nothing changes by itself."""

from __future__ import annotations

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet


class Proposal(models.Model):
    """An operator said that a record is not what we hold: "template inactive" (code 631)."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Open"
        APPLIED = "applied", "Applied"
        DISMISSED = "dismissed", "Dismissed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="proposals")
    record_kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    target = models.CharField(max_length=100)
    verb = models.CharField(max_length=20)  # of ``dlt.transitions``
    code = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    message_sid = models.CharField(max_length=32, blank=True)
    times = models.PositiveIntegerField(default=1)
    first = models.DateTimeField()
    last = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decider = models.CharField(max_length=150, blank=True)
    decided = models.DateTimeField(null=True)

    objects = TenantQuerySet["Proposal"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "record_kind", "record_id", "verb"],
                condition=models.Q(outcome="open"),
                name="dlt_proposal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"
