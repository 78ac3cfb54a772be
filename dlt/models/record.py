"""What every record of the registries has in common."""

from __future__ import annotations

from typing import ClassVar, Generic, Self, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from accounts.models import Account, User
from accounts.tenancy import TenantQuerySet
from dlt.models.states import SENDABLE

M = TypeVar("M", bound=models.Model)

registry_id = RegexValidator(
    r"^\d{12,20}$", "An id of the DLT registry has 12 to 20 digits, mostly 19."
)


class Source(models.TextChoices):
    """Where a record or a change of it came from."""

    MANUAL = "manual", "Entered"
    API = "api", "API"
    IMPORT = "import", "Import"
    REPORT = "delivery_report", "Delivery report"
    CLOCK = "clock", "Date passed"


class RecordQuerySet(TenantQuerySet[M], Generic[M]):
    def waiting(self) -> Self:
        return self.filter(state="pending")

    def sendable(self) -> Self:
        """Records that may be sent with, as far as they alone are concerned."""
        return self.filter(state__in=SENDABLE)


class Record(models.Model):
    """One line of a registry: who put it in, who decided about it, and why.

    Subclasses have ``account`` and ``state``; ``record_kind`` names them in URLs, the API and the audit log.
    """

    record_kind: ClassVar[str]
    account: Account
    state: str

    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=15, choices=Source.choices, default=Source.MANUAL)
    # The actor as the audit log names it: an e-mail address or "key NAME".
    maker = models.CharField(max_length=150, blank=True)
    submitted = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decider = models.CharField(max_length=150, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    @property
    def target(self) -> str:
        """The record's name in the audit log, the same for ever."""
        raise NotImplementedError

    @property
    def is_sendable(self) -> bool:
        return self.state in SENDABLE

    @property
    def state_label(self) -> str:
        label: str = self.get_state_display()  # type: ignore[attr-defined]  # made by Django where ``state`` is
        return label
