"""What kind of file somebody uploaded, by its bytes and never by its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from dlt.imports.limits import MEGABYTE, MOST_BYTES, FileBroken, FileTooLarge, NotATable


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
)
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<table", b"<?xml", b"<!--", b"<meta")
_WANTED: Final = "Upload a CSV or XLSX file."


def kind_of_file(path: Path) -> FileKind:
    """Return how to read a file; raises FileTooLarge, FileBroken, NotATable."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileTooLarge(
            field="file",
            problem=f"The file has {size / MEGABYTE:.0f} MB; {MOST_BYTES // MEGABYTE} MB is the most.",
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileBroken(field="file", problem="The file is empty.")
    if start.startswith(_ZIP):
        return FileKind.XLSX
    if start.startswith(_COMPOUND):
        raise NotATable(field="file", problem=_about_compound(path))
    _refuse_others(start)
    return FileKind.CSV


def _about_compound(path: Path) -> str:
    if _ENCRYPTED in path.read_bytes():
        return "The workbook is protected with a password. Save it without one and upload it again."
    return "This is the old .xls format. Open it and save it as .xlsx or CSV."


def _refuse_others(start: bytes) -> None:
    for magic, name in _OTHERS:
        if start.startswith(magic):
            raise NotATable(field="file", problem=f"This is {name}, not a table. {_WANTED}")
    begin = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith(_MARKUP):
        raise NotATable(
            field="file",
            problem="This is a web page or XML, whatever its name says; some portals do that."
            " Open it in a spreadsheet and save it as .xlsx or CSV.",
        )
    if begin.startswith((b'{"', b'[{"', b"[\n", b"{\n")):
        raise NotATable(field="file", problem=f"This is JSON, not a table. {_WANTED}")
