"""The business and the companies that carry its messages, as the operators know them."""

from __future__ import annotations

from django.db import models

from accounts.models import Account
from dlt.models.record import Record, RecordQuerySet, registry_id
from dlt.models.states import EntityState


class PrincipalEntity(Record):
    """The business as the operators know it."""

    record_kind = "entity"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="entities")
    pe_id = models.CharField(max_length=20, validators=[registry_id])
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=12, choices=EntityState.choices, default=EntityState.PENDING
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = RecordQuerySet["PrincipalEntity"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "pe_id"], name="dlt_entity_once_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pe_id}"

    @property
    def target(self) -> str:
        return f"entity {self.pe_id}"


class Telemarketer(Record):
    """A company between the business and the operator."""

    record_kind = "telemarketer"

    class Role(models.TextChoices):
        AGGREGATION = "AF", "Aggregation (TM-AF)"
        DELIVERY = "DF", "Delivery (TM-DF)"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="telemarketers")
    tm_id = models.CharField(max_length=20, validators=[registry_id])
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=2, choices=Role.choices, default=Role.DELIVERY)
    state = models.CharField(
        max_length=12, choices=EntityState.choices, default=EntityState.PENDING
    )

    objects = RecordQuerySet["Telemarketer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tm_id"], name="dlt_telemarketer_once_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.tm_id}"

    @property
    def target(self) -> str:
        return f"telemarketer {self.tm_id}"


class Chain(Record):
    """The way a message takes: entity, telemarketers in order, the last one submits.

    ``hash`` is what the last one sends along: ``dlt.chain_hash``.
    """

    record_kind = "chain"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="chains")
    entity = models.ForeignKey(PrincipalEntity, on_delete=models.PROTECT, related_name="chains")
    hash = models.CharField(max_length=64)
    telemarketers = models.ManyToManyField(Telemarketer, through="ChainLink", related_name="chains")
    state = models.CharField(
        max_length=12, choices=EntityState.choices, default=EntityState.PENDING
    )

    objects = RecordQuerySet["Chain"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "hash"], name="dlt_chain_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"Chain {self.hash[:12]}"

    @property
    def target(self) -> str:
        return f"chain {self.hash}"


class ChainLink(models.Model):
    """One telemarketer of a chain; ``position`` counts from 1 behind the entity."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="links")
    telemarketer = models.ForeignKey(Telemarketer, on_delete=models.PROTECT, related_name="links")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="dlt_chain_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}.{self.position}"
