"""The approval desk: the queue, the record under review, decisions and taking them back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, Role, User
from dlt.chain_hash import chain_hash
from dlt.models import (
    Chain,
    ChainLink,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    Header,
    PrincipalEntity,
    Proposal,
    RecordState,
    Telemarketer,
)
from dlt.services.proposals import Reported, propose
from dlt.services.template_draft import text_hash
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
HTMX = {"hx-request": "true", "hx-target": "record"}


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


@pytest.fixture
def pending(header: Header) -> ContentTemplate:
    return build_template(header, state=RecordState.PENDING)


def another(header: Header, number: int, text: str = MISSED_CALL) -> ContentTemplate:
    template_id = f"11071612345678{number:05d}"
    return build_template(header, text, template_id, f"Number {number}", RecordState.PENDING)


def one_of_each(header: Header) -> None:
    """Let a record of every kind wait."""
    account, entity = header.account, header.entity
    PrincipalEntity.objects.create(account=account, pe_id="1101000000000000001", name="Acme Foods")
    build_header(entity, "ACMEIN", RecordState.PENDING)
    build_template(header, state=RecordState.PENDING)
    company = Telemarketer.objects.create(
        account=account, tm_id="1202000000000000001", name="Router"
    )
    chain = Chain.objects.create(
        account=account, entity=entity, hash=chain_hash(PE_ID, [company.tm_id])
    )
    ChainLink.objects.create(chain=chain, telemarketer=company, position=1)
    Cta.objects.create(
        account=account, entity=entity, kind="mobile", value="9876543210", compared="9876543210"
    )
    ConsentTemplate.objects.create(
        account=account, entity=entity, consent_id="1107260000000000001", name="Offers",
        brand="Acme", text="I agree that Acme Retail sends me offers by SMS.",
    )  # fmt: skip


def page_of(client: Client, query: str = "") -> str:
    return client.get(f"/approvals/{query}").content.decode()


def test_every_kind_of_record_is_shown_and_decided(
    client_of: ClientOf, admin: User, header: Header
):
    one_of_each(header)
    client = client_of(admin)
    keys = [
        line.split('"')[1]
        for line in page_of(client).splitlines()
        if line.startswith("<li data-key=")
    ]
    assert {key.partition("-")[0] for key in keys} == {
        "entity", "header", "template", "telemarketer", "chain", "cta", "consent",
    }  # fmt: skip
    for key in keys:
        kind, _, pk = key.partition("-")
        shown = page_of(client, f"?at={key}")
        assert f'data-review="{key}"' in shown
        assert "Registered as" in shown
        answer = client.post(f"/approvals/{kind}/{pk}/approve/", follow=True)
        assert "Approved: " in answer.content.decode()
    assert "Nothing waiting" in page_of(client)


def test_the_oldest_comes_first_and_the_clock_says_what_is_late(
    client_of: ClientOf, admin: User, header: Header
):
    for number, hours in ((1, 5), (2, 80), (3, 60)):
        row = another(header, number)
        row.submitted = timezone.now() - timedelta(hours=hours, minutes=5)
        row.save()
    text = page_of(client_of(admin))
    places = [text.index(f">Number {number}<") for number in (2, 3, 1)]
    assert places == sorted(places)
    assert "8 h late" in text
    assert "due in 11 h" in text
    assert "due in 2 days" in text


def test_the_queue_is_narrowed(client_of: ClientOf, admin: User, header: Header):
    one_of_each(header)
    Cta.objects.update(maker="asha@acme.example")
    client = client_of(admin)
    for query, there, gone in (
        ("?kind=cta", "9876543210", "Missed call alert"),
        ("?maker=asha@acme.example", "9876543210", "ACMEIN"),
        ("?entity=1101000000000000001", "Acme Foods", "ACMEIN"),
        ("?q=missed", "Missed call alert", "Router"),
    ):
        queue = client.get(f"/approvals/{query}", headers={"hx-target": "queue"}).content.decode()
        assert there in queue
        assert gone not in queue
    nothing = page_of(client, "?q=zzz")
    assert "Nothing in the queue fits" in nothing


def test_a_template_is_shown_as_a_handset_shows_it(
    client_of: ClientOf, admin: User, pending: ContentTemplate
):
    pending.variables = [{"sample": "Acme Delhi"}, {"sample": "7K2M9QX4TB"}]
    pending.save()
    text = page_of(client_of(admin))
    assert "XY-ACMECO-S" in text
    assert "X is the operator" in text
    assert '<span class="val">Acme Delhi</span>' in text
    assert "1 SMS" in text


def test_the_portal_box_writes_variables_as_each_portal_does(
    client_of: ClientOf, admin: User, pending: ContentTemplate
):
    pending.text = "Your code is {#num#} for {#alp#} - ACMECO"
    pending.save()
    text = page_of(client_of(admin))
    assert "Your code is {#numeric#} for {#alphanumeric#} - ACMECO" in text
    assert "Your code is {#var#} for {#var#} - ACMECO" in text
    assert "numeric, alphanumeric" in text


def test_the_nearest_template_is_compared_word_by_word(
    client_of: ClientOf, admin: User, header: Header
):
    build_template(header)
    another(header, 1, MISSED_CALL.replace("soon", "today"))
    text = page_of(client_of(admin))
    assert "Nearest: Missed call alert" in text
    assert '<del><span class="vh">removed: </span>soon</del>' in text
    assert '<ins><span class="vh">added: </span>today</ins>' in text
    assert "% alike" in text


def test_a_resubmission_is_compared_with_what_was_rejected(
    client_of: ClientOf, admin: User, editor: User, header: Header
):
    form = {
        "pe_id": PE_ID, "headers": ["ACMECO"], "template_id": TEMPLATE_ID, "name": "Missed",
        "category": "service_implicit", "content_type": "text", "text": MISSED_CALL,
    }  # fmt: skip
    client_of(editor).post("/dlt/templates/new/", form)
    row = ContentTemplate.objects.get()
    client_of(admin).post(f"/approvals/template/{row.pk}/reject/", {"more": "Say when."})
    row.refresh_from_db()
    ContentTemplate.objects.filter(pk=row.pk).update(
        state="pending", text=MISSED_CALL.replace("soon", "now")
    )
    text = page_of(client_of(admin))
    assert "What was rejected before" in text
    assert ">soon</del>" in text


def test_the_same_text_is_found_also_of_another_entity(
    client_of: ClientOf, admin: User, header: Header
):
    other = build_entity(header.account, "1101000000000000009")
    build_template(build_header(other), MISSED_CALL, "1107160000000000009", "Elsewhere")
    another(header, 1)
    ContentTemplate.objects.update(text_sha256=text_hash(MISSED_CALL))
    text = page_of(client_of(admin))
    assert "“Elsewhere” of another entity has the very same text." in text
    assert "100% alike" in text


def test_findings_carry_their_source(client_of: ClientOf, admin: User, header: Header):
    another(header, 1, "Hi {#var#}{#var#}  <b> - ACMECO")
    text = page_of(client_of(admin))
    assert "contiguous variables are not allowed" in text
    assert 'href="https://support.kaleyra.com/' in text
    assert "3 errors" in text or "4 errors" in text


def test_a_decision_leads_to_the_next_record_and_can_be_taken_back(
    client_of: ClientOf, admin: User, header: Header
):
    first, second, third = (another(header, number) for number in (1, 2, 3))
    client = client_of(admin)
    data = {"next": f"template-{second.pk}", "kept": "kind=template", "reason": "No brand."}
    answer = client.post(f"/approvals/template/{first.pk}/reject/", data)
    assert answer["Location"] == f"/approvals/?kind=template&at=template-{second.pk}"
    text = page_of(client, f"?kind=template&at=template-{second.pk}")
    assert f'data-review="template-{second.pk}"' in text
    assert f'action="/approvals/template/{first.pk}/undo/"' in text
    again = client.post(f"/approvals/template/{first.pk}/undo/", follow=True).content.decode()
    assert "waits again" in again
    assert f'data-review="template-{first.pk}"' in again
    first.refresh_from_db()
    assert first.state == RecordState.PENDING
    # Who decided about the next one meanwhile does not lead there.
    ContentTemplate.objects.filter(pk=third.pk).update(state=RecordState.APPROVED)
    data = {"next": f"template-{third.pk}"}
    answer = client.post(f"/approvals/template/{second.pk}/approve/", data)
    assert answer["Location"] == "/approvals/"


def test_what_was_used_is_not_taken_back(
    client_of: ClientOf, admin: User, pending: ContentTemplate
):
    client = client_of(admin)
    client.post(f"/approvals/template/{pending.pk}/approve/", follow=True)
    ContentTemplate.objects.update(last_used=timezone.now())
    answer = client.post(f"/approvals/template/{pending.pk}/undo/", follow=True).content.decode()
    assert "cannot be taken back" in answer
    assert "data-undo" not in answer
    pending.refresh_from_db()
    assert pending.state == RecordState.APPROVED


def test_a_record_decided_meanwhile_says_so(
    client_of: ClientOf, admin: User, pending: ContentTemplate
):
    client = client_of(admin)
    stale = {"seen": (pending.submitted - timedelta(days=1)).isoformat()}
    answer = client.post(f"/approvals/template/{pending.pk}/approve/", stale, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    client.post(f"/approvals/template/{pending.pk}/approve/")
    part = client.get(f"/approvals/?at=template-{pending.pk}", headers=HTMX).content.decode()
    assert part.lstrip().startswith("<article")
    assert "This record does not wait any more" in part
    assert "data-approve" not in part


def test_many_are_approved_each_by_itself(
    client_of: ClientOf, admin: User, account: Account, header: Header
):
    build_member(account, Role.ADMIN, "second@acme.example")
    first, second, own = (another(header, number) for number in (1, 2, 3))
    ContentTemplate.objects.filter(pk=own.pk).update(submitted_by=admin)
    records = [f"template-{row.pk}" for row in (first, second, own)]
    client = client_of(admin)
    asked = client.get("/approvals/confirm/", {"records": [*records, "x", "template-999999"]})
    text = asked.content.decode()
    assert "Approve 2 records?" in text
    assert "left for another admin" in text
    client.post(f"/approvals/template/{first.pk}/approve/")
    done = client.post("/approvals/approve/", {"records": records}, follow=True).content.decode()
    assert "Approved 1 of 3" in done
    assert "Number 2" in done
    assert "is approved." in done
    assert "another admin must decide" in done
    states = {row.name: row.state for row in ContentTemplate.objects.all()}
    assert states == {"Number 1": "approved", "Number 2": "approved", "Number 3": "pending"}
    assert "Approved at once" not in page_of(client)


def test_nothing_leaks_from_other_accounts(
    client_of: ClientOf, admin: User, other_account: Account
):
    foreign = another(build_header(build_entity(other_account)), 1)
    key = f"template-{foreign.pk}"
    client = client_of(admin)
    for query in ("", f"?at={key}", "?q=Number", f"?entity={PE_ID}"):
        assert "Number 1" not in page_of(client, query)
    assert "Number 1" not in client.get("/approvals/confirm/", {"records": key}).content.decode()
    client.post("/approvals/approve/", {"records": key})
    assert client.post(f"/approvals/template/{foreign.pk}/undo/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == RecordState.PENDING


@pytest.mark.parametrize(
    "query", ["?at=x", "?at=template-", "?at=template-9999999999999999999999", "?page=x", "?kind=x"]
)
def test_odd_addresses_are_answered(client_of: ClientOf, admin: User, query: str):
    assert client_of(admin).get(f"/approvals/{query}").status_code == 200


def test_editors_look_and_decide_nothing(
    client_of: ClientOf, editor: User, pending: ContentTemplate
):
    client = client_of(editor)
    text = page_of(client)
    assert "data-approve" not in text
    assert "Missed call alert" in text
    for path in (f"template/{pending.pk}/undo/", "approve/"):
        assert client.post(f"/approvals/{path}").status_code == 403
    assert client.get("/approvals/confirm/").status_code == 403


def test_what_an_operator_reports_is_applied_or_dismissed(
    client_of: ClientOf, admin: User, editor: User, account: Account, header: Header
):
    row = build_template(header)
    for code in ("631", "632"):
        reported = Reported(code, "TEMPLATE_INACTIVE", "", PE_ID, "ACMECO", row.template_id)
        for _ in range(4):
            propose(reported, account=account, at=timezone.now())
    first, second = Proposal.objects.order_by("pk")
    assert "Operators report" in page_of(client_of(editor))
    client = client_of(admin)
    text = page_of(client)
    assert "(code 631" in text
    assert "4 messages since" in text
    assert "Dismiss" in text
    done = client.post(f"/approvals/proposals/{second.pk}/dismiss/", follow=True).content.decode()
    assert "stays as it is" in done
    client.post(f"/approvals/proposals/{first.pk}/apply/")
    row.refresh_from_db()
    assert row.state == RecordState.INACTIVE
    again = client.post(f"/approvals/proposals/{first.pk}/apply/", follow=True).content.decode()
    assert "Nothing was changed" in again
    assert "Operators report" not in again
    assert client_of(editor).post(f"/approvals/proposals/{first.pk}/apply/").status_code == 403


def test_a_long_queue_takes_no_more_queries(client_of: ClientOf, admin: User, header: Header):
    client = client_of(admin)
    one_of_each(header)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/approvals/").status_code == 200
        return len(seen)

    few = queries()
    for number in range(120):
        another(header, number, f"{number}: {MISSED_CALL}")
    assert queries() <= few
    assert few < 60
    text = page_of(client)
    assert text.count("<li data-key=") == 50
    assert "1–50 of 127" in text


def test_the_queue_over_the_api(api_of: Callable[..., Client], account: Account, header: Header):
    one_of_each(header)
    found = api_of(account, Role.VIEWER).get("/api/v1/dlt/approvals").json()
    assert found["count"] == 7
    row = next(one for one in found["waiting"] if one["kind"] == "template")
    assert row["late"] is False
    assert row["may_decide"] is False
    codes = {finding["code"] for finding in row["findings"]}
    assert "untyped" in codes
    assert all(finding["source"]["name"] for finding in row["findings"])
    narrowed = api_of(account, Role.VIEWER).get("/api/v1/dlt/approvals?kind=cta").json()
    assert [one["name"] for one in narrowed["waiting"]] == ["9876543210"]


def test_a_text_is_checked_over_the_api(
    api_of: Callable[..., Client], account: Account, header: Header
):
    client = api_of(account, Role.VIEWER)

    def found(**given: Any) -> tuple[bool, set[str]]:
        answer = client.post("/api/v1/dlt/lint", given, content_type="application/json")
        assert answer.status_code == 200, answer.content
        said = answer.json()
        return said["may_be_submitted"], {finding["code"] for finding in said["findings"]}

    assert found(text="")[0] is False
    assert found(text="x" * 2001)[0] is False
    assert found(text="{#var#} {#var#}")[0] is False
    assert found(text="Hello {#var#}{#var#} - A") == (
        True, found(text="Hello {#var#}{#var#} - A")[1] | {"variables_adjacent"},
    )  # fmt: skip
    text = "Dear customer, order {#numeric#} has left our store. See acme.example. - TEAM"
    fits, codes = found(text=text, entity=PE_ID, headers=["ACMECO"], variables=[{"sample": "a"}])
    assert fits
    assert {"link_not_whitelisted", "bad_sample"} <= codes
    unknown = client.post(
        "/api/v1/dlt/lint", {"text": text, "entity": "1"}, content_type="application/json"
    )
    assert unknown.json()["error"]["code"] == "dlt.entity_unknown"
