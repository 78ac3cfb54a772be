"""The registry's pages: lists, forms, details, decisions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Role, User
from dlt.models import ContentTemplate, EntityState, Header, PrincipalEntity, RecordState
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_member,
    build_template,
)

ClientOf = Callable[[User], Client]


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


@pytest.mark.parametrize(
    "path", ["/dlt/templates/", "/dlt/headers/", "/dlt/entities/", "/approvals/"]
)
def test_empty_registries_say_what_to_do(client_of: ClientOf, viewer: User, path: str):
    page = client_of(viewer).get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_lists_are_searched_and_narrowed_by_the_address(
    client_of: ClientOf, viewer: User, header: Header
):
    build_template(header)
    build_template(
        header, "Thanks {#var#} - ACMECO", "1107160000000000001", "Thanks", RecordState.PENDING
    )
    client = client_of(viewer)
    for query in ("q=thanks", "q=1107160000000000001", "state=pending"):
        page = client.get(f"/dlt/templates/?{query}").content.decode()
        assert "Thanks" in page
        assert "Missed call alert" not in page
    assert "Nothing fits" in client.get("/dlt/templates/?q=zzz").content.decode()
    assert client.get("/dlt/templates/?state=lost&page=x&category=1").status_code == 200


def test_other_accounts_are_not_found(client_of: ClientOf, admin: User, other_account: Account):
    foreign = build_template(build_header(build_entity(other_account)), state=RecordState.PENDING)
    client = client_of(admin)
    assert client.get(f"/dlt/templates/{foreign.pk}/").status_code == 404
    for path in (
        f"/dlt/templates/{foreign.pk}/suspend/",
        f"/approvals/template/{foreign.pk}/approve/",
        f"/approvals/header/{foreign.headers.get().pk}/reject/",
        f"/approvals/entity/{foreign.entity_id}/approve/",
    ):
        assert client.post(path, {"reason": "x"}).status_code == 404
    assert "Globex" not in client.get("/dlt/entities/").content.decode()


def test_an_editor_submits_a_template(client_of: ClientOf, editor: User, header: Header):
    client = client_of(editor)
    form = {
        "pe_id": PE_ID,
        "headers": ["ACMECO"],
        "template_id": TEMPLATE_ID,
        "name": "Missed call alert",
        "category": "service_implicit",
        "content_type": "text",
        "text": MISSED_CALL + "\r\nBye ",
    }
    made = client.post("/dlt/templates/new/", form)
    row = ContentTemplate.objects.get()
    assert made["Location"] == f"/dlt/templates/{row.pk}/"
    assert row.text == MISSED_CALL + "\nBye "
    page = client.get(made["Location"]).content.decode()
    assert "waits for approval" in page
    assert "XY-ACMECO-S" in page
    again = client.post("/dlt/templates/new/", form).content.decode()
    assert "is in the registry already" in again
    assert MISSED_CALL in again.replace("&#x27;", "'")


def test_a_wrong_id_is_explained_beside_its_field(
    client_of: ClientOf, editor: User, account: Account
):
    page = client_of(editor).post(
        "/dlt/entities/new/", {"name": "Acme", "pe_id": "1705161234567890123"}
    )
    text = page.content.decode()
    assert "This looks like a Header ID (1705…), not an Entity ID." in text
    assert 'aria-describedby="id_pe_id_err"' in text
    assert not PrincipalEntity.objects.exists()


def test_an_unusual_id_is_taken_with_a_warning(client_of: ClientOf, editor: User, account: Account):
    client = client_of(editor)
    client.post("/dlt/entities/new/", {"name": "Acme", "pe_id": "110100001341"})
    assert PrincipalEntity.objects.get().state == EntityState.PENDING
    assert "this one has 12" in client.get("/dlt/entities/").content.decode()


def test_viewers_change_nothing(client_of: ClientOf, viewer: User, header: Header):
    client = client_of(viewer)
    row = build_template(header, state=RecordState.PENDING)
    for path in ("/dlt/templates/new/", "/dlt/headers/new/", "/dlt/entities/new/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {"name": "x"}).status_code == 403
    for path in (
        f"/dlt/templates/{row.pk}/suspend/",
        f"/dlt/templates/{row.pk}/reinstate/",
        f"/approvals/template/{row.pk}/approve/",
        f"/approvals/template/{row.pk}/reject/",
    ):
        assert client.post(path).status_code == 403
    row.refresh_from_db()
    assert row.state == RecordState.PENDING


def test_forms_need_the_csrf_token(admin: User, header: Header):
    row = build_template(header, state=RecordState.PENDING)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post(f"/approvals/template/{row.pk}/approve/")
    assert answer.status_code == 403
    assert "reload the page" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == RecordState.PENDING


def test_checks_are_shown_while_typing(client_of: ClientOf, editor: User, account: Account):
    form = {"text": "Hi {#Var#}  <b>", "category": "service_implicit", "content_type": "text"}
    page = client_of(editor).post("/dlt/templates/checks/", form).content.decode()
    assert "is no variable" in page
    assert "2 spaces in a row" in page
    assert "&lt;b&gt;" in page


def test_the_queue_shows_what_the_admin_needs(client_of: ClientOf, admin: User, header: Header):
    row = build_template(header, "Hi {#Var#} - ACMECO", state=RecordState.PENDING)
    page = client_of(admin).get("/approvals/").content.decode()
    assert "XY-ACMECO-S" in page
    assert "“{#Var#}” is no variable" in page
    assert f"/approvals/template/{row.pk}/approve/" in page
    assert '<span>1</span><span class="vh"> waiting</span>' in page


def test_editors_see_the_queue_but_decide_nothing(
    client_of: ClientOf, editor: User, header: Header
):
    row = build_template(header, state=RecordState.PENDING)
    page = client_of(editor).get("/approvals/").content.decode()
    assert "Only admins decide" in page
    assert f"/approvals/template/{row.pk}/" not in page


def test_approve_and_reject(client_of: ClientOf, admin: User, header: Header):
    client = client_of(admin)
    first = build_template(header, state=RecordState.PENDING)
    client.post(f"/approvals/template/{first.pk}/approve/", {"seen": first.submitted.isoformat()})
    first.refresh_from_db()
    assert first.state == RecordState.APPROVED
    second = build_template(
        header, "Thanks {#var#}", "1107160000000000001", "Thanks", RecordState.PENDING
    )
    client.post(f"/approvals/template/{second.pk}/reject/", {"reason": "", "more": ""})
    second.refresh_from_db()
    assert second.state == RecordState.PENDING
    client.post(
        f"/approvals/template/{second.pk}/reject/", {"reason": "No brand.", "more": "Add ACMECO."}
    )
    second.refresh_from_db()
    assert (second.state, second.reason) == (RecordState.REJECTED, "No brand. Add ACMECO.")
    page = client.get("/approvals/").content.decode()
    assert "Nothing waiting" in page
    assert "Add ACMECO." in page


def test_own_submissions_are_left_to_another_admin(
    client_of: ClientOf, admin: User, account: Account, header: Header
):
    row = build_template(header, state=RecordState.PENDING)
    ContentTemplate.objects.filter(pk=row.pk).update(submitted_by=admin)
    assert "You are the only admin" in client_of(admin).get("/approvals/").content.decode()
    other = build_member(account, Role.ADMIN, "second@acme.example")
    assert "another admin decides" in client_of(admin).get("/approvals/").content.decode()
    client_of(admin).post(f"/approvals/template/{row.pk}/approve/")
    row.refresh_from_db()
    assert row.state == RecordState.PENDING
    client_of(other).post(f"/approvals/template/{row.pk}/approve/")
    row.refresh_from_db()
    assert row.state == RecordState.APPROVED


def test_a_rejected_template_is_corrected(client_of: ClientOf, editor: User, header: Header):
    row = build_template(header, state=RecordState.REJECTED)
    page = client_of(editor).get(f"/dlt/templates/new/?again={row.pk}").content.decode()
    assert f'value="{TEMPLATE_ID}"' in page
    assert "We missed your call" in page
    assert client_of(editor).get("/dlt/templates/new/?again=99999").status_code == 200
