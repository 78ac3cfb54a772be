"""Pages of the reports."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from reports import downloads, pages
from reports.dlt_health import pages as dlt_health

urlpatterns: list[URLPattern] = [
    path("reports/", RedirectView.as_view(pattern_name="sms-report"), name="reports"),
    path("reports/sms/", pages.sms_report, name="sms-report"),
    path("reports/sms/rows/", pages.sms_rows, name="sms-rows"),
    path("reports/sms/summary/", pages.sms_summary, name="sms-summary"),
    path("reports/sms/export.csv", downloads.sms_csv, name="sms-csv"),
    path("reports/sms/<str:sid>/", pages.sms_message, name="sms-message"),
    path("reports/sms/<str:sid>/live/", pages.sms_message_live, name="sms-message-live"),
    path("dlt/radar/", dlt_health.radar_page, name="dlt-radar"),
    path("dlt/recheck/", dlt_health.recheck_page, name="dlt-recheck"),
    path("dlt/typed/", dlt_health.typed_list, name="dlt-typed"),
    path("dlt/typed/<int:pk>/", dlt_health.typed_detail, name="dlt-typed-template"),
]
