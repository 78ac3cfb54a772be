"""The two ways to use the API: an ``x-api-key`` header, or the session of a signed-in member."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.caller import Caller
from accounts.keys import find_key
from accounts.models import Role, User


class ApiKeyAuthentication(BaseAuthentication):
    """Header ``x-api-key``; never the query string, which ends in logs."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Caller] | None:
        secret = request.headers.get("x-api-key")
        if secret is None:
            return None
        key = find_key(secret, timezone.now())
        if key is None:
            raise AuthenticationFailed("The API key is not known, or was revoked.")
        return AnonymousUser(), Caller(key.account, Role(key.role), f"key {key.name}")

    def authenticate_header(self, request: Request) -> str:
        return "x-api-key"


class MemberSessionAuthentication(SessionAuthentication):
    """The browser's session, with CSRF checked, in the account the member works in."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        caller = getattr(request._request, "caller", None)  # noqa: SLF001 -- DRF hides what the middleware set
        if caller is None:
            return None
        self.enforce_csrf(request)
        return caller.user, caller


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base registers subclasses
    target_class = ApiKeyAuthentication
    name = "x-api-key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "x-api-key"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base registers subclasses
    target_class = MemberSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
