"""Paths of test calls, calls and numbers."""

from __future__ import annotations

from django.urls import URLPattern, path

from calls.api import counts, flow_tests, views

urlpatterns: list[URLPattern] = [
    path("simulations", views.Simulations.as_view(), name="api-simulations"),
    path("simulations/<str:sid>", views.Simulation.as_view(), name="api-simulation"),
    path(
        "simulations/<str:sid>/events",
        views.SimulationEvents.as_view(),
        name="api-simulation-events",
    ),
    path("flows/<str:sid>/counts", counts.FlowCounts.as_view(), name="api-flow-counts"),
    path(
        "flows/<str:sid>/connections/calls",
        counts.ConnectionCalls.as_view(),
        name="api-connection-calls",
    ),
    path("calls", views.Calls.as_view(), name="api-calls"),
    path("calls/<str:sid>", views.CallDetail.as_view(), name="api-call"),
    path("calls/<str:sid>/replay", views.CallReplay.as_view(), name="api-call-replay"),
    path("flows/<str:sid>/tests", flow_tests.FlowTests.as_view(), name="api-flow-tests"),
    path("numbers", views.Numbers.as_view(), name="api-numbers"),
    path("numbers/lookup", views.NumberLookup.as_view(), name="api-number-lookup"),
    path("numbers/<str:e164>", views.NumberDetail.as_view(), name="api-number"),
]
