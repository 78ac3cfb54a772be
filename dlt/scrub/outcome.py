"""What a stage says of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    PASSED = "passed"
    NOTED = "noted"
    HELD = "held"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"


# The worst of a stage's findings is its verdict.
_WEIGHT = {
    verdict: weight for weight, verdict in enumerate((Verdict.NOTED, Verdict.HELD, Verdict.REFUSED))
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: a stable code, a sentence with its remedy, and facts for the page."""

    code: str
    message: str
    detail: dict[str, Any] = field(default_factory=dict)
    verdict: Verdict = Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stage's answer. ``message`` is said when there is no finding."""

    message: str
    findings: tuple[Finding, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)
    applicable: bool = True

    @property
    def worst(self) -> Finding | None:
        """Return the finding that decides; the first of equals."""
        return max(self.findings, key=lambda finding: _WEIGHT[finding.verdict], default=None)

    @property
    def verdict(self) -> Verdict:
        if self.worst:
            return self.worst.verdict
        return Verdict.PASSED if self.applicable else Verdict.NOT_APPLICABLE


def passed(message: str, **detail: Any) -> Outcome:
    return Outcome(message, detail=detail)


def not_applicable(message: str) -> Outcome:
    return Outcome(message, applicable=False)


def found(*findings: Finding | None, otherwise: str = "") -> Outcome:
    """Return an answer of findings; those that are None were not made."""
    return Outcome(otherwise, tuple(finding for finding in findings if finding))
