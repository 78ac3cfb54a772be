"""Headers, entities, links, consents and numbers from files; and receivers one at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Account, AuditEvent, Role
from dlt.models import (
    Consent,
    ConsentTemplate,
    Cta,
    DndNumber,
    Header,
    PrincipalEntity,
    Telemarketer,
)
from tests.builders import PE_ID, build_entity, build_header
from tests.dlt.import_files import csv_of, imported, outcomes, row_xml, sums, xlsx_of

NUMBER = "+919876543210"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_headers_keep_their_capitals_kinds_and_ends(api: Client, account: Account):
    build_header(build_entity(account), "ACMECO")
    content = csv_of(
        [
            ("Header Name", "Header Type", "Status", "Valid Till", "Header ID"),
            ("ACMECO", "Transactional", "Active", "", ""),
            ("acmeco", "Service", "Active", "31/03/2027", "1105172000000000001"),
            ("654321", "Promotional", "Blacklisted", "", ""),
            ("TOOLONGER", "Other", "Active", "", ""),
            ("ABC", "Flying", "Active", "", ""),
            ("ABCDEF", "Other", "Active", "30 Feb", ""),
            ("ABCDEG", "Other", "Active", "", PE_ID),
        ]
    )
    job = imported(api, content, registry="headers")
    assert outcomes(api, job) == {
        2: ("unchanged", ""),
        3: ("added", ""),
        4: ("added", ""),
        5: ("refused", "bad_header"),
        6: ("refused", "unknown_kind"),
        7: ("refused", "bad_date"),
        8: ("refused", "bad_id"),
    }
    small = Header.objects.get(value="acmeco")
    assert (small.state, str(small.valid_until), small.header_id) == (
        "pending", "2027-03-31", "1105172000000000001",
    )  # fmt: skip
    promotional = Header.objects.get(value="654321")
    assert (promotional.state, promotional.category_digit) == ("blacklisted", "6")
    assert job.counts["warnings"]["other_case"] == 1


def test_entities_and_telemarketers_know_their_own_ids(api: Client, account: Account):
    rows = [
        ("PE ID", "Company Name", "Status"),
        (PE_ID, "Acme", "Active"),
        ("1102172000000000001", "TM", ""),
    ]
    job = imported(api, csv_of(rows), registry="entities")
    assert outcomes(api, job) == {2: ("added", ""), 3: ("refused", "bad_id")}
    assert PrincipalEntity.objects.get().state == "pending"
    rows = [
        ("TM ID", "Name", "Function"),
        ("110200001081", "Carrier", "TM-AF"),
        ("110200001082", "X", "boss"),
    ]
    job = imported(api, csv_of(rows), registry="telemarketers")
    assert outcomes(api, job) == {2: ("added", ""), 3: ("refused", "unknown_role")}
    assert Telemarketer.objects.get().role == "AF"


def test_links_and_numbers_are_recognised_and_compared_as_operators_do(
    api: Client, account: Account
):
    build_entity(account)
    rows = [
        ("CTA", "Type"), ("https://www.acme.example/pay/", "URL"), ("http://acme.example/pay", "Static"),
        ("https://acme.example/r?", ""), ("https://acme.example/r?id=1", ""), ("1800-123-4567", "Toll free"),
    ]  # fmt: skip
    job = imported(api, csv_of(rows), registry="ctas")
    assert [outcomes(api, job)[row][0] for row in range(2, 7)] == [
        "added", "refused", "added", "refused", "added",
    ]  # fmt: skip
    assert sorted(Cta.objects.values_list("kind", flat=True)) == [
        "toll_free",
        "url_dynamic",
        "url_static",
    ]


def test_consent_templates_have_no_variables(api: Client, account: Account):
    build_header(build_entity(account))
    rows = [
        ("Consent Template ID", "Template Name", "Brand Name", "Scope", "Header"),
        (
            "1109172000000000001",
            "Offers",
            "ACMECO",
            "I agree to get offers of ACMECO by SMS.",
            "ACMECO",
        ),
        (
            "1109172000000000002",
            "Bad",
            "ACMECO",
            "I, {#var#}, agree to offers of ACMECO.",
            "ACMECO",
        ),
    ]
    job = imported(api, csv_of(rows), registry="consents")
    assert outcomes(api, job) == {2: ("added", ""), 3: ("refused", "bad_consent_text")}
    assert [header.value for header in ConsentTemplate.objects.get().headers.all()] == ["ACMECO"]


def test_a_bare_list_of_numbers_needs_no_header(api: Client, account: Account):
    rows = [("9876543210",), ("+91 98765 43211",), ("09876543212",), ("98765",), ("9876543210",)]
    job = imported(api, csv_of(rows), registry="dnd", name="dnd.txt")
    assert sums(job) == {"added": 3, "changed": 0, "unchanged": 1, "refused": 1}
    assert set(DndNumber.objects.values_list("number", flat=True)) == {
        "+919876543210", "+919876543211", "+919876543212",
    }  # fmt: skip


def test_a_newer_list_replaces_what_a_number_blocks(api: Client, account: Account):
    DndNumber.objects.create(account=account, number=NUMBER, categories="1", updated=timezone.now())
    rows = [
        ("Mobile", "Preference"),
        ("9876543210", "7, 3"),
        ("9876543211", "0"),
        ("9876543212", "9"),
    ]
    job = imported(api, csv_of(rows), registry="dnd")
    assert outcomes(api, job) == {
        2: ("changed", ""),
        3: ("added", ""),
        4: ("refused", "bad_categories"),
    }
    assert DndNumber.objects.get(number=NUMBER).categories == "37"


def test_numbers_and_days_of_a_workbook_are_read_as_such(api: Client, account: Account):
    build_entity(account)
    rows = (
        row_xml(1, "Mobile Number", "Consent Date")
        + row_xml(2, "<c><v>919876543210</v></c>", '<c s="1"><v>46350.5</v></c>')
        + row_xml(3, "<c><v>9.87654E+11</v></c>", '<c s="1"><v>46350</v></c>')
    )
    job = imported(api, xlsx_of(rows), registry="receiver-consents", name="consents.xlsx")
    assert outcomes(api, job) == {2: ("added", ""), 3: ("refused", "rounded_number")}
    row = Consent.objects.get()
    assert row.number == NUMBER
    assert row.given == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # noon in Kolkata
    assert row.expires == row.given + timedelta(days=365)


def test_a_number_is_looked_up_blocked_and_consents(account: Account, editor: Any, client_of: Any):
    build_entity(account)
    client = client_of(editor)
    client.post("/dlt/receivers/block/", {"number": "98765 43210", "categories": ["3", "1"]})
    page = client.get("/dlt/receivers/", {"number": "09876543210"}).content.decode()
    assert "On the do-not-disturb list" in page
    assert "Education" in page
    client.post(
        "/dlt/receivers/consent/", {"number": NUMBER, "purpose": PE_ID, "given": "2026-11-01"}
    )
    consent = Consent.objects.get()
    assert consent.given.astimezone(UTC) == datetime(2026, 10, 31, 18, 30, tzinfo=UTC)
    client.post(f"/dlt/receivers/consents/{consent.pk}/revoke/", {"number": NUMBER})
    assert "Revoked" in client.get("/dlt/receivers/", {"number": NUMBER}).content.decode()
    client.post("/dlt/receivers/unblock/", {"number": NUMBER})
    assert not DndNumber.objects.exists()
    targets = set(AuditEvent.objects.values_list("target", flat=True))
    assert not any("9876543210" in target for target in targets)


def test_the_api_knows_receivers_of_its_own_account_only(
    api: Client, account: Account, other_account: Account, api_of: Any
):
    build_entity(account)
    body = {"number": "9876543210", "categories": "31"}
    answer = api.post("/api/v1/dlt/dnd", body, content_type="application/json")
    assert answer.json()["dnd"]["categories"] == "13"
    bad = api.post(
        "/api/v1/dlt/dnd", {"number": NUMBER, "categories": "9"}, content_type="application/json"
    )
    assert bad.json()["error"]["code"] == "dlt.bad_preference"
    given = api.post(
        "/api/v1/dlt/receiver-consents",
        {"number": NUMBER, "entity": PE_ID},
        content_type="application/json",
    )
    assert given.status_code == 201
    stranger = api_of(other_account, Role.ADMIN)
    seen = stranger.get("/api/v1/dlt/dnd", {"number": NUMBER}).json()
    assert seen == {"number": NUMBER, "dnd": None, "consents": []}
    path = f"/api/v1/dlt/receiver-consents/{given.json()['id']}/revoke"
    assert stranger.post(path).status_code == 404
    assert api.post(path).json()["revoked"]
    assert api.delete(f"/api/v1/dlt/dnd?number=%2B{NUMBER[1:]}").status_code == 204
    assert (
        api_of(account, Role.VIEWER).get("/api/v1/dlt/dnd", {"number": NUMBER}).status_code == 403
    )


def test_a_viewer_sees_numbers_masked(account: Account, viewer: Any, client_of: Any):
    page = client_of(viewer).get("/dlt/receivers/", {"number": "9876543210"}).content.decode()
    assert '<h2 class="mono">+91 98•••• 3210</h2>' in page
