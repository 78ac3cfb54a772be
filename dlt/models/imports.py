"""Files of records that people bring from the operators' portals."""

from __future__ import annotations

from django.db import models

from accounts.models import Account, User
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid


def new_import_sid() -> str:
    return new_sid("imp", 12)


class ImportJob(models.Model):
    """One uploaded file on its way: mapped, checked (dry run), applied. A worker does the work."""

    class State(models.TextChoices):
        MAPPING = "mapping", "Columns to be mapped"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, nothing written"
        APPLYING = "applying", "Being imported"
        DONE = "done", "Imported"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="imports")
    sid = models.CharField(max_length=32, unique=True, default=new_import_sid)
    registry = models.CharField(max_length=20)
    operator = models.CharField(max_length=20, blank=True)
    filename = models.CharField(max_length=200)
    file = models.FileField(upload_to="dlt/imports/", max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)

    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.FileField(upload_to="dlt/imports/", max_length=200, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    lease_until = models.DateTimeField(null=True)
    # How often a worker took the job up since it last got on.
    attempts = models.PositiveSmallIntegerField(default=0)
    # The length of the report up to ``rows_done``: a worker that takes the job up cuts off the rest.
    report_size = models.PositiveBigIntegerField(default=0)

    actor = models.CharField(max_length=150)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()
    finished = models.DateTimeField(null=True)

    objects = TenantQuerySet["ImportJob"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["checking", "applying"]),
                name="dlt_import_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.sid


class ColumnMapping(models.Model):
    """Which column held what in the last file of this operator: offered again next time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="column_mappings")
    registry = models.CharField(max_length=20)
    operator = models.CharField(max_length=20, blank=True)
    mapping = models.JSONField(default=dict)
    updated = models.DateTimeField()

    objects = TenantQuerySet["ColumnMapping"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "registry", "operator"], name="dlt_column_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registry} {self.operator}"
