"""A line of a report beside the operators' words: made when it is shown, so that rows stay small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dlt.faults import FAULT_OF, Fault, OperatorCode
from dlt.matcher import Code

MISMATCH: Final = "dlt.template_mismatch"
TOO_LONG: Final = "dlt.variable_too_long"


def with_operators(line: dict[str, Any]) -> dict[str, Any]:
    """Return a stage's line with the plan's names, the operators' codes and the remedy.

    Lines of other gates stay as they are.
    """
    if "stage" not in line:
        return line
    faults = faults_of(line)
    return line | {
        "names": names_of(line),
        "operator_codes": [
            {"code": known.code, "name": known.name, "family": known.family}
            for known in operator_codes(faults)
        ],
        "remedy": faults[0].remedy if faults else "",
    }


def faults_of(line: dict[str, Any]) -> list[Fault]:
    """Return what a line's code stands for; a text with too long a value has two names."""
    codes = [str(line.get("code") or "")]
    if codes[0] == MISMATCH and Code.VAR_TOO_LONG in _problem_codes(line):
        codes = (
            [TOO_LONG, MISMATCH]
            if set(_problem_codes(line)) == {Code.VAR_TOO_LONG}
            else [MISMATCH, TOO_LONG]
        )
    return [FAULT_OF[code] for code in codes if code in FAULT_OF]


def names_of(line: dict[str, Any]) -> list[str]:
    """Return the names of the plan: the matcher's own where the text does not match."""
    if line.get("code") == MISMATCH:
        return list(dict.fromkeys(_problem_codes(line))) or ["STATIC_MISMATCH"]
    if str(line.get("code") or "").startswith("phone."):
        return ["BAD_NUMBER"]
    return [fault.name for fault in faults_of(line)]


def operator_codes(faults: Iterable[Fault]) -> list[OperatorCode]:
    """Return each code once."""
    return list(dict.fromkeys(known for fault in faults for known in fault.operators))


def _problem_codes(line: dict[str, Any]) -> list[str]:
    detail = line.get("detail")
    problems = detail.get("problems") if isinstance(detail, dict) else None
    return [str(p["code"]) for p in problems or [] if isinstance(p, dict) and p.get("code")]
