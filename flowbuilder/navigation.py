"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates the caller and the number of templates that wait for approval."""
    caller = getattr(request, "caller", None)
    if caller is None:
        return {"caller": None}
    return {"caller": caller}
