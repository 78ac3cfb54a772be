"""Pages of the DLT registry and the approvals."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from dlt.pages import approvals, imports, match, receivers, senders, templates
from dlt.registry import KINDS


class RecordKind:
    """The kinds of records that are approved."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RecordKind, "record_kind")

urlpatterns: list[URLPattern] = [
    path("dlt/", RedirectView.as_view(pattern_name="dlt-templates"), name="dlt"),
    path("dlt/templates/", templates.template_list, name="dlt-templates"),
    path("dlt/templates/new/", templates.template_new, name="dlt-template-new"),
    path("dlt/templates/checks/", templates.template_lint, name="dlt-template-checks"),
    path("dlt/templates/<int:pk>/", templates.template_detail, name="dlt-template"),
    path(
        "dlt/templates/<int:pk>/suspend/", templates.template_suspend, name="dlt-template-suspend"
    ),
    path(
        "dlt/templates/<int:pk>/reinstate/",
        templates.template_reinstate,
        name="dlt-template-reinstate",
    ),
    path("dlt/match/", match.which_template, name="dlt-match"),
    path("dlt/headers/", senders.header_list, name="dlt-headers"),
    path("dlt/headers/new/", senders.header_new, name="dlt-header-new"),
    path("dlt/entities/", senders.entity_list, name="dlt-entities"),
    path("dlt/entities/new/", senders.entity_new, name="dlt-entity-new"),
    path("dlt/receivers/", receivers.receiver_page, name="dlt-receivers"),
    path("dlt/receivers/block/", receivers.receiver_block, name="dlt-receiver-block"),
    path("dlt/receivers/unblock/", receivers.receiver_unblock, name="dlt-receiver-unblock"),
    path("dlt/receivers/consent/", receivers.receiver_consent, name="dlt-receiver-consent"),
    path(
        "dlt/receivers/consents/<int:pk>/revoke/",
        receivers.receiver_revoke,
        name="dlt-receiver-revoke",
    ),
    path("dlt/import/", imports.import_new, name="dlt-import-new"),
    path("dlt/import/<slug:sid>/", imports.import_detail, name="dlt-import"),
    path("dlt/import/<slug:sid>/columns/", imports.import_mapping, name="dlt-import-columns"),
    path("dlt/import/<slug:sid>/apply/", imports.import_apply, name="dlt-import-apply"),
    path("dlt/import/<slug:sid>/cancel/", imports.import_cancel, name="dlt-import-cancel"),
    path(
        "dlt/import/<slug:sid>/report.csv",
        imports.import_report,
        {"form": "csv"},
        name="dlt-import-report",
    ),
    path(
        "dlt/import/<slug:sid>/report.xlsx",
        imports.import_report,
        {"form": "xlsx"},
        name="dlt-import-report-xlsx",
    ),
    path("dlt/export/<slug:slug>.<slug:form>", imports.export_file, name="dlt-export"),
    path("approvals/", approvals.queue, name="approvals"),
    path("approvals/confirm/", approvals.confirm, name="approvals-confirm"),
    path("approvals/approve/", approvals.approve_many, name="approve-many"),
    path("approvals/<record_kind:kind>/<int:pk>/undo/", approvals.undo, name="undo"),
    path("approvals/<record_kind:kind>/<int:pk>/approve/", approvals.approve, name="approve"),
    path("approvals/<record_kind:kind>/<int:pk>/reject/", approvals.reject, name="reject"),
]
