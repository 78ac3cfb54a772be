"""A recording that flows play: the file somebody uploaded, and what telephones get of it."""

from __future__ import annotations

from django.db import models

from accounts.models import Account, User
from accounts.tenancy import TenantQuerySet
from core.sids import new_sid


def new_audio_sid() -> str:
    return new_sid("aud", 17)


def new_token() -> str:
    """Return what the address for telephones cannot be guessed without: 152 bits."""
    return new_sid("", 32)


class Audio(models.Model):
    """One recording of an account. A worker converts it; until then calls pass it by."""

    class State(models.TextChoices):
        CONVERTING = "converting", "Being converted"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="audio")
    sid = models.CharField(max_length=32, unique=True, default=new_audio_sid)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    name = models.CharField(max_length=100)
    filename = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    original = models.FileField(upload_to="audio/originals/", max_length=200)
    converted = models.FileField(upload_to="audio/converted/", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CONVERTING)
    problem = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor = models.CharField(max_length=150)

    objects = TenantQuerySet["Audio"].as_manager()

    class Meta:
        app_label = "flows"
        indexes = [
            models.Index(fields=["account", "-id"], name="flows_audio_newest"),
            models.Index(
                fields=["id"],
                condition=models.Q(state="converting"),
                name="flows_audio_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seconds(self) -> float:
        return round(self.milliseconds / 1000, 1)

    @property
    def path(self) -> str:
        """Where telephones and browsers fetch it, below the installation's address."""
        return f"/audio/{self.token}.wav"
