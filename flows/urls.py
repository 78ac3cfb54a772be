"""Pages of flows."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from flows import archive_pages, exchange_pages, pages, test_pages, version_pages
from flows.audio import pages as audio_pages
from flows.audio.serve import recording

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="flows"), name="home"),
    path("audio/<str:token>.wav", recording, name="recording"),
    path("settings/recordings/", audio_pages.recordings, name="recordings"),
    path(
        "settings/recordings/<str:sid>/rename/",
        audio_pages.recording_rename,
        name="recording-rename",
    ),
    path(
        "settings/recordings/<str:sid>/delete/",
        audio_pages.recording_delete,
        name="recording-delete",
    ),
    path("flows/", pages.flow_list, name="flows"),
    path("flows/archived/", archive_pages.archived_list, name="flows-archived"),
    path("flows/import/", exchange_pages.flow_import, name="flows-import"),
    path("flows/<str:sid>/", pages.flow_builder, name="flow"),
    path("flows/<str:sid>/tests/", test_pages.test_list, name="flow-tests"),
    path("flows/<str:sid>/tests/new/", test_pages.new_test, name="flow-test-new"),
    path("flows/<str:sid>/tests/run/", test_pages.run_tests, name="flow-tests-run"),
    path("flows/<str:sid>/tests/<str:test>/", test_pages.edit_test, name="flow-test"),
    path(
        "flows/<str:sid>/tests/<str:test>/delete/", test_pages.remove_test, name="flow-test-delete"
    ),
    path("flows/<str:sid>/duplicate/", archive_pages.flow_duplicate, name="flow-duplicate"),
    path("flows/<str:sid>/archive/", archive_pages.flow_archive, name="flow-archive"),
    path("flows/<str:sid>/bring-back/", archive_pages.flow_bring_back, name="flow-bring-back"),
    path("flows/<str:sid>/compare/", version_pages.version_compare, name="flow-compare"),
    path("flows/<str:sid>/versions/", version_pages.version_list, name="flow-versions"),
    path(
        "flows/<str:sid>/versions/<int:number>/", version_pages.version_detail, name="flow-version"
    ),
    path(
        "flows/<str:sid>/versions/<int:number>/restore/",
        version_pages.version_restore,
        name="flow-version-restore",
    ),
    path(
        "flows/<str:sid>/versions/<int:number>/publish/",
        version_pages.version_publish,
        name="flow-version-publish",
    ),
]
