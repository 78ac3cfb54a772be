"""The checks of one message as its page lists them: nine stages of DLT, then price and balance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dlt.faults import OperatorCode
from dlt.scrub import STAGES, Verdict
from dlt.scrub.shown import faults_of, names_of, operator_codes
from sms.wording import State

INPUT: Final = "dlt.input"
# Gates of the pipeline that look at the input: on the page they are its stage 1.
_INPUT_GATES: Final = frozenset(
    {"recipient", "number type", "encoding", "phone", "sms", "variables", INPUT}
)
_NAMES: Final = {stage.gate: stage.name for stage in STAGES}
_NUMBERS: Final = {stage.gate: stage.number for stage in STAGES}
_BADGES: Final = {
    Verdict.PASSED: State("Passed", "ok"),
    Verdict.NOTED: State("Noted", "info"),
    Verdict.HELD: State("Held", "warn"),
    Verdict.REFUSED: State("Refused", "bad"),
    Verdict.NOT_APPLICABLE: State("Not needed", ""),
}
_WEIGHT: Final = [
    Verdict.NOT_APPLICABLE,
    Verdict.PASSED,
    Verdict.NOTED,
    Verdict.HELD,
    Verdict.REFUSED,
]


@dataclass(frozen=True, slots=True)
class Codes:
    """The operators' codes of one table: ``DLT 631, 632``."""

    family: str
    codes: list[OperatorCode]


@dataclass(frozen=True, slots=True)
class Row:
    """One stage: what we say and, side by side, our code and theirs."""

    name: str
    verdict: Verdict
    message: str
    number: int | None = None
    code: str = ""
    names: list[str] = field(default_factory=list)
    operators: list[Codes] = field(default_factory=list)
    remedy: str = ""
    also: list[dict[str, str]] = field(default_factory=list)

    @property
    def badge(self) -> State:
        return _BADGES[self.verdict]


@dataclass(frozen=True, slots=True)
class Checks:
    rows: list[Row]

    @property
    def verdict(self) -> Verdict:
        return max((row.verdict for row in self.rows), key=_WEIGHT.index, default=Verdict.PASSED)

    @property
    def badge(self) -> State:
        return _BADGES[self.verdict]

    @property
    def is_open(self) -> bool:
        """Whether there is something to read at once."""
        return self.verdict in {Verdict.REFUSED, Verdict.HELD}

    @property
    def summary(self) -> str:
        """Say in a line how it went."""
        if self.is_open:
            row = next(row for row in self.rows if row.verdict is self.verdict)
            how = "refused" if self.verdict is Verdict.REFUSED else "held"
            stage = f"stage {row.number}, " if row.number else ""
            return f"{how.capitalize()} at {stage}{row.name.lower()}"
        notes = sum(row.verdict is Verdict.NOTED for row in self.rows)
        if not notes:
            return "All checks passed"
        return f"Passed, with {notes} note{'s' if notes > 1 else ''}"


def checks_of(trace: Iterable[Any], shown: Callable[[str], str] = str) -> Checks:
    """Return the checks in a message's trace; ``shown`` masks numbers in sentences."""
    rows: list[Row] = []
    for line in trace:
        if not isinstance(line, dict):
            continue
        row = _row(line, shown)
        if rows and row.number == 1 and rows[-1].number == 1:
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return Checks(rows)


def _row(line: dict[str, Any], shown: Callable[[str], str]) -> Row:
    gate = str(line.get("gate", ""))
    gate = INPUT if gate in _INPUT_GATES else gate
    detail = line.get("detail")
    also = detail.get("also") if isinstance(detail, dict) else None
    faults = faults_of(line)
    return Row(
        name=_NAMES.get(gate, gate.capitalize()),
        verdict=_verdict(line),
        message=shown(str(line.get("message") or "")),
        number=_NUMBERS.get(gate),
        code=str(line.get("code") or ""),
        names=names_of(line),
        operators=_by_family(operator_codes(faults)),
        remedy=faults[0].remedy if faults else "",
        also=[
            {"code": str(other.get("code", "")), "message": shown(str(other.get("message", "")))}
            for other in also or []
            if isinstance(other, dict)
        ],
    )


def _verdict(line: dict[str, Any]) -> Verdict:
    """Return a line's verdict; lines written before there were nine stages have none."""
    try:
        return Verdict(line["verdict"])
    except (KeyError, ValueError):
        return Verdict.PASSED if line.get("ok") else Verdict.REFUSED


def _joined(first: Row, second: Row) -> Row:
    """Tell several looks at the input as one stage; the worse one gives the code."""
    worse = max(first, second, key=lambda row: _WEIGHT.index(row.verdict))
    return replace(worse, message=f"{first.message} {second.message}".strip())


def _by_family(codes: Iterable[OperatorCode]) -> list[Codes]:
    found: dict[str, list[OperatorCode]] = {}
    for known in codes:
        found.setdefault(known.family, []).append(known)
    return [Codes(family, own) for family, own in found.items()]
