"""Stage 1, input: is there a text an operator would read at all?"""

from __future__ import annotations

from dlt.matcher import Code, Mismatch, Problem
from dlt.matcher.limits import LONGEST_BODY
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, found, passed


def judge(facts: Facts) -> Outcome:
    """Look at the text alone."""
    body = facts.asked.body.strip()
    if not body:
        return found(Finding("dlt.body_empty", "The message is empty. Write what should be sent."))
    if len(body) > facts.records.rules.account.body:
        told = f"The message is {len(body)} characters; no operator takes more than {LONGEST_BODY}."
        return found(
            Finding("dlt.body_too_long", told, {"length": len(body), "limit": LONGEST_BODY})
        )
    left = _unfilled(facts)
    if left:
        told = f"{left.message} Put a value in its place."
        return found(Finding("dlt.unfilled_placeholder", told, left.as_dict()))
    return passed(f"{len(body)} characters, no placeholder left open.")


def _unfilled(facts: Facts) -> Problem | None:
    if not isinstance(facts.result, Mismatch):
        return None
    problems = facts.result.problems
    return next(
        (problem for problem in problems if problem.code == Code.UNFILLED_PLACEHOLDER), None
    )
