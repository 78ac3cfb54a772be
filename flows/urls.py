"""Pages of flows."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from flows import pages
from flows.audio.serve import recording

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="flows"), name="home"),
    path("audio/<str:token>.wav", recording, name="recording"),
    path("flows/", pages.flow_list, name="flows"),
    path("flows/<str:sid>/", pages.flow_builder, name="flow"),
]
