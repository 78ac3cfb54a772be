"""What the operators' DLT registries approved, as this account holds it.

Ids are text: 19 digits do not survive a float. Facts: TRAI's TCCCPR 2018 and the operators' portals.
"""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models

from accounts.models import Account, User
from accounts.tenancy import TenantQuerySet

registry_id = RegexValidator(
    r"^\d{12,20}$", "An id of the DLT registry has 12 to 20 digits, mostly 19."
)


class EntityState(models.TextChoices):
    PENDING = "pending", "Pending"
    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"
    SUSPENDED = "suspended", "Suspended"
    BLACKLISTED = "blacklisted", "Blacklisted"


class RecordState(models.TextChoices):
    """States of a header or a content template. Only ``approved`` may be sent with."""

    PENDING = "pending", "Pending approval"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SUSPENDED = "suspended", "Suspended"
    BLACKLISTED = "blacklisted", "Blacklisted"
    RETIRED = "retired", "Retired"


class Category(models.TextChoices):
    TRANSACTIONAL = "transactional", "Transactional"
    SERVICE_IMPLICIT = "service_implicit", "Service implicit"
    SERVICE_EXPLICIT = "service_explicit", "Service explicit"
    PROMOTIONAL = "promotional", "Promotional"
    GOVERNMENT = "government", "Government"


class PrincipalEntity(models.Model):
    """The business as the operators know it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="entities")
    pe_id = models.CharField(max_length=20, validators=[registry_id])
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=12, choices=EntityState.choices, default=EntityState.PENDING
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet["PrincipalEntity"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "pe_id"], name="dlt_entity_once_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pe_id}"


class RecordQuerySet(TenantQuerySet["ContentTemplate"]):
    def approved(self) -> Self:
        return self.filter(state=RecordState.APPROVED, entity__state=EntityState.ACTIVE)

    def waiting(self) -> Self:
        return self.filter(state=RecordState.PENDING)


class Header(models.Model):
    """A registered sender: what the UI calls Sender ID. Case-sensitive, as at the operators."""

    class Kind(models.TextChoices):
        OTHER = "other", "Service and transactional"
        PROMOTIONAL = "promotional", "Promotional"
        GOVERNMENT = "government", "Government"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="headers")
    entity = models.ForeignKey(PrincipalEntity, on_delete=models.PROTECT, related_name="headers")
    value = models.CharField(
        max_length=6,
        validators=[
            RegexValidator(r"^[A-Za-z0-9]{3,6}$", "A header has 3 to 6 letters or digits.")
        ],
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    state = models.CharField(
        max_length=12, choices=RecordState.choices, default=RecordState.PENDING
    )
    reason = models.CharField(max_length=300, blank=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet["Header"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "value"], name="dlt_header_once_per_entity"),
        ]

    def __str__(self) -> str:
        return self.value


class ContentTemplate(models.Model):
    """A message text as registered, byte for byte. An approved text never changes."""

    class ContentType(models.TextChoices):
        TEXT = "text", "Text"
        UNICODE = "unicode", "Unicode"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="templates")
    entity = models.ForeignKey(PrincipalEntity, on_delete=models.PROTECT, related_name="templates")
    template_id = models.CharField(max_length=20, validators=[registry_id])
    name = models.CharField(max_length=100)
    category = models.CharField(
        max_length=20, choices=Category.choices, default=Category.SERVICE_IMPLICIT
    )
    content_type = models.CharField(
        max_length=8, choices=ContentType.choices, default=ContentType.TEXT
    )
    text = models.TextField(max_length=2000)
    state = models.CharField(
        max_length=12, choices=RecordState.choices, default=RecordState.PENDING
    )
    reason = models.CharField(max_length=300, blank=True)
    headers = models.ManyToManyField(Header, related_name="templates")
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "template_id"], name="dlt_template_once_per_account"
            ),
        ]
        indexes = [models.Index(fields=["account", "state"], name="dlt_template_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.template_id}"
