"""The CSV of the report."""

from __future__ import annotations

import csv
import io

import pytest

from accounts.models import AuditEvent
from reports.export import cell
from sms.models import Message
from sms.states import Status
from tests.reports.sent import build_message, build_step

URL = "/reports/sms/export.csv"
STARTS = ["=", "+", "-", "@", "\t=", "\r", "\n=", " ="]
FULL_WIDTH = ["\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}"]


def rows_of(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("start", [*STARTS, *FULL_WIDTH])
def test_what_starts_a_formula_stays_text(start):
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_plain_text_is_left_alone():
    assert cell("We missed your call") == "We missed your call"


def test_formulas_in_bodies_and_names_are_neutralised(account, admin, client_of):
    build_message(account, body='=HYPERLINK("http://evil.test")', template_name="@SUM(A1)")
    row = rows_of(client_of(admin))[0]
    assert row["text"].startswith("'=")
    assert row["template"].startswith("'@")
    assert row["to"] == "'+919876543210"


def test_a_viewer_exports_masked_numbers(account, viewer, client_of):
    build_message(account, body="Call +919876543210")
    row = rows_of(client_of(viewer))[0]
    assert row["to"] == "'+91 98•••• 3210"
    assert "9876543210" not in row["text"]


def test_the_export_is_limited_to_the_filters(account, editor, client_of):
    kept = build_message(account, Status.FAILED, error_code="carrier.absent")
    build_message(account)
    assert [row["sid"] for row in rows_of(client_of(editor), "status=failed")] == [kept.sid]


def test_costs_add_up_to_the_spend_of_the_report(account, editor, client_of, api):
    build_message(account, cost_paise=16)
    build_message(account, Status.FAILED, cost_paise=16)
    build_message(account, cost_paise=16, origin=Message.Origin.TEST_CALL)
    build_step(build_message(account, cost_paise=16), "expired", "delivered")
    rows = rows_of(client_of(editor))
    spend = api.get("/api/v1/reports/sms/summary").json()["figures"]["spend"]
    assert sum(float(row["cost"]) for row in rows) == float(spend) == 0.16


def test_more_rows_than_one_chunk_are_all_there(account, editor, client_of, monkeypatch):
    monkeypatch.setattr("reports.export.ROWS_AT_ONCE", 3)
    sids = {build_message(account).sid for _ in range(8)}
    assert {row["sid"] for row in rows_of(client_of(editor))} == sids


def test_an_export_is_written_down(account, editor, client_of):
    rows_of(client_of(editor))
    event = AuditEvent.objects.get(action="sms.exported")
    assert event.actor == editor.email
    assert event.detail["masked"] is False


def test_bad_dates_give_a_sentence_instead_of_a_file(account, editor, client_of):
    answer = client_of(editor).get(f"{URL}?from=2026-11-20&to=2026-11-10")
    assert answer.status_code == 422
    assert b"before it begins" in answer.content
