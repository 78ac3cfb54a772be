"""Pages of the DLT registry and the approvals."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from dlt.pages import (
    approvals,
    details,
    imports,
    match,
    receivers,
    record_forms,
    registries,
    settings,
    templates,
)
from dlt.registry import KINDS, PLURALS


class RecordKind:
    """The kinds of records that are approved."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RecordKind, "record_kind")


def _registry(kind: str) -> Iterator[URLPattern]:
    """Yield the addresses that every registry has."""
    start, of_kind = f"dlt/{PLURALS[kind]}/", {"kind": kind}
    one = f"{start}<int:pk>/"
    yield path(start, registries.record_list, of_kind, name=f"dlt-{PLURALS[kind]}")
    yield path(f"{start}bulk/", registries.record_bulk, of_kind, name=f"dlt-{PLURALS[kind]}-bulk")
    if kind != "template":
        yield path(f"{start}new/", record_forms.record_new, of_kind, name=f"dlt-{kind}-new")
        yield path(one, details.record_detail, of_kind, name=f"dlt-{kind}")
        if kind != "chain":  # its hash names everything it is
            yield path(f"{one}edit/", record_forms.record_edit, of_kind, name=f"dlt-{kind}-edit")
    yield path(f"{one}undo/", registries.record_undo, of_kind, name=f"dlt-{kind}-undo")
    yield path(f"{one}<slug:verb>/", registries.record_change, of_kind, name=f"dlt-{kind}-change")


urlpatterns: list[URLPattern] = [
    path("dlt/", RedirectView.as_view(pattern_name="dlt-templates"), name="dlt"),
    path("dlt/templates/new/", templates.template_new, name="dlt-template-new"),
    path("dlt/templates/checks/", templates.template_lint, name="dlt-template-checks"),
    path("dlt/templates/variables/", templates.template_variables, name="dlt-template-variables"),
    path("dlt/templates/<int:pk>/", details.template_detail, name="dlt-template"),
    path("dlt/templates/<int:pk>/edit/", templates.template_edit, name="dlt-template-edit"),
    path(
        "dlt/templates/<int:pk>/operator/",
        templates.template_operator,
        name="dlt-template-operator",
    ),
    path("dlt/match/", match.which_template, name="dlt-match"),
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
    path("dlt/chains/hash/", record_forms.chain_hash_now, name="dlt-chain-hash"),
    path("dlt/ctas/hint/", record_forms.cta_hint, name="dlt-cta-hint"),
    path("dlt/ids/", record_forms.id_hint, name="dlt-id-hint"),
    path("dlt/settings/", settings.dlt_settings, name="dlt-settings"),
    *(pattern for kind in KINDS for pattern in _registry(kind)),
    path("approvals/", approvals.queue, name="approvals"),
    path("approvals/confirm/", approvals.confirm, name="approvals-confirm"),
    path("approvals/approve/", approvals.approve_many, name="approve-many"),
    path("approvals/proposals/<int:pk>/apply/", approvals.apply_proposal, name="proposal-apply"),
    path(
        "approvals/proposals/<int:pk>/dismiss/", approvals.dismiss_proposal, name="proposal-dismiss"
    ),
    path("approvals/<record_kind:kind>/<int:pk>/undo/", approvals.undo, name="undo"),
    path("approvals/<record_kind:kind>/<int:pk>/approve/", approvals.approve, name="approve"),
    path("approvals/<record_kind:kind>/<int:pk>/reject/", approvals.reject, name="reject"),
]
