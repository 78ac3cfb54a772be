"""What goes out comes back the same, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account, AuditEvent, Role
from dlt.cta import compared
from dlt.exports.cells import escape, restore
from dlt.exports.csv_file import csv_file
from dlt.exports.xlsx_file import xlsx_file
from dlt.imports.table import source_of
from dlt.models import (
    Consent,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    DndNumber,
    Header,
    RecordState,
    Telemarketer,
)
from dlt.tasks import run_imports
from tests.builders import build_entity, build_header, build_template
from tests.dlt.import_files import checked, sums

RUNS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NASTY = (
    "=1+1",
    "+91 98765",
    "-5 %",
    "@SUM(A1)",
    "\ttab first",
    "\rcarriage",
    "'quoted",
    "''=two",
    " =after a blank",
    "  two blanks and a tail  ",
    'He said "hi", twice; and | again',
    "Line one\r\nline two\nline three\rline four",
    "Smile 😀 and नमस्ते ₹5",
    "_x000D_ as written",
    "<b>&amp;</b>",
    "＝full width",
)


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def exported(client: Client, slug: str, form: str = "csv", **chosen: str) -> bytes:
    answer = client.get(f"/api/v1/dlt/exports/{slug}.{form}", chosen)
    assert answer.status_code == 200
    return answer.getvalue()


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def fill(account: Account) -> Header:
    """Put a record of every kind into the account."""
    header = build_header(build_entity(account))
    entity = header.entity
    build_header(entity, "acmeco", RecordState.SUSPENDED_USAGE)
    Header.objects.create(
        account=account, entity=entity, value="654321", kind="promotional", category_digit="6",
        header_id="1105172000000000001", valid_until="2027-03-31", state=RecordState.APPROVED,
    )  # fmt: skip
    consent = ConsentTemplate.objects.create(
        account=account, entity=entity, consent_id="1109172000000000001", name="Offers",
        brand="ACMECO", text="I agree to get offers of ACMECO by SMS.", state=RecordState.APPROVED,
    )  # fmt: skip
    consent.headers.add(header)
    for number, text in enumerate(NASTY):
        row = build_template(
            header, f"{text} {{#var#}} - ACMECO", f"1107172{number:09d}011", f"={number} name"
        )
        row.state = list(RecordState)[number % len(RecordState)]
        row.save()
    row.variables = [{"tag": "numeric", "limit": 12, "sample": "42", "name": "Order"}]
    row.limit, row.consent_template = 20, consent
    row.save()
    Telemarketer.objects.create(
        account=account, tm_id="110200001081", name="-Carrier-", role="AF", state="active"
    )
    for kind, value in (
        ("url_static", "https://www.acme.example/pay"), ("url_dynamic", "https://acme.example/r?"),
        ("toll_free", "18001234567"), ("email", "help@acme.example"), ("mobile", "9876543210"),
    ):  # fmt: skip
        Cta.objects.create(
            account=account, entity=entity, kind=kind, value=value, compared=compared(value, kind),
            state=RecordState.APPROVED,
        )  # fmt: skip
    now = timezone.now()
    DndNumber.objects.create(account=account, number="+919876543210", categories="137", updated=now)
    DndNumber.objects.create(account=account, number="+919876543211", categories="", updated=now)
    for template, revoked in ((None, None), (consent, now)):
        Consent.objects.create(
            account=account, entity=entity, number="+919876543210", consent_template=template,
            given=now - timedelta(days=3), expires=now + timedelta(days=300), revoked=revoked,
        )  # fmt: skip
    return header


SLUGS = (
    "templates", "headers", "entities", "telemarketers", "ctas", "consents", "dnd",
    "receiver-consents",
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_exported_comes_back_unchanged(api: Client, account: Account, slug: str, form: str):
    fill(account)
    content = exported(api, slug, form)
    count = len(table(exported(api, slug))) - 1
    assert count
    job = checked(api, content, registry=slug, name=f"{slug}.{form}")
    assert sums(job) == {"added": 0, "changed": 0, "unchanged": count, "refused": 0}, job.counts


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_cross_to_another_account_byte_for_byte(
    api: Client, account: Account, other_account: Account, api_of: Any, form: str
):
    fill(account)
    ContentTemplate.objects.filter(state__in=["rejected", "draft"]).update(state="approved")
    ContentTemplate.objects.update(consent_template=None)
    content = exported(api, "templates", form)
    there = build_header(build_entity(other_account))
    other = api_of(other_account)
    job = checked(other, content, name=f"t.{form}")
    assert sums(job)["added"] == len(NASTY), job.counts
    other.post(f"/api/v1/dlt/imports/{job.sid}/apply", {}, content_type="application/json")
    run_imports()
    rows = ContentTemplate.objects.order_by("template_id")
    mine = rows.filter(account=account).values_list(
        "template_id", "name", "text", "variables", "limit"
    )
    theirs = rows.filter(account=there.account)
    assert list(mine) == list(
        theirs.values_list("template_id", "name", "text", "variables", "limit")
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_no_cell_runs_as_a_formula(api: Client, account: Account, slug: str):
    fill(account)
    for row in table(exported(api, slug)):
        assert not any(RUNS.match(cell.lstrip(" ")) for cell in row)


def test_a_workbook_holds_texts_only(api: Client, account: Account):
    fill(account)
    with zipfile.ZipFile(io.BytesIO(exported(api, "templates", "xlsx"))) as package:
        assert package.testzip() is None
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert set(re.findall(r'<c [^>]*?t="(\w+)"', sheet)) == {"inlineStr"}


def test_exports_are_narrowed_as_the_list_is_and_hold_no_other_account(
    api: Client, account: Account, other_account: Account
):
    fill(account)
    build_template(build_header(build_entity(other_account)), name="Foreign")
    suspended = table(exported(api, "headers", state="suspended_usage"))
    assert [row[0] for row in suspended[1:]] == ["acmeco"]
    assert "Foreign" not in exported(api, "templates").decode("utf-8-sig")


def test_who_exported_what_is_written_down_and_viewers_get_no_numbers(
    account: Account, api: Client, api_of: Any
):
    fill(account)
    exported(api, "dnd")
    assert AuditEvent.objects.get(action="dnd.exported").actor == "key editor tests"
    viewer = api_of(account, Role.VIEWER)
    assert viewer.get("/api/v1/dlt/exports/dnd.csv").status_code == 403
    assert viewer.get("/api/v1/dlt/exports/templates.csv").status_code == 200
    assert viewer.get("/api/v1/dlt/exports/templates.pdf").status_code == 404


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "''=", " -", "\ufeff"])
texts = ANY | st.builds(lambda start, rest: start + rest, STARTS, ANY)


# A busy machine draws slowly; that says nothing about the law.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(texts)
def test_escaping_is_exact_and_nothing_escaped_runs(text: str):
    assert restore(escape(text)) == text
    assert not RUNS.match(escape(text).lstrip(" "))


@unhurried
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
def test_any_table_survives_both_kinds_of_file(tmp_path_factory: Any, rows: list[tuple[str, str]]):
    folder = tmp_path_factory.mktemp("files")
    table = [(f"row {number}", *row) for number, row in enumerate(rows)]
    for form in ("csv", "xlsx"):
        make = (
            csv_file(["A", "B", "C"], table)
            if form == "csv"
            else xlsx_file("T", ["A", "B", "C"], table)
        )
        path = folder / f"t.{form}"
        path.write_bytes(b"".join(make))
        back = [
            tuple(restore(cell) for cell in [*cells, "", ""][:3])
            for _, cells in source_of(path).rows(path)
        ]
        assert back == [("A", "B", "C"), *table]
