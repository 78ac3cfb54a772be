"""Records that end on a date: their state follows it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.caller import Caller
from accounts.models import Account, Role
from dlt.models import Header, RecordState, Source
from dlt.services.decisions import change

ACTOR = "calendar"


def expire_headers(now: datetime) -> int:
    """Set headers expired whose last day is over where their account is; returns how many.

    Sending looks at the date itself, so nothing leaves between midnight and this.
    """
    due = Header.objects.filter(state=RecordState.APPROVED, valid_until__isnull=False)
    due = due.filter(valid_until__lte=now.date()).select_related("account").order_by("pk")
    ended = 0
    for header in due:
        account: Account = header.account
        today = now.astimezone(ZoneInfo(account.time_zone)).date()
        if header.valid_until is None or header.valid_until >= today:
            continue
        change(
            caller=Caller(account, Role.ADMIN, ACTOR),
            kind="header",
            pk=header.pk,
            verb="expire",
            reason=f"Registered until {header.valid_until:%d %b %Y}.",
            source=Source.CLOCK,
            now=now,
        )
        ended += 1
    return ended
