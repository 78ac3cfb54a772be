"""Files for the tests of import and export, made on the spot, and the way they take."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dlt.models import ImportJob
from dlt.tasks import run_imports

CASES = Path(__file__).parents[1] / "cases" / "imports"
IMPORTS = "/api/v1/dlt/imports"
HEADER = ("Template ID", "Template Name", "Header", "Template Content", "Category")
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def csv_of(rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def template_row(number: int, text: str = "", **changes: str) -> tuple[str, ...]:
    values = {
        "id": f"1107172{number:09d}011",
        "name": f"Template {number}",
        "header": "ACMECO",
        "text": text or f"Order number {number}: {{#var#}} is on its way. - ACMECO",
        "category": "Service Implicit",
        **changes,
    }
    return tuple(values.values())


def templates_csv(*rows: Sequence[str]) -> bytes:
    return csv_of([HEADER, *rows])


def xlsx_of(
    sheet_data: str, strings: Sequence[str] = (), parts: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a workbook as Excel packs it, with the given rows of XML."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{relations}"><sheets>'
        '<sheet name="Templates" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1"'
        ' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{sheet_data}'
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">'
        + "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in strings)
        + "</sst>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return out.getvalue()


def row_xml(number: int, *cells: str) -> str:
    """Return a row of inline texts; what begins with < is taken as the cell's XML."""
    inner = "".join(
        cell if cell.startswith("<") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}">{inner}</row>'


def upload(
    client: Client,
    content: bytes,
    *,
    registry: str = "templates",
    name: str = "ContentTemplates.csv",
    **more: str,
):
    file = SimpleUploadedFile(name, content)
    return client.post(IMPORTS, {"registry": registry, "file": file, **more})


def checked(client: Client, content: bytes, **more: str) -> ImportJob:
    """Upload a file and let the worker do its dry run."""
    answer = upload(client, content, **more)
    assert answer.status_code == 201, answer.content
    run_imports()
    job = ImportJob.objects.get(sid=answer.json()["sid"])
    assert job.state == ImportJob.State.CHECKED, (job.state, job.problem)
    return job


def imported(client: Client, content: bytes, **more: str) -> ImportJob:
    """Upload a file, check it and write it."""
    job = checked(client, content, **more)
    answer = client.post(f"{IMPORTS}/{job.sid}/apply", {}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    run_imports()
    job.refresh_from_db()
    assert job.state == ImportJob.State.DONE, (job.state, job.problem)
    return job


def outcomes(client: Client, job: ImportJob) -> dict[int, tuple[str, str]]:
    """Return outcome and reason code of each row, from the report people download."""
    answer = client.get(f"{IMPORTS}/{job.sid}/report.csv")
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    return {int(row[0]): (row[1], row[4]) for row in rows}


def sums(job: ImportJob) -> dict[str, int]:
    return {name: job.counts[name] for name in ("added", "changed", "unchanged", "refused")}
