"""Errors of pages and API alike: a plain sentence, never a trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.api_errors import body


def _answer(request: HttpRequest, status: int, code: str, title: str, sentence: str) -> HttpResponse:
    if request.path.startswith(("/api/", "/v2.0/", "/gateways/")):
        return JsonResponse(body(code, sentence), status=status)
    return render(request, "error.html", {"title": title, "sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "bad_request", "Bad request", "The server could not read this request.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = "Your role in this account does not allow this. Ask an admin of the account."
    return _answer(request, 403, "not_allowed", "Not allowed", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "not_found", "Not found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    sentence = "Something went wrong on our side. It has been recorded; please try again."
    return _answer(request, 500, "server_error", "Something went wrong", sentence)
