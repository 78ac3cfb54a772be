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
        return Outcome("", (Finding("dlt.template_mismatch", told, detail),))
    return Outcome("The text matches the registered template.", detail=detail)
