"""Flows as stored: the draft, the frozen versions, and where each call stands."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import Account, User
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid
from flows.audio.models import Audio

__all__ = ["Audio", "Flow", "FlowQuerySet", "FlowRun", "FlowTemplateUse", "FlowVersion"]


def new_flow_sid() -> str:
    return new_sid("flw", 12)


def new_test_sid() -> str:
    return new_sid("tst", 12)


class FlowQuerySet(TenantQuerySet["Flow"]):
    def in_use(self) -> Self:
        """Flows that were not put away."""
        return self.filter(archived__isnull=True)

    def archived(self) -> Self:
        """Flows that were."""
        return self.filter(archived__isnull=False)


class Flow(models.Model):
    """A flow by name, with its draft and the version calls get."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="flows")
    sid = models.CharField(max_length=32, unique=True, default=new_flow_sid)
    name = models.CharField(max_length=100)
    draft = models.JSONField()
    draft_hash = models.CharField(max_length=64)
    draft_updated = models.DateTimeField()
    draft_updated_by = models.CharField(max_length=150)
    live = models.ForeignKey("FlowVersion", null=True, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    # Put away instead of deleted: its calls and versions stay readable.
    archived = models.DateTimeField(null=True)

    objects = FlowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(archived__isnull=True),
                name="flows_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FlowVersion(models.Model):
    """A published graph. It never changes: calls end on the version they began on."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    graph = models.JSONField()
    graph_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    # What changed since the version before: ``flows.diff_words.kept``. Null: published before this was kept.
    changes = models.JSONField(null=True)
    published = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who published it despite DLT problems, why, and which: ``flows.override``. Empty: nobody had to.
    override = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="flows_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} v{self.number}"


class FlowTemplateUse(models.Model):
    """That an SMS applet names a template, a header and an entity: in a draft, or in what calls run.

    Worked out from the graphs as they change, so that nobody has to read 10,000 of them to answer which
    flows use a template. See ``flows.template_use``.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="template_uses")
    live = models.BooleanField()
    node = models.CharField(max_length=64)
    node_name = models.CharField(max_length=100)
    template_id = models.CharField(max_length=20, blank=True)
    header = models.CharField(max_length=20, blank=True)
    pe_id = models.CharField(max_length=20, blank=True)

    objects = TenantQuerySet["FlowTemplateUse"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "live", "node"], name="flows_use_once"),
        ]
        indexes = [
            models.Index(fields=["account", "template_id"], name="flows_use_template"),
            models.Index(fields=["account", "header"], name="flows_use_header"),
            models.Index(fields=["account", "pe_id"], name="flows_use_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.node}: {self.template_id}"


class FlowTest(models.Model):
    """A saved test call: what happens in it, and what should come of it. See ``flows.tests.document``."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="tests")
    sid = models.CharField(max_length=32, unique=True, default=new_test_sid)
    name = models.CharField(max_length=100)
    document = models.JSONField()
    created = models.DateTimeField()
    updated = models.DateTimeField()
    updated_by = models.CharField(max_length=150)
    # What came of it when it was last run: for the list; publishing runs it anew.
    last_run = models.DateTimeField(null=True)
    last_use = models.CharField(max_length=5, blank=True)
    last_status = models.CharField(max_length=6, blank=True)
    last_difference = models.CharField(max_length=400, blank=True)

    objects = TenantQuerySet["FlowTest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "name"], name="flows_test_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class FlowRun(models.Model):
    """Where one call stands in one flow: the engine's state between two turns."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(
        FlowVersion, null=True, on_delete=models.PROTECT, related_name="runs"
    )
    # A test call of a draft keeps its own copy: the draft goes on changing under it.
    draft_graph = models.JSONField(null=True)
    state = models.JSONField(default=dict)
    # After a transfer: the flow it is in now, and that flow's version, or its draft in a test call. Null
    # before the first: it is in ``flow``.
    in_flow = models.ForeignKey(Flow, null=True, on_delete=models.PROTECT, related_name="+")
    in_version = models.ForeignKey(
        FlowVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    in_draft = models.JSONField(null=True)
    ended = models.DateTimeField(null=True)
    started = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False) | models.Q(draft_graph__isnull=False),
                name="flows_run_has_a_graph",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def place(self) -> tuple[Flow, FlowVersion | None]:
        """The flow it is in now, and the version it runs there; None: a draft."""
        if self.in_flow is not None:
            return self.in_flow, self.in_version
        return self.flow, self.version
