"""Stage 5, template record: is the text registered, sendable, and of this entity, header and traffic?"""

from __future__ import annotations

from typing import Final

from dlt.identifiers import IdKind, problem_with
from dlt.models import SUSPENDED, Category, ContentTemplate, RecordState
from dlt.operators import OPERATORS
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, Verdict

ALERTING: Final = "alerting"
CODES: Final = {
    **dict.fromkeys(sorted(SUSPENDED), "dlt.template_suspended"),
    RecordState.INACTIVE.value: "dlt.template_inactive",
    RecordState.BLACKLISTED.value: "dlt.template_blacklisted",
}


def judge(facts: Facts) -> Outcome:
    """Look the template up and compare it with what else the message names."""
    template = facts.template
    if template is None:
        return Outcome("", (_nowhere(facts.asked.template_id),))
    findings = (
        _halted(template),
        _of_another(facts, template),
        _not_linked(facts, template),
        _clash(facts, template),
        _inactive_somewhere(template),
    )
    message = f"Template {template.template_id} “{template.name}” is approved."
    return Outcome(message, tuple(finding for finding in findings if finding))


def _nowhere(template_id: str) -> Finding:
    if not template_id:
        return Finding(
            "dlt.template_missing",
            "Indian numbers need a DLT template ID, and no single approved template matches this text.",
        )
    problem = problem_with(template_id, IdKind.TEMPLATE)
    if problem:
        return Finding("dlt.template_bad_format", problem, {"value": template_id})
    return Finding(
        "dlt.template_unknown",
        f"Template {template_id} is not in this account's registry. Submit it under DLT registry.",
    )


def _halted(template: ContentTemplate) -> Finding | None:
    if template.is_sendable:
        return None
    state = template.state_label[:1].lower() + template.state_label[1:]
    return Finding(
        CODES.get(template.state, "dlt.template_not_approved"),
        f"Template {template.template_id} is {state}; only an approved template may be sent.",
        {"state": template.state, "reason": template.reason},
    )


def _of_another(facts: Facts, template: ContentTemplate) -> Finding | None:
    entity = facts.entity
    if entity is None or template.entity_id == entity.pk:
        return None
    told = (
        f"Template {template.template_id} belongs to entity {template.entity.pe_id},"
        f" not to {entity.pe_id}."
    )
    return Finding("dlt.template_other_entity", told)


def _not_linked(facts: Facts, template: ContentTemplate) -> Finding | None:
    header = facts.header
    if header is None or any(row.pk == header.pk for row in facts.linked):
        return None
    names = ", ".join(row.value for row in facts.linked) or "none"
    told = f"Sender ID {header.value} is not linked to template {template.template_id} (linked: {names})."
    return Finding("dlt.header_not_linked", told)


def _clash(facts: Facts, template: ContentTemplate) -> Finding | None:
    if facts.asked.traffic_type != ALERTING or template.category != Category.PROMOTIONAL:
        return None
    told = "A promotional template cannot be sent as alerting. Send it as marketing."
    return Finding("dlt.category_clash", told, {"category": template.category})


def _inactive_somewhere(template: ContentTemplate) -> Finding | None:
    """Note operators that say otherwise: messages to their numbers may be dropped."""
    states = {
        slug: said.get("state", "")
        for slug, said in template.operators.items()
        if isinstance(said, dict)
    }
    halted = {
        slug: state for slug, state in states.items() if state not in {"", "active", "approved"}
    }
    if not halted:
        return None
    said = ", ".join(f"{_operator(slug)}: {state}" for slug, state in sorted(halted.items()))
    told = f"Not everywhere: {said}. Messages to their numbers may be dropped."
    return Finding("dlt.template_inactive", told, {"operators": halted}, Verdict.NOTED)


def _operator(slug: str) -> str:
    known = OPERATORS.get(slug)
    return known.name if known else slug
