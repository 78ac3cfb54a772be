"""A file as a table: where its header row is, what its columns are called, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from dlt.imports.csv_reader import WINDOWS, CsvFormat, inspect_csv, read_csv
from dlt.imports.file_kind import FileKind, kind_of_file
from dlt.imports.limits import FileBroken
from dlt.imports.xlsx_reader import XlsxFormat, inspect_xlsx, read_xlsx

Numbered = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """How a file is to be read. Kept with the job as JSON, so that every reading is the same one."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    part: str = ""
    strings: str = ""
    others: int = 0
    since_1904: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)

    @property
    def is_windows(self) -> bool:
        return self.encoding == WINDOWS

    def rows(self, path: Path) -> Iterator[Numbered]:
        """Yield every row with its number; raises FileBroken and FileTooLarge."""
        if self.kind == FileKind.CSV:
            return read_csv(path, CsvFormat(self.encoding, self.delimiter))
        form = XlsxFormat(self.sheet, self.part, self.strings, self.others, self.since_1904)
        return read_xlsx(path, form)


def source_of(path: Path) -> Source:
    """Look at a file; raises NotATable, FileTooLarge, FileBroken."""
    kind = kind_of_file(path)
    if kind is FileKind.CSV:
        form = inspect_csv(path)
        return Source(kind, encoding=form.encoding, delimiter=form.delimiter)
    sheet = inspect_xlsx(path)
    return Source(
        kind,
        sheet=sheet.sheet,
        part=sheet.part,
        strings=sheet.strings,
        others=sheet.others,
        since_1904=sheet.since_1904,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file with the first values in it."""

    index: int
    name: str
    samples: tuple[str, ...] = field(default=())

    @property
    def shown(self) -> list[str]:
        """Return some samples for people, each once."""
        return list(dict.fromkeys(self.samples))[:3]

    def as_dict(self) -> dict[str, Any]:
        return {"index": self.index, "name": self.name, "samples": list(self.samples)}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["index"], kept["name"], tuple(kept["samples"]))


HEAD_ROWS: Final = 40
SAMPLES: Final = 5
SAMPLE_LENGTH: Final = 160


def head_of(path: Path, source: Source) -> list[Numbered]:
    """Return the first rows that hold something."""
    head = []
    for number, cells in source.rows(path):
        if any(cell.strip() for cell in cells):
            head.append((number, cells))
        if len(head) == HEAD_ROWS:
            break
    return head


def columns_of(head: list[Numbered], header_row: int) -> list[Column]:
    """Return the columns under the header in ``header_row``; 0 means there is no header.

    Raises FileBroken when two columns have one name.
    """
    names = next((cells for number, cells in head if number == header_row), [])
    below = [cells for number, cells in head if number > header_row]
    width = max((len(cells) for cells in [names, *below]), default=0)
    found = []
    for index in range(width):
        values = [cells[index] for cells in below if index < len(cells) and cells[index].strip()]
        name = names[index].strip() if index < len(names) else ""
        if name or values:
            samples = tuple(value[:SAMPLE_LENGTH] for value in values[:SAMPLES])
            found.append(Column(index, name or f"Column {index + 1}", samples))
    _refuse_twins(found)
    return found


def _refuse_twins(columns: list[Column]) -> None:
    seen: set[str] = set()
    for column in columns:
        name = column.name.casefold()
        if name in seen:
            raise FileBroken(
                field="file",
                problem=f"Two columns are called “{column.name[:60]}”. Rename or delete one of them.",
            )
        seen.add(name)
