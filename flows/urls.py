"""Pages of flows."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from flows import pages, test_pages
from flows.audio.serve import recording

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="flows"), name="home"),
    path("audio/<str:token>.wav", recording, name="recording"),
    path("flows/", pages.flow_list, name="flows"),
    path("flows/<str:sid>/", pages.flow_builder, name="flow"),
    path("flows/<str:sid>/tests/", test_pages.test_list, name="flow-tests"),
    path("flows/<str:sid>/tests/new/", test_pages.new_test, name="flow-test-new"),
    path("flows/<str:sid>/tests/run/", test_pages.run_tests, name="flow-tests-run"),
    path("flows/<str:sid>/tests/<str:test>/", test_pages.edit_test, name="flow-test"),
    path(
        "flows/<str:sid>/tests/<str:test>/delete/", test_pages.remove_test, name="flow-test-delete"
    ),
]
