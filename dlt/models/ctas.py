"""Call-to-action whitelist: links and numbers that messages may carry."""

from __future__ import annotations

from django.db import models

from accounts.models import Account
from dlt.models.entities import PrincipalEntity
from dlt.models.record import Record, RecordQuerySet
from dlt.models.states import RecordState


class Cta(Record):
    """A link, number or address registered with the operators.

    TRAI's direction of 20 August 2024: links that are not whitelisted are blocked.
    """

    record_kind = "cta"

    class Kind(models.TextChoices):
        URL_STATIC = "url_static", "Link, fixed"
        URL_DYNAMIC = "url_dynamic", "Link, dynamic (ends with ?)"
        APK = "apk", "App file (.apk)"
        WHATSAPP = "whatsapp", "WhatsApp link"
        MOBILE = "mobile", "Mobile number"
        LANDLINE = "landline", "Landline"
        TOLL_FREE = "toll_free", "Toll-free (1800, 1860)"
        SERIES = "series", "140 or 160 series"
        EMAIL = "email", "E-mail address"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="ctas")
    entity = models.ForeignKey(PrincipalEntity, on_delete=models.PROTECT, related_name="ctas")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=250)
    # The value as compared: host in lower case, no scheme, digits only.
    compared = models.CharField(max_length=250)
    state = models.CharField(
        max_length=20, choices=RecordState.choices, default=RecordState.PENDING
    )

    objects = RecordQuerySet["Cta"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "compared"], name="dlt_cta_once_per_entity"
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def target(self) -> str:
        return f"cta {self.pk} of {self.entity.pe_id}"
