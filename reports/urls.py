"""Pages of the reports."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from reports import downloads, pages

urlpatterns: list[URLPattern] = [
    path("reports/", RedirectView.as_view(pattern_name="sms-report"), name="reports"),
    path("reports/sms/", pages.sms_report, name="sms-report"),
    path("reports/sms/rows/", pages.sms_rows, name="sms-rows"),
    path("reports/sms/summary/", pages.sms_summary, name="sms-summary"),
    path("reports/sms/export.csv", downloads.sms_csv, name="sms-csv"),
    path("reports/sms/<str:sid>/", pages.sms_message, name="sms-message"),
    path("reports/sms/<str:sid>/live/", pages.sms_message_live, name="sms-message-live"),
]
