"""What nine stages say of a message, in one report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dlt.models import ContentTemplate, Header, PrincipalEntity
from dlt.scrub.outcome import Finding, Outcome, Verdict


@dataclass(slots=True)
class ScrubReport:
    """The answer to one message. ``stages`` are lines of its trace."""

    entity: PrincipalEntity | None = None
    header: Header | None = None
    template: ContentTemplate | None = None
    findings: list[Finding] = field(default_factory=list)  # those that refuse, in order
    stages: list[dict[str, Any]] = field(default_factory=list)
    # The registered text with the values in it: byte for byte what the operator compares.
    text: str = ""
    held: Finding | None = None
    held_until: datetime | None = None

    @property
    def allowed(self) -> bool:
        return not self.findings

    @property
    def verdict(self) -> Verdict:
        if self.findings:
            return Verdict.REFUSED
        if self.held:
            return Verdict.HELD
        noted = any(line["verdict"] == Verdict.NOTED for line in self.stages)
        return Verdict.NOTED if noted else Verdict.PASSED

    def add(self, number: int, gate: str, outcome: Outcome) -> None:
        """Note a stage's answer."""
        self.findings += [f for f in outcome.findings if f.verdict is Verdict.REFUSED]
        self.stages.append(line(number, gate, outcome))


def line(number: int, gate: str, outcome: Outcome) -> dict[str, Any]:
    """Write a stage's answer as a line of a message's trace."""
    worst = outcome.worst
    others = [finding for finding in outcome.findings if finding is not worst]
    detail = dict(worst.detail if worst else outcome.detail)
    if others:
        detail["also"] = [
            {"code": other.code, "message": other.message, "verdict": other.verdict.value}
            for other in others
        ]
    return {
        "gate": gate,
        "stage": number,
        "verdict": outcome.verdict.value,
        "ok": outcome.verdict is not Verdict.REFUSED,
        "code": worst.code if worst else "",
        "message": worst.message if worst else outcome.message,
        "detail": detail,
    }
