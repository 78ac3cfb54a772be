"""The API over plain HTTP is refused, where pages are redirected to HTTPS."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.api_errors import body

API_PATHS = ("/api/", "/v2.0/")


class ApiOnHttpsOnly:
    """Answers 403 instead of the redirect that SECURE_REDIRECT_EXEMPT keeps from the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API_PATHS) and not request.is_secure():
            sentence = "Use https:// for the API. A key sent over http:// should be replaced."
            return JsonResponse(body("not_allowed", sentence), status=403)
        return self.get_response(request)
