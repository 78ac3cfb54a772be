"""How long a submission has waited, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.models import Account
from dlt.models import DltSettings

# When this share of the time is left, the clock warns.
_SOON: Final = 0.34
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When a decision is due, in words and as a tone: "", "warn" or "bad"."""

    at: datetime
    words: str
    tone: str

    @property
    def late(self) -> bool:
        return self.tone == "bad"


def allowed_time(account: Account) -> timedelta:
    """Return how long an admin of the account may take. One query."""
    hours = DltSettings.objects.filter(pk=account.pk).values_list("sla_hours", flat=True).first()
    return timedelta(hours=hours or DltSettings().sla_hours)


def due(submitted: datetime, allowed: timedelta, now: datetime) -> Due:
    """Say when a submission is due, or how late it is."""
    at = submitted + allowed
    left = at - now
    if left <= timedelta(0):
        return Due(at, f"{_span(-left)} late", "bad")
    return Due(at, f"due in {_span(left)}", "warn" if left < allowed * _SOON else "")


def _span(time: timedelta) -> str:
    if time >= 2 * _DAY:
        return f"{time // _DAY} days"
    if time >= _HOUR:
        return f"{time // _HOUR} h"
    return f"{max(1, time // timedelta(minutes=1))} min"
