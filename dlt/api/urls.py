"""Paths of the DLT registries under /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, path

from dlt.api import check, match, views

urlpatterns: list[URLPattern] = [
    path("dlt/entities", views.Entities.as_view(), name="api-dlt-entities"),
    path("dlt/headers", views.Headers.as_view(), name="api-dlt-headers"),
    path("dlt/templates", views.Templates.as_view(), name="api-dlt-templates"),
    path("dlt/templates/<str:key>", views.TemplateDetail.as_view(), name="api-dlt-template"),
    path(
        "dlt/templates/<str:key>/approve",
        views.ApproveTemplate.as_view(),
        name="api-dlt-template-approve",
    ),
    path(
        "dlt/templates/<str:key>/reject",
        views.RejectTemplate.as_view(),
        name="api-dlt-template-reject",
    ),
    path("dlt/check", check.CheckView.as_view(), name="api-dlt-check"),
    path("dlt/match", match.MatchView.as_view(), name="api-dlt-match"),
]
