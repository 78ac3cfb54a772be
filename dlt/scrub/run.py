"""Lead a message through the stages, in the order in which operators' codes are laid out (dlt.md 10.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from accounts.models import Account
from dlt.matcher import Match, render
from dlt.operators import operator_of
from dlt.scrub.facts import Facts
from dlt.scrub.gather import gather
from dlt.scrub.outcome import Finding, Outcome, Verdict
from dlt.scrub.records import Asked
from dlt.scrub.report import ScrubReport
from dlt.scrub.stages import chain, cta, entity, header, hours, match, receiver, template, text


@dataclass(frozen=True, slots=True)
class Stage:
    """``gate`` is its name in a message's trace, the same for ever."""

    number: int
    gate: str
    name: str
    judge: Callable[[Facts], Outcome]


STAGES: Final = (
    Stage(1, "dlt.input", "Input", text.judge),
    Stage(2, "dlt.entity", "Entity", entity.judge),
    Stage(3, "dlt.chain", "Chain", chain.judge),
    Stage(4, "dlt.header", "Header", header.judge),
    Stage(5, "dlt.template", "Template record", template.judge),
    Stage(6, "dlt.match", "Template match", match.judge),
    Stage(7, "dlt.cta", "Links and numbers", cta.judge),
    Stage(8, "dlt.time", "Time of day", hours.judge),
    Stage(9, "dlt.preference", "Preference and consent", receiver.judge),
)
# What may have changed of a message that was judged a moment ago.
_RECORDS: Final = (entity.judge, chain.judge, header.judge, template.judge)


def scrub(account: Account, asked: Asked) -> ScrubReport:
    """Judge a message by all stages; the first that refuses decides.

    An empty ``template_id`` is worked out when exactly one approved template matches; an empty ``pe_id`` or
    ``header`` follows from the template when it leaves no choice.
    """
    facts = gather(account, asked)
    report = ScrubReport(facts.entity, facts.header, facts.template)
    for stage in STAGES:
        outcome = stage.judge(facts)
        report.add(stage.number, stage.gate, outcome)
        held = next((f for f in outcome.findings if f.verdict is Verdict.HELD), None)
        if held:
            report.held = held
            report.held_until = hours.next_opening(facts.settings, asked.at)
    report.text = wire_text(facts)
    return report


def first_fault(facts: Facts) -> Finding | None:
    """Return what stops a message that was judged a moment ago: its records, or the hour."""
    findings = (finding for judge in (*_RECORDS, hours.judge) for finding in judge(facts).findings)
    return next((finding for finding in findings if finding.verdict is not Verdict.NOTED), None)


def wire_text(facts: Facts) -> str:
    """Return the registered text with the values in it; line breaks as the operator stores them."""
    if facts.template is None or facts.compiled is None or not isinstance(facts.result, Match):
        return ""
    filled = render(facts.compiled, [variable.value for variable in facts.result.variables])
    operator = operator_of(facts.template.template_id)
    profile = facts.settings.profiles.get(operator.slug, {}) if operator else {}
    if profile.get("line_break") == "crlf":
        return filled.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return filled
