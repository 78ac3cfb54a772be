"""Puts the caller on requests of signed-in people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.caller import caller_for
from accounts.models import User


class CurrentAccountMiddleware:
    """Sets ``request.caller`` to the member's Caller, or None for strangers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        slug = request.session.get("account") if isinstance(user, User) else None
        request.caller = caller_for(user, slug) if isinstance(user, User) else None  # type: ignore[attr-defined]  # see AccountRequest
        return self.get_response(request)
