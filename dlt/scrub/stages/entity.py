"""Stage 2, entity: does the business exist at the operators, and may it send?"""

from __future__ import annotations

from typing import Final

from dlt.identifiers import IdKind, problem_with
from dlt.models import EntityState, PrincipalEntity
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, found, not_applicable, passed

CODES: Final = {
    EntityState.SUSPENDED.value: "dlt.entity_suspended",
    EntityState.BLACKLISTED.value: "dlt.entity_blacklisted",
}


def judge(facts: Facts) -> Outcome:
    """Look the entity up."""
    entity, asked = facts.entity, facts.asked
    if entity is None and not asked.pe_id:
        return _nobody(facts)
    if entity is None:
        return found(_unknown(asked.pe_id))
    if not entity.is_sendable:
        return found(_halted(entity))
    return passed(f"Entity {entity.pe_id} “{entity.name}” is active.")


def _nobody(facts: Facts) -> Outcome:
    if facts.asked.template_id:
        return not_applicable("The entity follows from the template, which is not known.")
    told = "Indian numbers need a DLT entity ID. Name it, or a template that it follows from."
    return found(Finding("dlt.entity_missing", told))


def _unknown(pe_id: str) -> Finding:
    problem = problem_with(pe_id, IdKind.ENTITY)
    if problem:
        return Finding("dlt.entity_bad_format", problem, {"value": pe_id})
    return Finding(
        "dlt.entity_unknown",
        f"Entity {pe_id} is not in this account's registry. Register it under DLT registry.",
    )


def _halted(entity: PrincipalEntity) -> Finding:
    code = CODES.get(entity.state, "dlt.entity_not_active")
    return Finding(
        code, f"Entity {entity.pe_id} is {entity.state_label.lower()}.", {"state": entity.state}
    )
