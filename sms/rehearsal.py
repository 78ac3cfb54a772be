"""What the checks would say of a message: the same nine stages as when it is sent, and nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accounts.models import Account
from core.errors import DomainError
from dlt.scrub import STAGES, Asked, ScrubReport, Verdict, line, not_applicable, scrub
from sms.pipeline import compose


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """``error``: code and sentence of what would refuse the message."""

    verdict: str
    stages: list[dict[str, Any]]
    error: dict[str, str] | None = None
    report: ScrubReport | None = None


def rehearse(*, account: Account, asked: Asked) -> Rehearsal:
    """Lead a message through the stages; ``asked.number`` as somebody wrote it."""
    trace = compose.Trace()
    try:
        number = compose.recipient(asked.number, account.region, trace)
    except DomainError as error:
        return _with_bad_number(scrub(account, asked), error)
    if number.country != "IN":
        told = "DLT applies to Indian numbers only."
        lines = [line(stage.number, stage.gate, not_applicable(told)) for stage in STAGES]
        return Rehearsal(Verdict.NOT_APPLICABLE.value, lines)
    report = scrub(account, replace(asked, number=number.e164))
    first = report.findings[0] if report.findings else None
    refusal = {"code": first.code, "message": first.message} if first else None
    return Rehearsal(report.verdict.value, report.stages, refusal, report)


def _with_bad_number(report: ScrubReport, error: DomainError) -> Rehearsal:
    """Let the first stage refuse the number; the others are told all the same."""
    refused = {"code": error.code, "message": str(error)}
    first = report.stages[0] | refused | {"ok": False, "verdict": Verdict.REFUSED.value}
    first["detail"] = dict(error.context)
    stages = [first, *report.stages[1:]]
    return Rehearsal(Verdict.REFUSED.value, stages, refused, report)
