"""Headers: what receivers see as the sender."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from accounts.models import Account
from dlt.models.entities import PrincipalEntity
from dlt.models.record import Record, RecordQuerySet
from dlt.models.states import RecordState


class Header(Record):
    """A registered sender: what the UI calls Sender ID. Case-sensitive, as at the operators."""

    record_kind = "header"

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
    # The portal's own id of the header; few need it.
    header_id = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    # Preference category of a promotional header, "0" to "8"; empty for the others.
    category_digit = models.CharField(max_length=1, blank=True)
    state = models.CharField(
        max_length=20, choices=RecordState.choices, default=RecordState.PENDING
    )
    # Temporary headers end; permanent ones have no date.
    valid_until = models.DateField(null=True)
    last_used = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = RecordQuerySet["Header"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "value"], name="dlt_header_once_per_entity"),
        ]
        indexes = [models.Index(fields=["account", "state"], name="dlt_header_state")]

    def __str__(self) -> str:
        return self.value

    @property
    def target(self) -> str:
        return f"header {self.value} of {self.entity.pe_id}"
