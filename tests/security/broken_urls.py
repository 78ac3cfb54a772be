"""Addresses that fail, for the page that says so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from flowbuilder.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret sauce")


urlpatterns = [path("broken", broken), path("api/broken", broken)]
