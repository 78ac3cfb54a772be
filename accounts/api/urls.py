"""Paths of notices."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts.api import notices

urlpatterns: list[URLPattern] = [
    path("notices", notices.Notices.as_view(), name="api-notices"),
    path("notices/read", notices.NoticesRead.as_view(), name="api-notices-read"),
]
