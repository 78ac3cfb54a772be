"""Requests that no page and no part of the API can use are answered before one of them tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError

from flowbuilder.error_pages import nul_character, too_large

View = Callable[..., Any]
NUL = "\0"


class RefuseUnreadable:
    """Refuses NUL characters, which PostgreSQL cannot hold, and forms that are too large.

    Bodies of the API are read by its own parsers and checked by its serializers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = next(_with_nul_outside_the_body(request), None)
        if named is not None:
            return nul_character(request, named)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            named = next(_with_nul(request.POST), None)
        except RequestDataTooBig:
            return too_large(request)
        except (MultiPartParserError, UnicodeDecodeError):
            return None  # Django answers these with 400 itself
        return nul_character(request, named) if named is not None else None


def _with_nul_outside_the_body(request: HttpRequest) -> Iterator[str]:
    if NUL in request.path_info:
        yield "path"
    if "%00" in request.META.get("QUERY_STRING", "") or NUL in request.META.get("QUERY_STRING", ""):
        yield from _with_nul(request.GET)
    yield from (name for name, value in request.COOKIES.items() if NUL in value)


def _with_nul(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        if NUL in name or any(NUL in str(value) for value in values):
            yield name.replace(NUL, "")
