"""Files of templates on their way in, through the API and the worker, into the registry."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Role
from dlt import stamps
from dlt.models import ContentTemplate, Header, ImportJob, RecordState
from dlt.tasks import run_imports
from tests.builders import PE_ID, build_entity, build_header, build_template
from tests.dlt.import_files import (
    CASES,
    HEADER,
    IMPORTS,
    checked,
    csv_of,
    imported,
    outcomes,
    sums,
    template_row,
    templates_csv,
    upload,
)


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def test_a_dry_run_writes_nothing(api: Client, header: Header):
    job = checked(api, templates_csv(template_row(1), template_row(2)))
    assert sums(job) == {"added": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert not ContentTemplate.objects.exists()
    assert outcomes(api, job) == {2: ("added", ""), 3: ("added", "")}


def test_rows_enter_as_pending_byte_for_byte_with_their_origin(api: Client, header: Header):
    text = "  Two lines:\r\n“quoted”, {#var#} and 😀 ends with a blank. - ACMECO "
    imported(api, templates_csv(template_row(1, text)))
    row = ContentTemplate.objects.get()
    assert row.text == text
    assert (row.state, row.source, row.maker) == ("pending", "import", "key editor tests")
    assert list(row.headers.all()) == [header]
    event = AuditEvent.objects.get(action="template.submitted")
    assert event.target == f"template {row.template_id}"
    assert (event.detail["file"], event.detail["row"]) == ("ContentTemplates.csv", 2)


def test_importing_a_file_again_changes_nothing(api: Client, header: Header):
    content = templates_csv(template_row(1), template_row(2))
    imported(api, content)
    before = list(ContentTemplate.objects.order_by("pk").values())
    job = imported(api, content)
    assert sums(job) == {"added": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert list(ContentTemplate.objects.order_by("pk").values()) == before


def test_templates_in_memory_notice_an_import(api: Client, account: Account, header: Header):
    before = stamps.current(account.pk)
    imported(api, templates_csv(template_row(1)))
    assert ContentTemplate.objects.get().stamp > before
    assert stamps.current(account.pk) == ContentTemplate.objects.get().stamp


def test_the_same_id_with_another_text_is_refused_and_the_place_named(api: Client, header: Header):
    build_template(
        header, text="Order {#var#} is ready. - ACMECO", template_id="1107172000000001011"
    )
    job = imported(api, templates_csv(template_row(1, "Order {#var#} is late. - ACMECO")))
    assert job.counts["reasons"] == {"changed_text": 1}
    first = job.counts["first"][0]
    assert first["row"] == 2
    assert "character 18" in first["message"]
    assert ContentTemplate.objects.get().text == "Order {#var#} is ready. - ACMECO"


def test_good_rows_come_in_and_bad_ones_never(api: Client, header: Header):
    content = templates_csv(
        template_row(1),
        template_row(2, header="ACMEXX"),
        template_row(3, header="acmeco"),
        template_row(4, id="1105172000000004011"),
        template_row(5, text="x" * 2001),
        template_row(6, text="{#var#}"),
        template_row(7, category="Banking"),
        template_row(8, id="12345"),
    )
    job = imported(api, content)
    assert outcomes(api, job) == {
        2: ("added", ""),
        3: ("refused", "unknown_header"),
        4: ("refused", "unknown_header"),
        5: ("refused", "bad_id"),
        6: ("refused", "text_too_long"),
        7: ("refused", "no_fixed_text"),
        8: ("refused", "unknown_category"),
        9: ("refused", "bad_id"),
    }
    assert ContentTemplate.objects.count() == 1


def test_rows_of_another_account_are_refused(api: Client, header: Header, other_account: Account):
    foreign = "1101999999999999999"
    build_header(build_entity(other_account, foreign), "GLOBEX")
    rows = [(*HEADER, "Entity ID"), (*template_row(1), foreign), (*template_row(2), PE_ID)]
    job = imported(api, csv_of(rows))
    assert outcomes(api, job)[2] == ("refused", "unknown_entity")
    assert ContentTemplate.objects.get().account == header.account


def test_a_row_twice_in_a_file_counts_once(api: Client, header: Header):
    other = template_row(1, "Another text for {#var#}. - ACMECO")
    job = imported(api, templates_csv(template_row(1), template_row(1), other))
    assert outcomes(api, job) == {
        2: ("added", ""),
        3: ("unchanged", "twice"),
        4: ("refused", "twice_different"),
    }


def test_ids_that_a_spreadsheet_broke_are_refused_with_the_reason(api: Client, header: Header):
    job = imported(api, case("rounded_ids.csv"))
    assert outcomes(api, job) == {
        2: ("refused", "rounded_number"),
        3: ("refused", "rounded_number"),
        4: ("added", ""),
        5: ("added", ""),
        6: ("refused", "bad_id"),
    }
    assert "last digits are lost" in job.counts["first"][0]["message"]
    assert "looks like an Entity ID" in job.counts["first"][2]["message"]


def test_a_file_as_vilpower_exports_it(api: Client, header: Header):
    build_header(header.entity, "ACMEIN")
    build_header(header.entity, "654321")
    job = imported(api, case("vilpower_content_templates.csv"), operator="vi")
    assert outcomes(api, job)[5] == ("refused", "rejected")
    rows = {row.name: row for row in ContentTemplate.objects.all()}
    assert sorted(h.value for h in rows["Order shipped"].headers.all()) == ["ACMECO", "ACMEIN"]
    assert "\r\nCode: {#num#}\r\n" in rows["Delivery slip"].text
    assert rows["Diwali sale"].state == RecordState.INACTIVE
    assert rows["Diwali sale"].category == "promotional"


def test_a_file_as_smartping_and_excel_leave_it(api: Client, header: Header):
    answer = upload(api, case("smartping_templates_windows1252.csv"), operator="smartping").json()
    assert "Windows-1252" in answer["warnings"][0]
    run_imports()
    job = ImportJob.objects.get()
    assert job.counts["warnings"]["windows_1252"] == 1
    api.post(f"{IMPORTS}/{job.sid}/apply", {}, content_type="application/json")
    run_imports()
    row = ContentTemplate.objects.get(name="OTP sign-in")
    assert "Acmé" in row.text
    assert row.variables == [{"tag": "numeric"}, {"tag": "numeric"}]
    link = ContentTemplate.objects.get(name="Payment link")
    assert [variable["tag"] for variable in link.variables] == ["alphanumeric", "url"]


def test_rows_as_bsnl_answers_them(api: Client, header: Header):
    imported(api, case("bsnl_templates.csv"), operator="bsnl")
    hindi = ContentTemplate.objects.get(name="visit_reminder_hi")
    assert hindi.content_type == "unicode"
    assert hindi.text.startswith("प्रिय {#var#}")
    assert hindi.state == RecordState.PENDING


def test_a_column_that_may_be_two_things_is_asked_about_once(api: Client, header: Header):
    answer = upload(api, case("tanla_templates.csv")).json()
    assert answer["state"] == "mapping"
    mapping = {
        "template_id": "template id", "name": "name", "text": "content", "headers": "sender id",
        "category": "message type",
    }  # fmt: skip
    path = f"{IMPORTS}/{answer['sid']}/columns"
    asked = api.post(path, {"mapping": mapping}, content_type="application/json")
    assert asked.json()["state"] == "checking"
    run_imports()
    assert sums(ImportJob.objects.get())["added"] == 1
    again = upload(api, case("tanla_templates.csv")).json()
    assert again["state"] == "checking"
    assert again["mapping"] == mapping


def test_a_required_column_must_be_chosen(api: Client, header: Header):
    job = upload(api, csv_of([("A", "B"), ("1", "2")])).json()
    assert (job["state"], job["missing"]) == (
        "mapping",
        ["Template ID", "Template Content", "Header"],
    )
    path = f"{IMPORTS}/{job['sid']}/columns"
    answer = api.post(path, {"mapping": {"text": "B"}}, content_type="application/json")
    assert answer.json()["error"]["code"] == "dlt.bad_import"
    assert "Template ID" in answer.json()["error"]["message"]


def test_headers_may_come_in_with_the_templates(api: Client, header: Header):
    content = templates_csv(
        template_row(1, header="ACMENW|ACMECO"), template_row(2, header="ACMENW")
    )
    job = upload(api, content).json()
    body = {"mapping": job["mapping"], "add_headers": True}
    run_imports()
    api.post(f"{IMPORTS}/{job['sid']}/columns", body, content_type="application/json")
    run_imports()
    api.post(f"{IMPORTS}/{job['sid']}/apply", {}, content_type="application/json")
    run_imports()
    new = Header.objects.get(value="ACMENW")
    assert (new.state, new.source, new.templates.count()) == ("pending", "import", 2)


def test_what_the_portal_suspended_is_suspended_by_an_admin_only(
    account: Account, header: Header, api: Client, api_of: Any
):
    text = "Order {#var#} is ready. - ACMECO"
    row = build_template(header, text, "1107172000000001011", "Template 1")
    content = csv_of([(*HEADER, "Status"), (*template_row(1, row.text), "Suspended due to usage")])
    assert outcomes(api, imported(api, content))[2] == ("refused", "needs_admin")
    job = imported(api_of(account, Role.ADMIN), content)
    assert outcomes(api, job)[2] == ("changed", "")
    row.refresh_from_db()
    assert row.state == RecordState.SUSPENDED_USAGE
    assert "ContentTemplates.csv" in row.reason


def test_only_the_only_admin_approves_at_once(
    account: Account, header: Header, admin: Any, client_of: Any
):
    client = client_of(admin)
    job = checked(client, templates_csv(template_row(1)))
    client.post(f"{IMPORTS}/{job.sid}/apply", {"approve": True}, content_type="application/json")
    run_imports()
    assert ContentTemplate.objects.get().state == RecordState.APPROVED
    assert AuditEvent.objects.get(action="template.approved").detail["self_approved"] is True


def test_an_editor_does_not_approve_at_once(api: Client, header: Header):
    job = checked(api, templates_csv(template_row(1)))
    answer = api.post(
        f"{IMPORTS}/{job.sid}/apply", {"approve": True}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "dlt.import_not_alone")
    assert not ContentTemplate.objects.exists()


def test_the_report_of_an_import_repeats_the_warnings_of_its_dry_run(api: Client, header: Header):
    job = imported(api, templates_csv(template_row(1), template_row(2)))
    rows = api.get(f"{IMPORTS}/{job.sid}/report.csv").getvalue().decode("utf-8-sig").splitlines()
    assert all("[untyped]" in row for row in rows[1:])
    assert job.counts["warnings"]["untyped"] == 2


def test_imports_of_other_accounts_are_not_there(
    api: Client, header: Header, other_account: Account, api_of: Any
):
    job = checked(api, templates_csv(template_row(1)))
    stranger = api_of(other_account, Role.ADMIN)
    assert stranger.get(f"{IMPORTS}/{job.sid}").status_code == 404
    assert stranger.get(f"{IMPORTS}/{job.sid}/report.csv").status_code == 404
    assert (
        stranger.post(f"{IMPORTS}/{job.sid}/apply", {}, content_type="application/json").status_code
        == 404
    )
    assert stranger.get(IMPORTS).json() == {"imports": []}


def test_a_viewer_uploads_nothing(account: Account, header: Header, api_of: Any):
    answer = upload(api_of(account, Role.VIEWER), templates_csv(template_row(1)))
    assert answer.status_code == 403
    assert not ImportJob.objects.exists()


def test_a_cancelled_import_leaves_neither_rows_nor_files(
    api: Client, header: Header, tmp_path: Any, django_capture_on_commit_callbacks: Any
):
    job = checked(api, templates_csv(template_row(1)))
    with django_capture_on_commit_callbacks(execute=True):
        api.post(f"{IMPORTS}/{job.sid}/cancel")
    answer = api.post(f"{IMPORTS}/{job.sid}/apply", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "dlt.import_state")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
