"""The states a record of the registries may be in."""

from __future__ import annotations

from typing import Final

from django.db import models


class EntityState(models.TextChoices):
    """States of an entity, a telemarketer or a chain. Only ``active`` may be sent with."""

    PENDING = "pending", "Pending"
    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"
    SUSPENDED = "suspended", "Suspended"
    BLACKLISTED = "blacklisted", "Blacklisted"


class RecordState(models.TextChoices):
    """States of everything else. Only ``approved`` may be sent with."""

    DRAFT = "draft", "Draft"
    PENDING = "pending", "Pending approval"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    INACTIVE = "inactive", "Inactive"
    SUSPENDED_USAGE = "suspended_usage", "Suspended: unused"
    SUSPENDED_VALIDITY = "suspended_validity", "Suspended: validity"
    SUSPENDED_CUSTOMER = "suspended_customer", "Suspended"
    BLACKLISTED = "blacklisted", "Blacklisted"
    EXPIRED = "expired", "Expired"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"


SENDABLE: Final = frozenset({EntityState.ACTIVE.value, RecordState.APPROVED.value})
SUSPENDED: Final = frozenset(
    {
        EntityState.SUSPENDED.value,
        RecordState.SUSPENDED_USAGE.value,
        RecordState.SUSPENDED_VALIDITY.value,
        RecordState.SUSPENDED_CUSTOMER.value,
    }
)
