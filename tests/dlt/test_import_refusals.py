"""Files that are no tables, or no tables for us: refused as a whole, with the reason, and nothing kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from dlt.imports import limits
from dlt.models import ContentTemplate, Header, ImportJob
from dlt.tasks import run_imports
from tests.builders import build_entity, build_header
from tests.dlt.import_files import (
    HEADER,
    checked,
    csv_of,
    imported,
    outcomes,
    row_xml,
    template_row,
    templates_csv,
    upload,
    xlsx_of,
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def with_password() -> bytes:
    """Return a zip whose entries say that they are encrypted."""
    packed = bytearray(zipped(a=b"secret"))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


NOT_TABLES = {
    "a PDF": (b"%PDF-1.7\n...", "a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG"),
    "a web page": (b"<html><table><tr><td>Template ID</td></tr></table>", "web page"),
    "JSON": (b'[{"template_id": "1107"}]', "JSON"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "a protected workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a protected archive": (with_password(), "password"),
    "an archive": (zipped(**{"notes.txt": b"hello"}), "not an .xlsx workbook"),
    "a text document": (zipped(**{"word__document.xml": b"<w/>"}), "not an .xlsx workbook"),
}


@pytest.mark.parametrize("kind", NOT_TABLES)
def test_what_is_no_table_is_named(api: Client, header: Header, media: Any, kind: str):
    content, words = NOT_TABLES[kind]
    answer = upload(api, content, name="templates.csv")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "dlt.file_not_a_table"
    assert words in answer.json()["error"]["message"]
    assert not ImportJob.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


BROKEN = {
    "an empty file": (b"", "empty"),
    "blanks only": (b"\xef\xbb\xbf \r\n\r\n", "empty"),
    "a header only": (csv_of([HEADER]), "no rows"),
    "NUL bytes": (csv_of([HEADER, template_row(1)]).replace(b"Order", b"Or\0er"), "NUL"),
    "an open quotation mark": (b'Template ID,Text\r\n1,"never closed\r\n2,b\r\n', "quotation mark"),
    "text behind a quotation mark": (b'Template ID,Text\r\n1,"a"b\r\n', "twice"),
    "two columns of one name": (
        csv_of([(*HEADER, "header"), (*template_row(1), "X")]),
        "Two columns",
    ),
    "a damaged workbook": (xlsx_of(row_xml(1, "Template ID"))[:300], "damaged"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_broken_says_where(api: Client, header: Header, kind: str):
    content, words = BROKEN[kind]
    answer = upload(api, content)
    if answer.status_code == 201:  # its head could be read: the dry run comes upon it
        run_imports()
        job = ImportJob.objects.get()
        assert job.state in (ImportJob.State.FAILED, ImportJob.State.MAPPING)
        problem = job.problem
    else:
        assert answer.status_code in (400, 422)
        problem = answer.json()["error"]["message"]
        assert not ImportJob.objects.exists()
    assert words in problem
    assert not ContentTemplate.objects.exists()


def test_200_columns_are_too_many(api: Client, header: Header):
    wide = [f"Column {index}" for index in range(200)]
    answer = upload(api, csv_of([wide, wide]))
    assert answer.json()["error"]["code"] == "dlt.file_too_large"
    assert "200 columns" in answer.json()["error"]["message"]


def test_columns_far_to_the_right_allocate_nothing(api: Client, header: Header):
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    answer = upload(api, xlsx_of(row_xml(1, *HEADER) + far), name="t.xlsx")
    assert answer.json()["error"]["code"] == "dlt.file_too_large"
    assert "16384 columns" in answer.json()["error"]["message"]


def test_a_zip_bomb_is_not_unpacked(api: Client, header: Header):
    bomb = xlsx_of(row_xml(1, *HEADER), parts={"xl/media/big": b"0" * (60 * 1024 * 1024)})
    assert len(bomb) < 200_000
    answer = upload(api, bomb, name="t.xlsx")
    assert answer.json()["error"]["code"] == "dlt.file_too_large"
    assert "Unpacked" in answer.json()["error"]["message"]


def test_a_bomb_inside_an_archive_inside_is_only_bytes(api: Client, header: Header):
    inner = zipped(bomb=b"0" * (30 * 1024 * 1024))
    content = xlsx_of(
        row_xml(1, *HEADER) + row_xml(2, *template_row(1)), parts={"xl/embeddings/inner.zip": inner}
    )
    assert checked(api, content, name="t.xlsx").counts["added"] == 1


def test_a_document_type_in_a_sheet_is_refused(api: Client, header: Header):
    growing = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = xlsx_of(row_xml(1, *HEADER))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, growing.encode() + data if name.endswith("sheet1.xml") else data)
    answer = upload(api, out.getvalue(), name="t.xlsx")
    assert answer.json()["error"]["code"] == "dlt.file_broken"


def test_a_file_above_the_limit_is_refused(api: Client, header: Header, monkeypatch: Any):
    monkeypatch.setattr("dlt.imports.jobs.MOST_BYTES", 100)
    answer = upload(api, templates_csv(template_row(1), template_row(2)))
    assert answer.json()["error"]["code"] == "dlt.file_too_large"


def test_more_rows_than_allowed_fail_and_write_nothing(
    api: Client, header: Header, monkeypatch: Any
):
    monkeypatch.setattr("dlt.imports.csv_reader.MOST_ROWS", 50)
    upload(api, templates_csv(*(template_row(number) for number in range(60))))
    run_imports()
    job = ImportJob.objects.get()
    assert job.state == ImportJob.State.FAILED
    assert f"more than {limits.MOST_ROWS:,} rows" in job.problem
    assert not ContentTemplate.objects.exists()


def test_numbers_of_a_workbook_are_refused_when_digits_are_lost(api: Client, header: Header):
    def cells(value: str, number: int) -> tuple[str, ...]:
        return (f"<c><v>{value}</v></c>", *template_row(number)[1:])

    content = xlsx_of(
        row_xml(1, *HEADER)
        + row_xml(2, *cells("1.10717200000000123E+18", 1))
        + row_xml(3, *cells("1107172000000001234", 2))
        + row_xml(4, *cells("110717200001", 3))
        + row_xml(5, *template_row(4))
    )
    job = imported(api, content, name="t.xlsx")
    assert outcomes(api, job) == {
        2: ("refused", "rounded_number"),
        3: ("refused", "rounded_number"),
        4: ("added", ""),
        5: ("added", ""),
    }


def test_shared_rich_and_escaped_texts_of_a_workbook_are_read_whole(api: Client, header: Header):
    text = "Line one_x000D_\nline two {#var#} - ACMECO"
    shared = '<c t="s"><v>0</v></c>'
    first = template_row(1)
    rich = (
        '<c t="inlineStr"><is><r><t xml:space="preserve">Order </t></r><r><t>{#var#} is here. - ACMECO</t>'
        "</r><rPh><t>no</t></rPh></is></c>"
    )
    second = template_row(2)
    content = xlsx_of(
        row_xml(1, *HEADER)
        + row_xml(2, *first[:3], shared, first[4])
        + row_xml(9, *second[:3], rich, second[4]),
        strings=[text],
    )
    job = imported(api, content, name="t.xlsx")
    assert set(outcomes(api, job)) == {2, 9}
    texts = set(ContentTemplate.objects.values_list("text", flat=True))
    assert texts == {"Line one\r\nline two {#var#} - ACMECO", "Order {#var#} is here. - ACMECO"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(
    api: Client, header: Header, encoding: str, delimiter: str
):
    text = "नमस्ते {#var#}, ₹ and € - ACMECO"
    content = csv_of([HEADER, template_row(1, text, category="SI")], delimiter, encoding)
    imported(api, content)
    assert ContentTemplate.objects.get().text == text


def test_a_title_above_the_header_is_passed_over(api: Client, header: Header):
    content = csv_of([["Report of 25-Nov-2026"], [], HEADER, template_row(1)])
    job = imported(api, content)
    assert outcomes(api, job) == {4: ("added", "")}


def test_pasted_rows_are_a_file_too(account: Account, header: Header, editor: Any, client_of: Any):
    pasted = csv_of([HEADER, template_row(1)], "\t").decode()
    client_of(editor).post("/dlt/import/", {"registry": "templates", "pasted": pasted})
    run_imports()
    assert ImportJob.objects.get().counts["added"] == 1
