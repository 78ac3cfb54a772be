"""One row of a file, and how its cells are read. A cell that cannot be read refuses its row only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.phone_numbers import parse_e164
from dlt.exports.cells import restore
from dlt.identifiers import USUAL_LENGTH, IdKind, require_id
from dlt.imports import spelling
from dlt.imports.xlsx_reader import NumberCell

EXACT_DIGITS: Final = 15
_ROUNDED: Final = re.compile(r"[\d.,]+E[+-]?\d+", re.IGNORECASE)
_QUOTED: Final = re.compile(r'=?"(\d+)"|=(\d+)')
_PLAIN_MOBILE: Final = re.compile(r"(?:\+?91|0)?([6-9]\d{9})", re.ASCII)


class RowRefused(Exception):
    """Why a row is not imported: a stable code and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Warn:
    """Something to look at; the row is imported all the same."""

    code: str
    message: str


@dataclass(slots=True)
class Row:
    """The cells of one row by field. ``warnings`` collects what is odd about them."""

    number: int
    cells: Mapping[str, str]
    since_1904: bool = False
    warnings: list[Warn] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Say whether the file has such a column at all."""
        return name in self.cells

    def warn(self, code: str, message: str) -> None:
        self.warnings.append(Warn(code, message))

    def exact(self, name: str) -> str:
        """Return a cell to the last blank, with what an export escaped restored."""
        return restore(self.cells.get(name, ""))

    def word(self, name: str) -> str:
        return self.exact(name).strip(" \t\r\n\u00a0\ufeff\u200b")

    def digits(self, name: str) -> str:
        """Return an id as it was before a spreadsheet touched it; raises RowRefused."""
        cell = self.cells.get(name, "")
        word = self.word(name)
        if _ROUNDED.fullmatch(word) or (isinstance(cell, NumberCell) and len(word) > EXACT_DIGITS):
            raise RowRefused("rounded_number", _rounded(word))
        word = word.removeprefix("'").strip()
        found = _QUOTED.fullmatch(word)
        return (found[1] or found[2]) if found else word

    def registry_id(self, name: str, wanted: IdKind) -> str:
        """Return an id of the registry; raises RowRefused and BadId."""
        word = self.digits(name)
        if not word:
            raise RowRefused("missing", f"{wanted} is empty.")
        if len(word) == USUAL_LENGTH and word.isdecimal() and word.endswith("0000"):
            raise RowRefused("rounded_number", _zeros(word, wanted))
        return require_id(word, wanted, name)

    def phone(self, name: str, region: str) -> str:
        """Return a number as E.164; raises RowRefused and the refusals of ``core.phone_numbers``."""
        word = self.digits(name)
        if not word:
            raise RowRefused("missing", "The number is empty.")
        plain = _PLAIN_MOBILE.fullmatch(re.sub(r"[\s().-]", "", word)) if region == "IN" else None
        return f"+91{plain[1]}" if plain else parse_e164(word, region)

    def moment(self, name: str, label: str, zone: ZoneInfo) -> datetime | None:
        """Return a time, None for an empty cell; raises RowRefused."""
        word = self.word(name)
        if not word:
            return None
        if isinstance(self.cells[name], NumberCell):
            found = spelling.serial(word, zone, since_1904=self.since_1904)
        else:
            found = spelling.moment(word, zone)
        if found is None:
            problem = f"{label} “{word[:40]}” is no date. Write it as 2026-11-25 or 25/11/2026."
            raise RowRefused("bad_date", problem)
        return found


def _rounded(word: str) -> str:
    return (
        f"“{word[:40]}” is a number that a spreadsheet rounded: its last digits are lost. Format the"
        " column as text, or use the portal's own CSV, and copy the ID again."
    )


def _zeros(word: str, wanted: IdKind) -> str:
    return (
        f"“{word}” ends with 0000, as IDs do that a spreadsheet rounded to {EXACT_DIGITS} digits."
        f" If the portal shows this very {wanted}, enter the record by hand."
    )
