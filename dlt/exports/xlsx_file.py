"""Rows as an .xlsx workbook, written while they are read.

Every cell is an inline text in the format "Text", so nothing runs as a formula, ids keep all of their digits,
also when somebody edits them, and the file can be sent before its end is known. Form: ECMA-376, part 1.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape as xml

from dlt.exports.cells import escape

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship'
    f' Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2"'
    f' Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Format 49 is "Text"; style 1 is the heading.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name'
    ' val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1"'
    ' applyFont="1"/></cellXfs></styleSheet>',
}
# XML has no other control characters, and turns CR into LF; Office writes all of them like this.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LEVEL: Final = 6
_ROWS_A_PIECE: Final = 500


class _Pipe(io.RawIOBase):
    """A file that is read while it is written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # a buffer, whatever its type
        self.pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


def _text(cell: str) -> str:
    return xml(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", cell))


def _row(cells: Sequence[str], style: int) -> str:
    inner = "".join(
        f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(escape(cell))}</t></is></c>'
        if cell
        else f'<c s="{style}"/>'
        for cell in cells
    )
    return f"<row>{inner}</row>"


def xlsx_file(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[bytes]:
    """Yield a workbook of one sheet piece by piece."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, content in _PARTS.items():
            package.writestr(name, _HEAD + content)
        package.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet'
            f' name="{xml(_sheet_name(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(len(headings)).encode())
            sheet.write(_row(headings, 1).encode())
            for count, row in enumerate(rows, start=1):
                sheet.write(_row(row, 0).encode("utf-8", "surrogatepass"))
                if count % _ROWS_A_PIECE == 0:
                    yield pipe.take()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.take()


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\\"']", " ", title)[:31] or "Sheet1"


def _sheet_head(columns: int) -> str:
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
        ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
        f'<col min="1" max="{columns}" width="24" style="0" customWidth="1"/></cols><sheetData>'
    )
