"""Telephone numbers, calls, and every step a call took."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import Account
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid
from flows.models import Flow, FlowRun


def new_call_sid() -> str:
    """Return 32 characters, as long as the call ids of the field."""
    return new_sid("cal", 29)


def new_call_ref() -> str:
    """Return a reference short enough for a DLT variable: 10 characters."""
    return new_sid("", 10).upper()


class PhoneNumber(models.Model):
    """A number of the account's (an ExoPhone) and the flow that answers it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="phone_numbers")
    e164 = models.CharField(max_length=16, unique=True)
    label = models.CharField(max_length=60, blank=True)
    flow = models.ForeignKey(Flow, null=True, on_delete=models.SET_NULL, related_name="numbers")

    objects = TenantQuerySet["PhoneNumber"].as_manager()

    def __str__(self) -> str:
        return self.e164


class CallQuerySet(TenantQuerySet["Call"]):
    def with_flow(self) -> Self:
        """With the names of flow and version, without the graphs, which are large."""
        graphs = ("draft_graph", "in_draft", "flow__draft", "version__graph")
        related = self.select_related("run__flow", "run__version")
        return related.defer(*(f"run__{graph}" for graph in graphs))


class Call(models.Model):
    class Direction(models.TextChoices):
        INBOUND = "inbound", "Inbound"

    class Entry(models.TextChoices):
        INBOUND_CALL = "inbound_call", "Incoming call"
        INBOUND_SMS = "inbound_sms", "Incoming SMS"
        API = "api", "Started over the API"

    class Status(models.TextChoices):
        IN_PROGRESS = "in-progress", "In progress"
        COMPLETED = "completed", "Completed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="calls")
    sid = models.CharField(max_length=40, unique=True, default=new_call_sid)
    ref = models.CharField(max_length=10, default=new_call_ref)
    run = models.OneToOneField(FlowRun, on_delete=models.PROTECT, related_name="call")
    adapter = models.CharField(max_length=20)
    entry = models.CharField(max_length=12, choices=Entry.choices, default=Entry.INBOUND_CALL)
    is_test = models.BooleanField(default=False)
    from_number = models.CharField(max_length=40)
    to_number = models.CharField(max_length=40)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.INBOUND)
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.IN_PROGRESS)
    outcome = models.CharField(max_length=40, blank=True)
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "ref"], name="calls_ref_once_per_account"),
        ]
        indexes = [models.Index(fields=["account", "-id"], name="calls_account_newest")]

    def __str__(self) -> str:
        return self.sid


class CallStep(models.Model):
    """One visit of one node."""

    # The unique constraint has an index that begins with it.
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps", db_index=False)
    index = models.PositiveIntegerField()
    # Where the node is drawn: a call that was transferred goes through several flows.
    flow = models.ForeignKey(
        Flow, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(null=True)
    node = models.CharField(max_length=64)
    applet = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    port = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    left = models.DateTimeField(null=True)
    skipped = models.BooleanField(default=False)
    # Whether the call ended here, and whether the step was walked after that.
    ends = models.BooleanField(default=False)
    after_call = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    # The id of its flow until it is part of that flow's hours in FlowCount, then null.
    to_count_for = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "index"], name="calls_step_once"),
        ]
        indexes = [
            models.Index(fields=["flow", "node", "port", "-id"], name="calls_step_connection"),
            models.Index(
                fields=["to_count_for"],
                condition=models.Q(to_count_for__isnull=False),
                name="calls_step_to_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.node}"


class FlowCount(models.Model):
    """What the calls of one hour did at one port of one node: steps, added up by ``calls.flow_counts``.

    A port that is empty stands for steps that left through none.
    """

    # The unique constraint has an index that begins with it.
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField()
    version = models.PositiveIntegerField()  # 0: a draft
    is_test = models.BooleanField()
    node = models.CharField(max_length=64)
    port = models.CharField(max_length=40)
    visits = models.PositiveIntegerField()
    skipped = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "hour", "version", "is_test", "node", "port"],
                name="calls_count_once_an_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.node} {self.hour}"


class CallEvent(models.Model):
    """An event a carrier sent and the answer it got: sent again, it gets the same answer."""

    # The unique constraint has an index that begins with it.
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events", db_index=False)
    key = models.CharField(max_length=100)
    event = models.JSONField()
    # Null while the event is being worked on.
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="calls_event_once"),
        ]

    def __str__(self) -> str:
        return self.key


class BackgroundRequest(models.Model):
    """A request that nobody waits for (Passthru without waiting): a row first, then a worker's
    job."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="background_requests")
    step = models.PositiveIntegerField()
    method = models.CharField(max_length=4)
    url = models.TextField()
    form = models.JSONField(default=list)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=1)
    timeout_seconds = models.PositiveIntegerField()
    created = models.DateTimeField()
    claimed = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(claimed__isnull=True),
                name="calls_request_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class CallExchange(models.Model):
    """What was asked of a customer's server in a step, and what it answered. Secrets are left out."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="exchanges")
    step = models.PositiveIntegerField()
    at = models.DateTimeField()
    method = models.CharField(max_length=4)
    url = models.TextField()
    headers = models.JSONField(default=list)
    body = models.TextField(blank=True)
    # 0 when there was no answer; then the problem says why.
    status = models.PositiveSmallIntegerField()
    problem = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answer_type = models.CharField(max_length=100, blank=True)
    answer = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["call", "step"], name="calls_exchange_of_step")]

    def __str__(self) -> str:
        return f"{self.method} {self.status}"


class LastGoodAnswer(models.Model):
    """What a server last answered to a Passthru that may use it again when the server fails."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    # A digest of flow, node, address and, where it counts, caller.
    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField()
    json = models.JSONField(null=True)
    text = models.TextField(blank=True)
    content_type = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="calls_last_good_once")
        ]

    def __str__(self) -> str:
        return self.key


class OutgoingEmail(models.Model):
    """An e-mail a flow sends: a row first, then a worker's job."""

    class State(models.TextChoices):
        TEST = "test", "Test: not sent"
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        REFUSED = "refused", "Refused"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="emails")
    step = models.PositiveIntegerField()
    node = models.CharField(max_length=64)
    to = models.JSONField(default=list)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=7, choices=State.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    # When it is to be tried, or, while it is being sent, until when its worker is believed in.
    due = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)

    objects = TenantQuerySet["OutgoingEmail"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["state", "due"],
                condition=models.Q(due__isnull=False),
                name="calls_email_due",
            ),
            models.Index(fields=["account", "created"], name="calls_email_of_day"),
        ]

    def __str__(self) -> str:
        return f"email {self.pk}"
