"""Paths below ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.api.views import SmsSummaryView

urlpatterns: list[URLPattern] = [
    path("reports/sms/summary", SmsSummaryView.as_view(), name="api-sms-summary"),
]
