"""How large a file may be, and how it is refused. All of it is looked at before anything is parsed."""

from __future__ import annotations

from typing import Final

from core.errors import DomainError

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 50 * MEGABYTE
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 100
# Of one cell; a template has 2,000 characters at most.
MOST_CHARACTERS: Final = 20_000
# What an .xlsx file may hold once unpacked. A sheet of 200,000 rows has about 150 MB.
MOST_UNPACKED: Final = 400 * MEGABYTE
MOST_STRINGS: Final = 150 * MEGABYTE
MOST_PARTS: Final = 2_000
# Sheets are packed to a tenth, very regular ones to a hundredth; bombs to a thousandth.
MOST_RATIO: Final = 250
RATIO_COUNTS_FROM: Final = 10 * MEGABYTE


class NotATable(DomainError):
    code = "dlt.file_not_a_table"
    message = "{problem}"


class FileTooLarge(DomainError):
    code = "dlt.file_too_large"
    message = "{problem}"


class FileBroken(DomainError):
    code = "dlt.file_broken"
    message = "{problem}"


def too_many_rows() -> FileTooLarge:
    return FileTooLarge(
        field="file",
        problem=f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts.",
    )


def too_many_columns(count: int) -> FileTooLarge:
    return FileTooLarge(
        field="file",
        problem=f"The file has {count} columns; {MOST_COLUMNS} is the most."
        " Delete the columns that are not about the records.",
    )
