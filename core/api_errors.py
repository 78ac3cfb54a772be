"""One shape for every error of the API: ``{"error": {"code", "message", "context"}}``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response

from core.errors import DomainError

CODES = {
    status.HTTP_400_BAD_REQUEST: "bad_request",
    status.HTTP_401_UNAUTHORIZED: "not_authenticated",
    status.HTTP_403_FORBIDDEN: "not_allowed",
    status.HTTP_404_NOT_FOUND: "not_found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method_not_allowed",
    status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: "too_large",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
    status.HTTP_429_TOO_MANY_REQUESTS: "too_many_requests",
}


def body(code: str, message: str, context: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "context": context or {}}}


def _flatten(detail: Any, path: str = "") -> dict[str, str]:
    """Return DRF's nested complaints as ``{"field.sub": "sentence"}``."""
    if isinstance(detail, dict):
        rows: dict[str, str] = {}
        for key, value in detail.items():
            rows |= _flatten(value, f"{path}.{key}" if path else str(key))
        return rows
    if isinstance(detail, list):
        return {path: " ".join(str(item) for item in detail)}
    return {path: str(detail)}


def _invalid(error: exceptions.ValidationError) -> Response:
    fields = _flatten(error.detail)
    sentence = "; ".join(f"{name}: {text}" if name else text for name, text in fields.items())
    return Response(body("invalid", sentence, {"fields": fields}), status.HTTP_400_BAD_REQUEST)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an anticipated error into an answer; anything else is a bug and goes on as a 500."""
    if isinstance(error, DomainError):
        return Response(body(error.code, str(error), error.context), error.status)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return Response(
            body("too_large", "The request body is larger than 4 MiB. Send less at once."),
            status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
        )
    if isinstance(error, exceptions.APIException):
        headers = {}
        if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
            headers["WWW-Authenticate"] = "x-api-key"
        code = CODES.get(error.status_code, "error")
        return Response(body(code, str(error.detail)), error.status_code, headers=headers)
    return None


def answer_domain_error(request: HttpRequest, error: DomainError) -> JsonResponse:
    """The same shape for plain Django views."""
    return JsonResponse(body(error.code, str(error), error.context), status=error.status)
