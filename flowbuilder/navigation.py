"""What every page shows around its content."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.notices import unread_of
from dlt.queries import count_waiting
from flowbuilder.demo.people import LOGINS, PASSWORD

THEMES = ("light", "dark")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates the caller, the section they are in, the theme, what waits for approval and
    how much news is unread.

    The counts are functions: pages that do not show them, such as those of errors, ask no database.
    """
    chosen = request.COOKIES.get("theme", "")
    caller = getattr(request, "caller", None)
    common: dict[str, Any] = {
        "caller": caller,
        "section": request.path.split("/")[1],
        "theme": chosen if chosen in THEMES else "",
    }
    if caller is None:
        return {**common, "demo": _demo()}

    @cache
    def approvals_waiting() -> int:
        return count_waiting(caller.account)

    @cache
    def notices_unread() -> int:
        return unread_of(caller).count()

    return {
        **common,
        "approvals_waiting": approvals_waiting,
        "notices_unread": notices_unread,
    }


def _demo() -> dict[str, Any] | None:
    """Return the logins that the sign-in page of a demo names."""
    if not getattr(settings, "DEMO", False):
        return None
    return {"logins": LOGINS, "password": PASSWORD}
