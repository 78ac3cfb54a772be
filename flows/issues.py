"""One thing that is wrong, or could be better, with a flow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Severity = Literal["error", "warning", "hint"]

_RANK: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Issue:
    """``error`` stops publishing. ``fix`` says what to do, in a few words."""

    severity: Severity
    code: str
    message: str
    node: str | None = None
    port: str | None = None
    setting: str | None = None
    fix: str | None = None

    @property
    def overridable(self) -> bool:
        """Whether an admin may publish all the same: the registries' objections, which may be settled
        with an operator later, and tests that fail, which may be the ones to mend. A flow that cannot run
        stays unpublished whoever asks."""
        told_by_others = self.code.startswith("dlt.") or self.code == "flows.test_failed"
        return self.severity == "error" and told_by_others

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "overridable": self.overridable}


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """Return issues, worst first, otherwise as they were found."""
    return sorted(issues, key=lambda issue: _RANK[issue.severity])


def has_errors(issues: Iterable[Issue]) -> bool:
    return any(issue.severity == "error" for issue in issues)
