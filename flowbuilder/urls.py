"""Every path of the product (contract: design of the HTTP surface)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from flowbuilder import health
from flowbuilder.api_docs import api_docs

handler400 = "flowbuilder.error_pages.bad_request"
handler403 = "flowbuilder.error_pages.forbidden"
handler404 = "flowbuilder.error_pages.not_found"
handler500 = "flowbuilder.error_pages.server_error"

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", api_docs, name="api-docs"),
    path("", include("applets.api.urls")),
    path("", include("dlt.api.urls")),
    path("", include("sms.api.urls")),
    path("", include("flows.api.urls")),
    path("", include("calls.api.urls")),
    path("", include("reports.api.urls")),
    path("", include("webhooks.api.urls")),
    path("", include("accounts.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.up, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/", include(api)),
    path("v2.0/", include("sms.api.callr_urls")),
    path("api/v2.0/", include("sms.api.callr_urls")),
    path("gateways/", include("sms.callback_urls")),
    path("", include("accounts.urls")),
    path("", include("billing.urls")),
    path("", include("dlt.urls")),
    path("", include("flows.urls")),
    path("", include("calls.urls")),
    path("", include("reports.urls")),
    path("demo/", include("flowbuilder.demo_urls")),
]
