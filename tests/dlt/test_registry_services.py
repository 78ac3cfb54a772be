"""Submissions and decisions: who may do what, what is refused, what is written down."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.caller import Caller, caller_for
from accounts.models import Account, AuditEvent, Role, User
from core.errors import NotAllowed, NotFound
from dlt import services
from dlt.identifiers import BadId
from dlt.models import ContentTemplate, EntityState, Header, PrincipalEntity, RecordState
from dlt.services.templates import HeadersMissing
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_member,
    build_template,
)

OTHER_ID = "1107169999999999999"


def of(user: User) -> Caller:
    caller = caller_for(user)
    assert caller
    return caller


def draft(**changes: object) -> services.TemplateDraft:
    values = {
        "pe_id": PE_ID,
        "template_id": TEMPLATE_ID,
        "name": "Missed call alert",
        "text": MISSED_CALL,
        "headers": ["ACMECO"],
    }
    return services.TemplateDraft(**{**values, **changes})  # type: ignore[arg-type]  # names are checked


def submit(user: User, **changes: object) -> ContentTemplate:
    return services.submit_template(caller=of(user), draft=draft(**changes), now=timezone.now())


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


def test_a_submission_waits_and_is_written_down(header: Header, editor: User):
    row = submit(editor)
    assert row.state == RecordState.PENDING
    assert [linked.value for linked in row.headers.all()] == ["ACMECO"]
    event = AuditEvent.objects.get(action="template.submitted")
    assert (event.actor, event.target) == (editor.email, f"template {TEMPLATE_ID}")


def test_the_text_is_kept_byte_for_byte(header: Header, editor: User):
    text = "  Hi {#var#},\r\n two  spaces — and a trailing one "
    assert ContentTemplate.objects.get(pk=submit(editor, text=text).pk).text == text


def test_viewers_submit_nothing(header: Header, viewer: User):
    with pytest.raises(NotAllowed):
        submit(viewer)
    with pytest.raises(NotAllowed):
        services.register_entity(
            caller=of(viewer), pe_id="1101111111111111111", name="X", now=timezone.now()
        )
    with pytest.raises(NotAllowed):
        services.submit_header(
            caller=of(viewer), pe_id=PE_ID, value="ABCDEF", kind="other", now=timezone.now()
        )


@pytest.mark.parametrize(
    ("template_id", "words"),
    [
        ("1105161234567890123", "looks like a Header ID (1105…), not a Template ID"),
        ("1101161234567890123", "looks like an Entity ID (1101…), not a Template ID"),
        ("1.10717E+18", "spreadsheet"),
        ("11071612345", "12 to 20 digits"),
        ("110716123456789012345", "12 to 20 digits"),
        ("1107 161234567890123", "12 to 20 digits"),
        ("११०७१६१२३४५६७८९०१२३", "12 to 20 digits"),
        ("", "12 to 20 digits"),
    ],
)
def test_wrong_template_ids_are_explained(
    header: Header, editor: User, template_id: str, words: str
):
    with pytest.raises(BadId) as refusal:
        submit(editor, template_id=template_id)
    assert words in str(refusal.value)
    assert refusal.value.context["field"] == "template_id"


def test_a_header_id_is_no_entity_id(account: Account, editor: User):
    with pytest.raises(BadId, match=r"looks like a Header ID \(1705…\), not an Entity ID"):
        services.register_entity(
            caller=of(editor), pe_id="1705161234567890123", name="Acme", now=timezone.now()
        )


def test_new_style_template_ids_are_taken(header: Header, editor: User):
    assert submit(editor, template_id="1177161234567890123").pk


@pytest.mark.parametrize(
    "state", [RecordState.PENDING, RecordState.APPROVED, RecordState.SUSPENDED_CUSTOMER]
)
def test_a_template_id_is_taken_once(header: Header, editor: User, state: str):
    build_template(header, state=state)
    with pytest.raises(services.TemplateTaken) as refusal:
        submit(editor, text="Another text {#var#} - ACMECO")
    assert refusal.value.context["field"] == "template_id"
    assert ContentTemplate.objects.get().text == MISSED_CALL


def test_a_rejected_template_may_be_submitted_again(header: Header, editor: User):
    row = build_template(header, state=RecordState.REJECTED)
    again = submit(editor, text="Another text {#var#} - ACMECO")
    assert (again.pk, again.state) == (row.pk, RecordState.PENDING)
    assert again.text.startswith("Another")


def test_two_accounts_may_hold_the_same_ids(header: Header, editor: User, other_account: Account):
    build_template(build_header(build_entity(other_account)))
    assert submit(editor).pk


def test_headers_of_another_entity_are_refused(header: Header, editor: User):
    other = build_entity(header.account, "1101999999999999999")
    build_header(other, "OTHERS")
    with pytest.raises(services.HeaderNotOfEntity):
        submit(editor, headers=["OTHERS"])
    with pytest.raises(services.HeaderNotOfEntity):
        submit(editor, headers=["AcmeCo"])  # case-sensitive
    with pytest.raises(HeadersMissing):
        submit(editor, headers=[])


def test_entities_of_another_account_are_unknown(editor: User, other_account: Account):
    build_header(build_entity(other_account))
    with pytest.raises(services.EntityUnknown):
        submit(editor)


def test_headers_differ_by_case(header: Header, editor: User):
    row = services.submit_header(
        caller=of(editor), pe_id=PE_ID, value="AcmeCo", kind="other", now=timezone.now()
    )
    assert row.state == RecordState.PENDING
    with pytest.raises(services.HeaderTaken):
        services.submit_header(
            caller=of(editor), pe_id=PE_ID, value="ACMECO", kind="other", now=timezone.now()
        )


@pytest.mark.parametrize(
    ("value", "kind"),
    [("AB", "other"), ("ABCDEFG", "other"), ("AC-ME", "other"), ("12AB56", "promotional")],
)
def test_bad_headers_are_refused(header: Header, editor: User, value: str, kind: str):
    with pytest.raises(services.BadHeader):
        services.submit_header(
            caller=of(editor), pe_id=PE_ID, value=value, kind=kind, now=timezone.now()
        )


def test_an_entity_is_registered_once(account: Account, editor: User):
    build_entity(account)
    with pytest.raises(services.EntityTaken):
        services.register_entity(caller=of(editor), pe_id=PE_ID, name="Acme", now=timezone.now())


def test_an_admin_approves_what_an_editor_submitted(header: Header, editor: User, admin: User):
    row = submit(editor)
    services.change(
        caller=of(admin), kind="template", verb="approve", pk=row.pk, now=timezone.now()
    )
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (RecordState.APPROVED, admin)
    event = AuditEvent.objects.get(action="template.approved")
    assert event.actor == admin.email
    assert "self_approved" not in event.detail


def test_editors_do_not_approve(header: Header, editor: User):
    row = submit(editor)
    with pytest.raises(NotAllowed):
        services.change(
            caller=of(editor), kind="template", verb="approve", pk=row.pk, now=timezone.now()
        )


def test_makers_do_not_check_their_own_work(header: Header, admin: User, account: Account):
    build_member(account, Role.ADMIN, "second@acme.example")
    row = submit(admin)
    with pytest.raises(services.NotYourOwn):
        services.change(
            caller=of(admin), kind="template", verb="approve", pk=row.pk, now=timezone.now()
        )
    assert ContentTemplate.objects.get().state == RecordState.PENDING


def test_the_only_admin_may_and_it_is_written_down(header: Header, admin: User):
    row = submit(admin)
    services.change(
        caller=of(admin), kind="template", verb="approve", pk=row.pk, now=timezone.now()
    )
    assert AuditEvent.objects.get(action="template.approved").detail["self_approved"] is True


def test_keys_do_not_check_their_own_work_either(header: Header, admin: User, account: Account):
    build_member(account, Role.ADMIN, "second@acme.example")
    key = Caller(account, Role.ADMIN, "key robot")
    row = services.submit_template(caller=key, draft=draft(), now=timezone.now())
    with pytest.raises(services.NotYourOwn):
        services.change(caller=key, kind="template", verb="approve", pk=row.pk, now=timezone.now())


def test_a_second_decision_says_who_was_first(header: Header, editor: User, admin: User):
    row = submit(editor)
    services.change(
        caller=of(admin),
        kind="template",
        verb="reject",
        pk=row.pk,
        reason="No brand",
        now=timezone.now(),
    )
    with pytest.raises(services.AlreadyDecided, match=f"is rejected now .{admin.email}"):
        services.change(
            caller=of(admin), kind="template", verb="approve", pk=row.pk, now=timezone.now()
        )
    row.refresh_from_db()
    assert (row.state, row.reason) == (RecordState.REJECTED, "No brand")


def test_nobody_approves_a_text_they_have_not_seen(header: Header, editor: User, admin: User):
    seen = submit(editor).submitted
    row = ContentTemplate.objects.get()
    services.change(
        caller=of(admin),
        kind="template",
        verb="reject",
        pk=row.pk,
        reason="Wrong",
        now=timezone.now(),
    )
    submit(editor, text="Something else {#var#} - ACMECO")
    with pytest.raises(services.AlreadyDecided):
        services.change(
            caller=of(admin),
            kind="template",
            verb="approve",
            pk=row.pk,
            now=timezone.now(),
            seen=seen,
        )


def test_rejecting_needs_a_reason(header: Header, editor: User, admin: User):
    row = submit(editor)
    with pytest.raises(services.ReasonMissing):
        services.change(
            caller=of(admin),
            kind="template",
            verb="reject",
            pk=row.pk,
            reason="  ",
            now=timezone.now(),
        )


def test_records_of_another_account_are_not_found(admin: User, other_account: Account):
    foreign = build_template(build_header(build_entity(other_account)), state=RecordState.PENDING)
    with pytest.raises(NotFound):
        services.change(
            caller=of(admin), kind="template", verb="approve", pk=foreign.pk, now=timezone.now()
        )
    with pytest.raises(NotFound):
        services.change(
            caller=of(admin),
            kind="header",
            verb="reject",
            pk=foreign.headers.get().pk,
            reason="x",
            now=timezone.now(),
        )
    with pytest.raises(NotFound):
        services.change(
            caller=of(admin),
            kind="entity",
            verb="approve",
            pk=foreign.entity_id,
            now=timezone.now(),
        )


def test_suspended_templates_come_back(header: Header, admin: User):
    row = build_template(header)
    services.change(
        caller=of(admin),
        kind="template",
        verb="suspend",
        pk=row.pk,
        reason="Unused",
        now=timezone.now(),
    )
    assert ContentTemplate.objects.get().state == RecordState.SUSPENDED_CUSTOMER
    assert not ContentTemplate.objects.approved().exists()
    services.change(
        caller=of(admin), kind="template", verb="reinstate", pk=row.pk, now=timezone.now()
    )
    assert ContentTemplate.objects.get().state == RecordState.APPROVED


def test_entities_and_headers_are_decided_too(account: Account, editor: User, admin: User):
    now = timezone.now()
    entity = services.register_entity(caller=of(editor), pe_id=PE_ID, name="Acme", now=now)
    header = services.submit_header(
        caller=of(editor), pe_id=PE_ID, value="ACMECO", kind="other", now=now
    )
    services.change(caller=of(admin), kind="entity", verb="approve", pk=entity.pk, now=now)
    services.change(
        caller=of(admin),
        kind="header",
        verb="reject",
        pk=header.pk,
        reason="Not on the portal",
        now=now,
    )
    assert PrincipalEntity.objects.get().state == EntityState.ACTIVE
    assert Header.objects.get().reason == "Not on the portal"
    again = services.submit_header(
        caller=of(editor), pe_id=PE_ID, value="ACMECO", kind="other", now=now
    )
    services.change(caller=of(admin), kind="header", verb="approve", pk=again.pk, now=now)
    assert Header.objects.get().state == RecordState.APPROVED
