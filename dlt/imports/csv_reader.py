"""CSV as portals and spreadsheets write it: four encodings, four delimiters, line breaks inside cells."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from dlt.imports.limits import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileBroken,
    too_many_columns,
    too_many_rows,
)

DELIMITERS: Final = ",;\t|"
WINDOWS: Final = "cp1252"
_CHUNK: Final = 1 << 20
_SAMPLE_ROWS: Final = 60


@dataclass(frozen=True, slots=True)
class CsvFormat:
    encoding: str
    delimiter: str


def inspect_csv(path: Path) -> CsvFormat:
    """Work out how a file was written; raises FileBroken."""
    encoding = _encoding(path)
    return CsvFormat(encoding, _delimiter(path, encoding))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif start.count(b"\0") > len(start) // 4:
        low = start[1::2].count(b"\0") >= start[0::2].count(b"\0")
        candidates = ["utf-16-le" if low else "utf-16-be"]
    else:
        candidates = ["utf-8", WINDOWS]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise FileBroken(
        field="file",
        problem="The file's characters cannot be read. Save it as UTF-8 (in Excel: “CSV UTF-8”).",
    )


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while chunk := file.read(_CHUNK):
                if "\0" in chunk:
                    raise FileBroken(
                        field="file",
                        problem="The file contains NUL bytes, so it is not a table of text."
                        " Export it from the portal again.",
                    )
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that cuts the first rows into equally many cells, and into the most."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        if first.lower().startswith("sep=") and len(first.strip()) == 5:
            return first.strip()[4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        score = _score(path, encoding, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(path: Path, encoding: str, delimiter: str) -> float:
    with path.open(encoding=encoding, newline="") as file:
        try:
            rows = list(islice(csv.reader(file, delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            return 0.0
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return 0.0 if width == 1 else count / widths.total() + min(width, 30) / 1000


def read_csv(path: Path, form: CsvFormat) -> Iterator[tuple[int, list[str]]]:
    """Yield the file's rows with their numbers, as a spreadsheet would number them.

    Raises FileBroken and FileTooLarge at the row that is at fault.
    """
    with path.open(encoding=form.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=form.delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number > MOST_ROWS + 1:
                    raise too_many_rows()
                _check(number, cells)
                if number == 1 and len(cells) <= 2 and cells and cells[0].lower() == "sep=":
                    continue
                yield number, cells
        except csv.Error as error:
            raise FileBroken(field="file", problem=_why(number + 1, str(error))) from None


def _check(number: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise too_many_columns(len(cells))
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise FileBroken(field="file", problem=_why(number, "limit"))


def _why(number: int, error: str) -> str:
    if "unexpected end" in error or "limit" in error:
        return (
            f'A cell that begins in row {number} does not end: a quotation mark (") is missing,'
            f" or the cell has more than {MOST_CHARACTERS:,} characters."
        )
    return (
        f'Row {number} cannot be read: a quotation mark (") inside a quoted cell must be written'
        " twice. Save the file from a spreadsheet again."
    )
