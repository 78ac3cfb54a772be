"""Paths of flows."""

from __future__ import annotations

from django.urls import URLPattern, path

from flows.api import archive_views, audio, exchange, expressions, tests, version_views, views

urlpatterns: list[URLPattern] = [
    path("audio", audio.AudioList.as_view(), name="api-audio-list"),
    path("audio/<str:sid>", audio.AudioDetail.as_view(), name="api-audio"),
    path("audio/<str:sid>/original", audio.AudioOriginal.as_view(), name="api-audio-original"),
    path("expressions/check", expressions.ExpressionCheck.as_view(), name="api-expressions-check"),
    path("flows", views.Flows.as_view(), name="api-flows"),
    path("flows/validate", views.FlowValidate.as_view(), name="api-flow-validate"),
    path("flows/export", exchange.FlowsExport.as_view(), name="api-flows-export"),
    path("flows/import", exchange.FlowsImport.as_view(), name="api-flows-import"),
    path("flows/<str:sid>/export", exchange.FlowExport.as_view(), name="api-flow-export"),
    path("flows/<str:sid>", views.FlowDetail.as_view(), name="api-flow"),
    path("flows/<str:sid>/draft", views.FlowDraft.as_view(), name="api-flow-draft"),
    path("flows/<str:sid>/publish", views.FlowPublish.as_view(), name="api-flow-publish"),
    path("flows/<str:sid>/tests/run", tests.FlowTestsRun.as_view(), name="api-flow-tests-run"),
    path("flows/<str:sid>/tests/try", tests.FlowTestsTry.as_view(), name="api-flow-tests-try"),
    path(
        "flows/<str:sid>/tests/coverage",
        tests.FlowTestsCoverage.as_view(),
        name="api-flow-tests-coverage",
    ),
    path("flows/<str:sid>/tests/<str:test>", tests.FlowTestDetail.as_view(), name="api-flow-test"),
    path("flows/<str:sid>/diff", version_views.FlowDiff.as_view(), name="api-flow-diff"),
    path(
        "flows/<str:sid>/duplicate",
        archive_views.FlowDuplicate.as_view(),
        name="api-flow-duplicate",
    ),
    path(
        "flows/<str:sid>/bring-back",
        archive_views.FlowBringBack.as_view(),
        name="api-flow-bring-back",
    ),
    path(
        "flows/<str:sid>/versions", version_views.FlowVersions.as_view(), name="api-flow-versions"
    ),
    path(
        "flows/<str:sid>/versions/<int:number>",
        version_views.FlowVersionDetail.as_view(),
        name="api-flow-version",
    ),
    path(
        "flows/<str:sid>/versions/<int:number>/restore",
        version_views.FlowRestore.as_view(),
        name="api-flow-restore",
    ),
    path(
        "flows/<str:sid>/versions/<int:number>/publish",
        version_views.FlowVersionPublish.as_view(),
        name="api-flow-version-publish",
    ),
]
