"""Content templates and the consent templates that promotional ones rest on."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import Account
from dlt.models.entities import PrincipalEntity
from dlt.models.headers import Header
from dlt.models.record import Record, RecordQuerySet, registry_id
from dlt.models.states import EntityState, RecordState


class Category(models.TextChoices):
    TRANSACTIONAL = "transactional", "Transactional"
    SERVICE_IMPLICIT = "service_implicit", "Service implicit"
    SERVICE_EXPLICIT = "service_explicit", "Service explicit"
    PROMOTIONAL = "promotional", "Promotional"
    GOVERNMENT = "government", "Government"


class ConsentTemplate(Record):
    """What a customer agrees to: brand and purpose, no variables."""

    record_kind = "consent"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consent_templates")
    entity = models.ForeignKey(
        PrincipalEntity, on_delete=models.PROTECT, related_name="consent_templates"
    )
    consent_id = models.CharField(max_length=20, validators=[registry_id])
    name = models.CharField(max_length=100)
    brand = models.CharField(max_length=60)
    text = models.TextField(max_length=700)
    headers = models.ManyToManyField(Header, related_name="consent_templates", blank=True)
    state = models.CharField(
        max_length=20, choices=RecordState.choices, default=RecordState.PENDING
    )

    objects = RecordQuerySet["ConsentTemplate"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "consent_id"], name="dlt_consent_template_once_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.consent_id}"

    @property
    def target(self) -> str:
        return f"consent {self.consent_id}"


class TemplateQuerySet(RecordQuerySet["ContentTemplate"]):
    def approved(self) -> Self:
        """Templates that may be sent: approved, and their entity active."""
        return self.filter(state=RecordState.APPROVED, entity__state=EntityState.ACTIVE)


class ContentTemplate(Record):
    """A message text as registered, byte for byte. An approved text never changes.

    ``variables`` holds one object per placeholder of the text, in order: ``{"tag", "limit", "sample",
    "name"}``. A ``tag`` is there when the portal keeps the type outside the text (SmartPing, Tata), a
    ``limit`` when this variable has one of its own; missing keys and a shorter list mean "as the text says".
    ``operators`` holds what single operators say of it:
    ``{"vi": {"state": "inactive", "since": "2026-11-20"}}``.
    """

    record_kind = "template"

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
    # SHA-256 of the text as compared (normalised): finds the same text registered twice.
    text_sha256 = models.CharField(max_length=64, blank=True)
    variables = models.JSONField(default=list, blank=True)
    # Characters one variable may have under this template; empty: the operator's or the account's limit.
    limit = models.PositiveSmallIntegerField(null=True)
    operators = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=20, choices=RecordState.choices, default=RecordState.PENDING
    )
    headers = models.ManyToManyField(Header, related_name="templates")
    consent_template = models.ForeignKey(
        ConsentTemplate, null=True, on_delete=models.PROTECT, related_name="templates"
    )
    # The version before: a changed text is a new template with a new id.
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="successors"
    )
    last_used = models.DateTimeField(null=True)
    # The number of the account's change that touched this row last: see ``dlt.stamps``.
    stamp = models.PositiveBigIntegerField(default=0)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "template_id"], name="dlt_template_once_per_account"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "state"], name="dlt_template_state"),
            models.Index(fields=["account", "stamp"], name="dlt_template_stamp"),
            models.Index(fields=["account", "text_sha256"], name="dlt_template_same_text"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.template_id}"

    @property
    def target(self) -> str:
        return f"template {self.template_id}"
