"""Paths of the catalogue."""

from __future__ import annotations

from django.urls import URLPattern, path

from applets.api.views import CatalogueView

urlpatterns: list[URLPattern] = [
    path("applets", CatalogueView.as_view(), name="api-applets"),
]
