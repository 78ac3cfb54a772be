"""Paths below ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.api import dlt_health
from reports.api.views import SmsSummaryView

urlpatterns: list[URLPattern] = [
    path("reports/sms/summary", SmsSummaryView.as_view(), name="api-sms-summary"),
    path("dlt/radar", dlt_health.RadarView.as_view(), name="api-dlt-radar"),
    path("dlt/recheck", dlt_health.RecheckView.as_view(), name="api-dlt-recheck"),
    path(
        "dlt/typed-tags/<str:key>",
        dlt_health.TypedTagsView.as_view(),
        name="api-dlt-typed-tags",
    ),
]
