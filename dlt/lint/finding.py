"""One objection to a record, and the severities there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from dlt.lint.sources import SOURCES, Source

Severity = Literal["error", "warning", "hint"]
NOBODY: Final = Source("")
ORDER: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class LintFinding:
    """An objection: how grave, a stable code, a sentence, what to do, and who says so.

    ``at`` is the place in the text, counted from 0, and ``length`` how much of it is meant; -1 and 0 when
    it is about the whole.
    """

    severity: Severity
    code: str
    message: str
    remedy: str = ""
    source: Source = NOBODY
    at: int = -1
    length: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as the API answers it; ``at`` counts from 1 there."""
        return {
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "source": {"name": self.source.name, "url": self.source.url},
            "at": self.at + 1 if self.at >= 0 else None,
            "length": self.length,
        }


@dataclass(frozen=True, slots=True)
class LintRule:
    """A kind of objection: its severity and its source. ``title`` says it in a few words."""

    code: str
    severity: Severity
    title: str
    source: str

    def __post_init__(self) -> None:
        assert self.source in SOURCES, self.source  # noqa: S101 -- a slip in the catalogue
