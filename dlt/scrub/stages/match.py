"""Stage 6, template match: is the text the registered one, with legal values in it?"""

from __future__ import annotations

from dlt.matcher import Mismatch
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, not_applicable


def judge(facts: Facts) -> Outcome:
    """Compare the text; all differences are told."""
    if facts.template is None or facts.result is None:
        return not_applicable("There is no template to compare the text with.")
    detail = facts.result.as_dict()
    if isinstance(facts.result, Mismatch):
        sentences = " ".join(problem.message for problem in facts.result.problems)
        told = f"Not the text of template {facts.template.template_id}: {sentences}"
        if facts.others:
            told += f" It is the text of {_named(facts)}; was the wrong template named?"
            detail["other_matches"] = [
                {"template_id": row.template_id, "name": row.name} for row in facts.others
            ]
        return Outcome("", (Finding("dlt.template_mismatch", told, detail),))
    return Outcome("The text matches the registered template.", detail=detail)


def _named(facts: Facts) -> str:
    return ", ".join(f"{row.template_id} “{row.name}”" for row in facts.others)
