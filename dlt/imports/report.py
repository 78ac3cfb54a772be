"""What became of each row: the file people download, and the sums of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from dlt.exports.cells import restore
from dlt.exports.csv_file import MARK, csv_lines
from dlt.imports.importer import Outcome, Verdict

HEADINGS: Final = ("Row", "Outcome", "ID", "Name", "Reason code", "Reason", "Warnings")
FIRST_SHOWN: Final = 20


class Report:
    """A CSV file that grows batch by batch and can be cut back to where a batch began."""

    def __init__(self, path: Path, size: int = 0) -> None:
        """Go on after ``size`` bytes; whatever a killed worker left behind them is cut off."""
        self._file = path.open("r+b" if size else "w+b")
        self._file.truncate(size)
        self._file.seek(size)
        if not size:
            self._file.write((MARK + csv_lines([HEADINGS])).encode())

    def write(self, verdicts: Iterable[Verdict]) -> int:
        """Add rows and return the size of the file with them."""
        self._file.write(
            csv_lines(_line(verdict) for verdict in verdicts).encode("utf-8", "replace")
        )
        self._file.flush()
        return self._file.tell()

    def back_to(self, size: int) -> None:
        self._file.truncate(size)
        self._file.seek(size)

    def size(self) -> int:
        self._file.flush()
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def _line(verdict: Verdict) -> tuple[str, ...]:
    return (
        str(verdict.row),
        verdict.outcome.value,
        verdict.key,
        verdict.name,
        verdict.code,
        verdict.message,
        _warnings(verdict) if verdict.noted is None else verdict.noted,
    )


def _warnings(verdict: Verdict) -> str:
    return " ".join(f"[{warning.code}] {warning.message}" for warning in verdict.warnings)


def rows_of_report(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a report without its headings, as they were written."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        for cells in reader:
            yield [restore(cell) for cell in cells]


def warnings_in(path: Path) -> Iterator[str]:
    """Yield the warnings of each row of a report, in its order; nothing when it is gone."""
    if path.exists():
        for cells in rows_of_report(path):
            yield cells[-1]


def no_counts() -> dict[str, Any]:
    sums = {outcome.value: 0 for outcome in Outcome}
    return {**sums, "warned": 0, "reasons": {}, "warnings": {}, "first": []}


def count(counts: dict[str, Any], verdicts: Sequence[Verdict], *, warnings: bool) -> dict[str, Any]:
    """Return the sums with these rows added; what was given stays as it is."""
    new: dict[str, Any] = deepcopy(counts)
    for verdict in verdicts:
        new[verdict.outcome.value] += 1
        if warnings:
            _count_warnings(new, verdict)
        if verdict.outcome is Outcome.REFUSED:
            _count_refusal(new, verdict)
    return new


def _count_warnings(counts: dict[str, Any], verdict: Verdict) -> None:
    counts["warned"] += bool(verdict.warnings)
    for code in {warning.code for warning in verdict.warnings}:
        counts["warnings"][code] = counts["warnings"].get(code, 0) + 1


def _count_refusal(counts: dict[str, Any], verdict: Verdict) -> None:
    counts["reasons"][verdict.code] = counts["reasons"].get(verdict.code, 0) + 1
    if len(counts["first"]) < FIRST_SHOWN:
        counts["first"].append(
            {
                "row": verdict.row,
                "id": verdict.key,
                "code": verdict.code,
                "message": verdict.message,
            }
        )
