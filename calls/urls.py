"""Pages of the call log."""

from __future__ import annotations

from django.urls import URLPattern, path

from calls import pages

urlpatterns: list[URLPattern] = [
    path("calls/", pages.call_log, name="calls"),
    path("calls/<str:sid>/", pages.call, name="call"),
    path("calls/<str:sid>/live/", pages.call_live, name="call-live"),
    path("calls/<str:sid>/replay/", pages.call_replay, name="call-replay"),
]
