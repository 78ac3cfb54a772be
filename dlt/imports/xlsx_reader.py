"""Sheets of .xlsx files, read row by row as the text that stands in the file.

A reader of our own on ``zipfile`` and expat: openpyxl had no release since June 2024, and calamine ends the
whole process on a file of 2 KB whose two cells lie far apart (its issue 693). Here nothing is allocated by
what a file claims about itself, and a number is seen as it is written, so ids that a spreadsheet rounded
are recognised. Form: ECMA-376, part 1.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from dlt.imports.limits import (
    MEGABYTE,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_STRINGS,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    FileBroken,
    FileTooLarge,
    NotATable,
    too_many_columns,
    too_many_rows,
)

_CHUNK: Final = 1 << 16
_ENCRYPTED_FLAG: Final = 1
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,4})(\d{1,8})")


class NumberCell(str):
    """A cell that a spreadsheet holds as a number: 15 digits are exact, the rest is lost."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class XlsxFormat:
    """Which sheet is read. ``others``: how many more visible ones there are."""

    sheet: str
    part: str
    strings: str
    others: int
    since_1904: bool


def inspect_xlsx(path: Path) -> XlsxFormat:
    """Look into the package and choose its first visible sheet.

    Raises NotATable, FileTooLarge and FileBroken, all before a sheet is unpacked.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_package(path, package)
            return _workbook(package)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, expat.ExpatError) as error:
        raise _broken() from error


def _broken() -> FileBroken:
    return FileBroken(
        field="file", problem="The workbook is damaged. Open it in a spreadsheet and save it again."
    )


def _check_package(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise NotATable(
            field="file",
            problem="The file is protected with a password. Save it without one.",
        )
    if "xl/workbook.bin" in names:
        raise NotATable(field="file", problem="This is an .xlsb workbook. Save it as .xlsx.")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise NotATable(
            field="file",
            problem="This is an archive or another kind of document, not an .xlsx workbook."
            " Upload the table itself, as CSV or XLSX.",
        )
    _check_sizes(path, parts)


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what would become too large. Python never unpacks more than a part declares."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    bomb = unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * max(packed, 1)
    overlapping = packed > path.stat().st_size
    if unpacked > MOST_UNPACKED or bomb or overlapping or len(parts) > MOST_PARTS:
        raise FileTooLarge(
            field="file",
            problem=f"Unpacked, the workbook would have {unpacked / MEGABYTE:,.0f} MB in"
            f" {len(parts):,} parts: too much for a table. Save only the sheet with the records.",
        )


def _workbook(package: zipfile.ZipFile) -> XlsxFormat:
    sheets: list[dict[str, str]] = []
    since_1904 = False
    targets: dict[str, str] = {}

    def in_workbook(name: str, attributes: dict[str, str]) -> None:
        nonlocal since_1904
        if name == "sheet":
            sheets.append({_local(key): value for key, value in attributes.items()})
        if name == "workbookPr":
            since_1904 = attributes.get("date1904", "") in ("1", "true")

    def in_relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(package, "xl/workbook.xml", in_workbook)
    _walk(package, "xl/_rels/workbook.xml.rels", in_relations)
    visible = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    names = set(package.namelist())
    readable = [(sheet, _part(targets.get(sheet.get("id", ""), ""))) for sheet in visible]
    readable = [(sheet, part) for sheet, part in readable if part in names and "chart" not in part]
    if not readable:
        raise FileBroken(field="file", problem="The workbook has no visible sheet.")
    chosen, part = readable[0]
    strings = next((_part(t) for t in targets.values() if t.endswith("sharedStrings.xml")), "")
    return XlsxFormat(
        chosen.get("name", "")[:100],
        part,
        strings if strings in names else "",
        len(readable) - 1,
        since_1904,
    )


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def refuse(*_: object) -> None:
        raise _broken()

    # No spreadsheet writes a DTD; entities that expand each other are a bomb of their own.
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _walk(
    package: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]
) -> None:
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    with package.open(part) as file:
        parser.ParseFile(file)


def unescaped(text: str) -> str:
    """Return a text of a sheet with ``_x000D_`` and the like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(slots=True)
class _Strings:
    """Collects the texts that cells refer to by number, without phonetic hints."""

    texts: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    inside: bool = False
    phonetic: bool = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.inside = not self.phonetic

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "si":
            self.texts.append(unescaped("".join(self.parts)))
        elif name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.inside = False

    def data(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)


def _strings(package: zipfile.ZipFile, part: str) -> list[str]:
    if not part:
        return []
    if package.getinfo(part).file_size > MOST_STRINGS:
        raise FileTooLarge(
            field="file",
            problem="The workbook's texts are too large. Save only the sheet with the records.",
        )
    collected = _Strings()
    parser = _parser()
    parser.StartElementHandler = collected.start
    parser.EndElementHandler = collected.end
    parser.CharacterDataHandler = collected.data
    with package.open(part) as file:
        parser.ParseFile(file)
    return collected.texts


class _Sheet:
    """Turns a sheet's elements into rows; ``rows`` is emptied by the reader after each chunk."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.rows: list[tuple[int, list[str]]] = []
        self.number = 0
        self.column = -1
        self.cells: list[str] = []
        self.kind = ""
        self.parts: list[str] = []
        self.reading = False
        self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self.reading = not self.phonetic
        elif name == "row":
            given = attributes.get("r", "")
            self.number = int(given) if given.isdecimal() else self.number + 1
            self.cells, self.column = [], -1
        elif name == "rPh":
            self.phonetic = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.kind = attributes.get("t", "n")
        self.parts = []
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _column(found[1]) if found else self.column + 1

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self.reading = False
        elif name == "row":
            if any(self.cells):
                self.rows.append((self.number, self.cells))
        elif name == "rPh":
            self.phonetic = False

    def _end_cell(self) -> None:
        text = "".join(self.parts)
        if not text:
            return
        if self.column >= MOST_COLUMNS:
            raise too_many_columns(self.column + 1)
        self.cells.extend([""] * (self.column + 1 - len(self.cells)))
        self.cells[self.column] = self._value(text)

    def _value(self, text: str) -> str:
        if self.kind == "s":
            return self.strings[int(text)]
        if self.kind == "n":
            return _number(text)
        if self.kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if len(text) > MOST_CHARACTERS:
            problem = f"A cell of row {self.number} has more than {MOST_CHARACTERS:,} characters."
            raise FileBroken(field="file", problem=problem)
        return unescaped(text)

    def data(self, text: str) -> None:
        if self.reading:
            self.parts.append(text)


def _column(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _number(text: str) -> NumberCell:
    """Return a number as people see it: 12, not 12.0."""
    whole, dot, fraction = text.partition(".")
    return NumberCell(whole if dot and not fraction.strip("0") else text)


def read_xlsx(path: Path, form: XlsxFormat) -> Iterator[tuple[int, list[str]]]:
    """Yield the sheet's rows that hold something, with the numbers a spreadsheet shows.

    Raises FileBroken and FileTooLarge at the row that is at fault.
    """
    try:
        with zipfile.ZipFile(path) as package:
            yield from _rows(package, form)
    except (
        zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, IndexError, OverflowError,
        expat.ExpatError,
    ) as error:  # fmt: skip
        raise _broken() from error


def _rows(package: zipfile.ZipFile, form: XlsxFormat) -> Iterator[tuple[int, list[str]]]:
    sheet = _Sheet(_strings(package, form.strings))
    parser = _parser()
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.data
    count = 0
    with package.open(form.part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk)
            for row in sheet.rows:
                count += 1
                if count > MOST_ROWS + 1:
                    raise too_many_rows()
                yield row
            sheet.rows.clear()
