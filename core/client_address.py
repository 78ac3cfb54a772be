"""Where a request comes from, as far as it can be believed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's address.

    Behind our own proxy it is what the proxy added last to ``X-Forwarded-For``; anything before that was
    written by the client. Without a proxy the header counts for nothing.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return direct
    return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or direct
