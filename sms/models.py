"""A message and everything that is known of its way."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid
from sms.states import FINAL, Status


def new_message_sid() -> str:
    return new_sid("sms", 17)


class MessageQuerySet(TenantQuerySet["Message"]):
    def waiting(self, now: datetime) -> Self:
        """Messages whose turn at the carrier has come."""
        return self.filter(status=Status.CREATED, not_before__lte=now)

    def lease_ran_out(self, now: datetime) -> Self:
        return self.filter(status=Status.PENDING, lease_until__lt=now)

    def unfinished(self) -> Self:
        return self.exclude(status__in=list(FINAL))


class Message(models.Model):
    """One SMS. The row exists before anything is tried with it, so it cannot be lost."""

    class Direction(models.TextChoices):
        OUTBOUND = "outbound", "Outbound"
        INBOUND = "inbound", "Inbound"

    class Origin(models.TextChoices):
        CALL = "call", "Call"
        TEST_CALL = "test_call", "Test call"
        API = "api", "API"

    class TrafficType(models.TextChoices):
        ALERTING = "alerting", "Alerting"
        MARKETING = "marketing", "Marketing"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="messages")
    sid = models.CharField(max_length=32, unique=True, default=new_message_sid)
    direction = models.CharField(
        max_length=8, choices=Direction.choices, default=Direction.OUTBOUND
    )
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.API)

    to_number = models.CharField(max_length=40)  # E.164, or what was given when it is not a number
    sender = models.CharField(max_length=20, blank=True)
    body = models.TextField()
    traffic_type = models.CharField(
        max_length=9, choices=TrafficType.choices, default=TrafficType.MARKETING
    )
    encoding = models.CharField(max_length=7, blank=True)
    parts = models.PositiveIntegerField(default=0)

    dlt_template_id = models.CharField(max_length=40, blank=True)
    dlt_entity_id = models.CharField(max_length=40, blank=True)
    dlt_category = models.CharField(max_length=20, blank=True)
    template_name = models.CharField(max_length=100, blank=True)

    status = models.CharField(max_length=13, choices=Status.choices, default=Status.CREATED)
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.CharField(max_length=600, blank=True)
    # One line per gate it passed: [{"gate", "ok", "code", "message", "detail"}]
    trace = models.JSONField(default=list)

    cost_paise = models.PositiveIntegerField(default=0)
    payment_type = models.CharField(max_length=8, default=Account.PaymentType.PREPAID)
    network = models.CharField(max_length=10, blank=True)

    gateway = models.CharField(max_length=20, blank=True)
    gateway_message_id = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField()
    # The code of what a message waits for until ``not_before``; empty once it was released.
    held = models.CharField(max_length=60, blank=True, default="")

    # Where it came from. Plain ids: messages outlive flows and calls.
    call_sid = models.CharField(max_length=40, blank=True)
    flow_sid = models.CharField(max_length=32, blank=True)
    flow_name = models.CharField(max_length=100, blank=True)
    flow_version = models.PositiveIntegerField(null=True)
    node = models.CharField(max_length=64, blank=True)

    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)
    updated = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created"], name="sms_account_created"),
            models.Index(fields=["account", "-id"], name="sms_account_newest"),
            models.Index(
                fields=["traffic_type", "id"],
                condition=models.Q(status="created"),
                name="sms_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(status="pending"), name="sms_leased"
            ),
            models.Index(fields=["gateway", "gateway_message_id"], name="sms_gateway_message"),
            models.Index(fields=["call_sid"], name="sms_call"),
        ]

    def __str__(self) -> str:
        return self.sid

    @property
    def is_test(self) -> bool:
        """True for messages of test calls: they never reach a real carrier and cost nothing."""
        return self.origin == self.Origin.TEST_CALL


class StatusChange(models.Model):
    """One step of a message's history, append-only."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="history")
    before = models.CharField(max_length=13)
    after = models.CharField(max_length=13)
    at = models.DateTimeField()
    actor = models.CharField(max_length=20)  # pipeline, carrier, sweeper
    reason = models.CharField(max_length=60, blank=True)
    provider_words = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class DeliveryReceipt(models.Model):
    """What a carrier told us, kept before it is understood."""

    gateway = models.CharField(max_length=20)
    raw = models.JSONField()
    received = models.DateTimeField()
    understood = models.DateTimeField(null=True)
    # applied, no_change (late, doubled or out of order), unmatched, unmapped
    outcome = models.CharField(max_length=20, blank=True)
    gateway_message_id = models.CharField(max_length=80, blank=True)
    message = models.ForeignKey(
        Message, null=True, on_delete=models.CASCADE, related_name="receipts"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(understood__isnull=True),
                name="sms_receipt_waiting",
            ),
            models.Index(
                fields=["gateway", "gateway_message_id"],
                condition=models.Q(outcome="unmatched"),
                name="sms_receipt_unmatched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.pk}"


class SimulatedSubmission(models.Model):
    """What the simulated carrier holds: its own memory, as a real carrier has one."""

    reference = models.CharField(max_length=40, unique=True)
    carrier_id = models.CharField(max_length=40, unique=True)
    to_number = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    due = models.DateTimeField()
    reported = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["due"], condition=models.Q(reported=False), name="sms_simulated_due"
            )
        ]

    def __str__(self) -> str:
        return self.carrier_id
