"""Paths of the DLT registries under /api/v1/."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from dlt.api import approvals, check, imports, match, proposals, receivers, views
from dlt.api.resources import RESOURCES, Resource


def _paths(resource: Resource) -> Iterator[URLPattern]:
    """Yield the addresses of one registry."""
    start, name = f"dlt/{resource.plural}", f"api-dlt-{resource.plural}"
    one = f"{start}/<str:key>"
    detail = views.EditableRecord if resource.edit else views.RecordDetail
    yield path(start, views.RecordList.as_view(resource=resource), name=name)
    yield path(f"{start}/bulk", views.RecordBulk.as_view(resource=resource), name=f"{name}-bulk")
    yield path(one, detail.as_view(resource=resource), name=f"api-dlt-{resource.kind}")
    for last, view in (("undo", views.RecordUndo), ("history", views.RecordHistory)):
        name_ = f"api-dlt-{resource.kind}-{last}"
        yield path(f"{one}/{last}", view.as_view(resource=resource), name=name_)
    verb = f"{one}/<slug:verb>"
    yield path(
        verb, views.RecordVerb.as_view(resource=resource), name=f"api-dlt-{resource.kind}-verb"
    )


urlpatterns: list[URLPattern] = [
    *(pattern for resource in RESOURCES.values() for pattern in _paths(resource)),
    path(
        "dlt/templates/<str:key>/operators/<slug:operator>",
        views.TemplateOperator.as_view(),
        name="api-dlt-template-operator",
    ),
    path("dlt/settings", views.Settings.as_view(), name="api-dlt-settings"),
    path("dlt/imports", imports.Imports.as_view(), name="api-dlt-imports"),
    path("dlt/imports/<str:sid>", imports.ImportDetail.as_view(), name="api-dlt-import"),
    path(
        "dlt/imports/<str:sid>/columns",
        imports.ImportColumns.as_view(),
        name="api-dlt-import-columns",
    ),
    path("dlt/imports/<str:sid>/apply", imports.ImportApply.as_view(), name="api-dlt-import-apply"),
    path(
        "dlt/imports/<str:sid>/cancel", imports.ImportCancel.as_view(), name="api-dlt-import-cancel"
    ),
    path(
        "dlt/imports/<str:sid>/report.csv",
        imports.ImportReport.as_view(),
        name="api-dlt-import-report",
    ),
    path("dlt/dnd", receivers.Dnd.as_view(), name="api-dlt-dnd"),
    path("dlt/receiver-consents", receivers.Consents.as_view(), name="api-dlt-receiver-consents"),
    path(
        "dlt/receiver-consents/<int:pk>/revoke",
        receivers.ConsentRevoke.as_view(),
        name="api-dlt-receiver-consent-revoke",
    ),
    path("dlt/exports/<slug:slug>.<slug:form>", imports.Export.as_view(), name="api-dlt-export"),
    path("dlt/approvals", approvals.ApprovalQueue.as_view(), name="api-dlt-approvals"),
    path("dlt/lint", approvals.Lint.as_view(), name="api-dlt-lint"),
    path("dlt/check", check.CheckView.as_view(), name="api-dlt-check"),
    path("dlt/match", match.MatchView.as_view(), name="api-dlt-match"),
    path("dlt/proposals", proposals.Proposals.as_view(), name="api-dlt-proposals"),
    path(
        "dlt/proposals/<int:pk>/apply",
        proposals.ApplyProposal.as_view(),
        name="api-dlt-proposal-apply",
    ),
    path(
        "dlt/proposals/<int:pk>/dismiss",
        proposals.DismissProposal.as_view(),
        name="api-dlt-proposal-dismiss",
    ),
]
