"""What we POST to customers, and how each attempt went."""

from __future__ import annotations

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid


def new_endpoint_sid() -> str:
    return new_sid("whe", 12)


def new_delivery_sid() -> str:
    return new_sid("evt", 24)


class Endpoint(models.Model):
    """An address of the customer's that wants to hear of one kind of event."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="webhook_endpoints")
    sid = models.CharField(max_length=32, unique=True, default=new_endpoint_sid)
    url = models.URLField(max_length=500)
    event = models.CharField(max_length=60)
    secret = models.CharField(max_length=100)
    active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet["Endpoint"].as_manager()

    def __str__(self) -> str:
        return self.sid


class Delivery(models.Model):
    """One event on its way to one endpoint."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DELIVERED = "delivered", "Delivered"
        GIVEN_UP = "given_up", "Given up"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    sid = models.CharField(max_length=40, unique=True, default=new_delivery_sid)
    event = models.CharField(max_length=60)
    payload = models.JSONField()
    created = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due = models.DateTimeField()
    last_status = models.PositiveIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = TenantQuerySet["Delivery"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due"], name="webhooks_due")]

    def __str__(self) -> str:
        return self.sid
