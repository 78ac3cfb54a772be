"""Errors of pages and API alike: a plain sentence, never a trace."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.api_errors import body

API_PATHS = ("/api/", "/v2.0/", "/gateways/", "/voice/")


def _answer(
    request: HttpRequest,
    status: int,
    code: str,
    title: str,
    sentence: str,
    facts: dict[str, Any] | None = None,
) -> HttpResponse:
    if request.path.startswith(API_PATHS):
        return JsonResponse(body(code, sentence, facts), status=status)
    inside = getattr(request, "caller", None) is not None and status in (403, 404)
    context: dict[str, Any] = {
        "layout": "base.html" if inside else "solo.html",
        "status": status,
        "title": title,
        "sentence": sentence,
    }
    if status == 500:
        # Whatever broke may break the context processors too: this page asks nothing of them.
        return HttpResponse(render_to_string("error.html", context), status=status)
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = "The server could not read this request. Go back and try again."
    return _answer(request, 400, "bad_request", "Bad request", sentence)


def nul_character(request: HttpRequest, name: str) -> HttpResponse:
    """Name what holds a NUL character: a parameter, a field, a cookie, or the path."""
    sentence = f"“{name[:40]}” holds a NUL character (U+0000). Send it without."
    facts = {"fields": {name[:40]: sentence}}
    return _answer(request, 400, "invalid", "Bad request", sentence, facts)


def too_large(request: HttpRequest) -> HttpResponse:
    sentence = "This form is larger than 4 MiB. Send less at once."
    return _answer(request, 413, "too_large", "Too much at once", sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = "Your role in this account does not allow this. Ask an admin of the account."
    return _answer(request, 403, "not_allowed", "Not allowed", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = (
        "There is nothing at this address. It may have been removed, or belong to another account."
    )
    return _answer(request, 404, "not_found", "Not found", sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    sentence = "The fault is on our side and was recorded. Please try again in a moment."
    return _answer(request, 500, "server_error", "Something went wrong", sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a refused form: its token was missing or old."""
    del reason  # for developers, who find it in the log
    sentence = "This page was open too long or came from elsewhere. Reload it and try again."
    return _answer(request, 403, "csrf_failed", "Please reload the page", sentence)
