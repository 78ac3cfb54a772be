"""Would the operators let this message through? Every stage is looked at; the first fault refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.models import Account
from dlt.matcher import Mismatch, check, compile_template, matches, render
from dlt.models import ContentTemplate, EntityState, Header, PrincipalEntity, RecordState

# Templates compared at most when a message names none.
TEMPLATES_TRIED = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a stable code, a sentence with its remedy, and facts for the page."""

    code: str
    message: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ScrubReport:
    """What the registries say of one message."""

    findings: list[Finding] = field(default_factory=list)
    stages: list[dict[str, Any]] = field(default_factory=list)
    entity: PrincipalEntity | None = None
    header: Header | None = None
    template: ContentTemplate | None = None
    # The registered text with the values in it: byte for byte what the operator compares.
    text: str = ""
    match: dict[str, Any] | None = None

    @property
    def allowed(self) -> bool:
        return not self.findings

    def passed(self, stage: str, message: str, detail: dict[str, Any] | None = None) -> None:
        self.stages.append(
            {"gate": stage, "ok": True, "code": "", "message": message, "detail": detail or {}}
        )

    def failed(self, stage: str, finding: Finding) -> None:
        self.findings.append(finding)
        self.stages.append(
            {
                "gate": stage,
                "ok": False,
                "code": finding.code,
                "message": finding.message,
                "detail": finding.detail,
            }
        )


def scrub(*, account: Account, pe_id: str, header: str, template_id: str, body: str) -> ScrubReport:
    """Compare a message with the account's registries.

    An empty ``template_id`` is worked out when exactly one approved template matches; an empty ``pe_id`` or
    ``header`` follows from the template when it leaves no choice.
    """
    report = ScrubReport()
    _template(report, account, template_id, body)
    _entity(report, account, pe_id)
    _header(report, account, header)
    _match(report, body)
    return report


def _template(report: ScrubReport, account: Account, template_id: str, body: str) -> None:
    rows = ContentTemplate.objects.for_account(account).select_related("entity")
    if template_id:
        found = rows.filter(template_id=template_id).first()
    else:
        found = _only_match(rows.approved().order_by("pk")[:TEMPLATES_TRIED], body)
    report.template = found
    fault = _template_fault(found, template_id)
    if fault:
        report.failed("dlt.template", fault)
    elif found:
        message = f"Template {found.template_id} “{found.name}” is approved."
        report.passed("dlt.template", message)


def _only_match(templates: Any, body: str) -> ContentTemplate | None:
    matching = [t for t in templates if matches(compile_template(t.text), body)]
    return matching[0] if len(matching) == 1 else None


def _template_fault(template: ContentTemplate | None, template_id: str) -> Finding | None:
    if template is None and not template_id:
        return Finding(
            "dlt.template_missing",
            "Indian numbers need a DLT template ID, and no single approved template matches this text.",
        )
    if template is None:
        return Finding(
            "dlt.template_unknown",
            f"Template {template_id} is not in this account's registry. Submit it under DLT registry.",
        )
    if template.state != RecordState.APPROVED:
        return Finding(
            "dlt.template_not_approved",
            f"Template {template.template_id} is {template.get_state_display().lower()};"
            " only an approved template may be sent.",
            {"state": template.state},
        )
    return None


def _entity(report: ScrubReport, account: Account, pe_id: str) -> None:
    if not pe_id and report.template:
        report.entity = report.template.entity
    else:
        report.entity = PrincipalEntity.objects.for_account(account).filter(pe_id=pe_id).first()
    fault = _entity_fault(report, pe_id)
    if fault:
        report.failed("dlt.entity", fault)
    elif report.entity:
        report.passed("dlt.entity", f"Entity {report.entity.pe_id} is active.")


def _entity_fault(report: ScrubReport, pe_id: str) -> Finding | None:
    entity = report.entity
    if entity is None and not pe_id:
        return Finding("dlt.entity_missing", "Indian numbers need a DLT entity ID.")
    if entity is None:
        return Finding(
            "dlt.entity_unknown",
            f"Entity {pe_id} is not in this account's registry. Register it under DLT registry.",
        )
    if entity.state != EntityState.ACTIVE:
        return Finding(
            "dlt.entity_not_active",
            f"Entity {entity.pe_id} is {entity.get_state_display().lower()}.",
            {"state": entity.state},
        )
    if report.template and report.template.entity_id != entity.pk:
        return Finding(
            "dlt.template_other_entity",
            f"Template {report.template.template_id} belongs to entity"
            f" {report.template.entity.pe_id}, not to {entity.pe_id}.",
        )
    return None


def _header(report: ScrubReport, account: Account, value: str) -> None:
    headers = Header.objects.for_account(account)
    linked = list(report.template.headers.order_by("pk")) if report.template else []
    if not value:
        usable = [header for header in linked if header.state == RecordState.APPROVED]
        report.header = usable[0] if usable else None
    else:
        report.header = next(
            (header for header in linked if header.value == value),
            headers.filter(value=value).order_by("pk").first(),
        )
    fault = _header_fault(report, account, value, linked)
    if fault:
        report.failed("dlt.header", fault)
    elif report.header:
        report.passed("dlt.header", f"Sender ID {report.header.value} is approved.")


def _header_fault(
    report: ScrubReport, account: Account, value: str, linked: list[Header]
) -> Finding | None:
    header = report.header
    if header is None and not value:
        return Finding(
            "dlt.header_missing", "Indian numbers need a Sender ID that the template is linked to."
        )
    if header is None:
        return _unknown_header(account, value)
    if header.state != RecordState.APPROVED:
        return Finding(
            "dlt.header_not_approved",
            f"Sender ID {header.value} is {header.get_state_display().lower()}.",
            {"state": header.state},
        )
    if report.template and header not in linked:
        names = ", ".join(row.value for row in linked) or "none"
        return Finding(
            "dlt.header_not_linked",
            f"Sender ID {header.value} is not linked to template {report.template.template_id}"
            f" (linked: {names}).",
        )
    return None


def _unknown_header(account: Account, value: str) -> Finding:
    other_case = Header.objects.for_account(account).filter(value__iexact=value).first()
    if other_case:
        return Finding(
            "dlt.header_case",
            f"Sender IDs are case-sensitive: “{other_case.value}” is registered, “{value}” is not.",
        )
    return Finding(
        "dlt.header_unknown",
        f"Sender ID “{value}” is not in this account's registry. Submit it under DLT registry.",
    )


def _match(report: ScrubReport, body: str) -> None:
    template = report.template
    if template is None:
        return
    compiled = compile_template(template.text)
    result = check(compiled, body)
    report.match = result.as_dict()
    if isinstance(result, Mismatch):
        sentences = " ".join(problem.message for problem in result.problems)
        message = f"Not the text of template {template.template_id}: {sentences}"
        report.failed("dlt.match", Finding("dlt.template_mismatch", message, report.match))
        return
    report.text = render(compiled, [variable.value for variable in result.variables])
    report.passed("dlt.match", "The text matches the registered template.", report.match)
