"""Records of every registry: submitted, refused, taken up again, edited, and written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.caller import Caller, caller_for
from accounts.models import Account, AuditEvent, Role, User
from core.errors import DomainError, NotAllowed
from dlt import services
from dlt.chain_hash import chain_hash
from dlt.identifiers import BadId
from dlt.models import (
    ConsentTemplate,
    ContentTemplate,
    Cta,
    Header,
    PrincipalEntity,
    RecordState,
    RegistryStamp,
    Telemarketer,
)
from dlt.services.chains import warnings_about
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_template,
)

TM_AF, TM_DF = "1102172974420820002", "1102172974420830004"
CONSENT_ID = "1107160000000000001"
CONSENT_TEXT = "I agree that ACMECO sends me offers and news by SMS."


def of(user: User) -> Caller:
    caller = caller_for(user)
    assert caller
    return caller


@pytest.fixture
def entity(account: Account) -> PrincipalEntity:
    return build_entity(account)


def draft(**changes: Any) -> services.TemplateDraft:
    values: dict[str, Any] = {
        "pe_id": PE_ID,
        "template_id": TEMPLATE_ID,
        "name": "Missed call alert",
        "text": MISSED_CALL,
        "headers": ["ACMECO"],
    }
    return services.TemplateDraft(**{**values, **changes})


def submit(user: User, **changes: Any) -> ContentTemplate:
    return services.submit_template(caller=of(user), draft=draft(**changes), now=timezone.now())


def telemarketer(user: User, tm_id: str = TM_DF, role: str = "DF") -> Telemarketer:
    made = services.TelemarketerDraft(tm_id, f"Carrier {tm_id[-4:]}", role)
    return services.register_telemarketer(caller=of(user), draft=made, now=timezone.now())


def cta(user: User, value: str, kind: str = "") -> Cta:
    made = services.CtaDraft(PE_ID, value, kind)
    return services.submit_cta(caller=of(user), draft=made, now=timezone.now())


def consent(user: User, **changes: Any) -> ConsentTemplate:
    values: dict[str, Any] = {
        "pe_id": PE_ID,
        "consent_id": CONSENT_ID,
        "name": "Offers",
        "brand": "ACMECO",
        "text": CONSENT_TEXT,
    }
    made = services.ConsentDraft(**{**values, **changes})
    return services.submit_consent(caller=of(user), draft=made, now=timezone.now())


def test_the_chain_hash_has_the_published_vectors():
    pe_id, last = "1101172974420810001", "1101172974420830004"
    assert (
        chain_hash(pe_id, [last])
        == "c0c951afca257c5b87c3da535c09112080483f35b7e6faf35e2428b3b526b694"
    )
    assert (
        chain_hash(pe_id, ["1101172974420820002", last])
        == "ba38bbe4ab3780a70aad6071c006e720eed8efc1ff70b00691d3b6844e6497e2"
    )


def test_a_chain_keeps_its_order_and_its_hash(entity: PrincipalEntity, editor: User):
    telemarketer(editor, TM_AF, "AF")
    telemarketer(editor, TM_DF)
    made = services.ChainDraft(PE_ID, [TM_AF, TM_DF])
    row = services.submit_chain(caller=of(editor), draft=made, now=timezone.now())
    assert row.hash == chain_hash(PE_ID, [TM_AF, TM_DF])
    assert [link.telemarketer.tm_id for link in row.links.order_by("position")] == [TM_AF, TM_DF]
    with pytest.raises(services.ChainTaken):
        services.submit_chain(caller=of(editor), draft=made, now=timezone.now())


def test_chains_warn_of_what_operators_refuse(entity: PrincipalEntity, editor: User):
    rows = [telemarketer(editor, f"110217297442082000{last}", "AF") for last in range(3)]
    told = " ".join(warnings_about(entity, rows))
    assert "2 telemarketers at most" in told
    assert "TM-AF" in told
    assert "is pending" in told


@pytest.mark.parametrize(
    ("tm_ids", "refusal", "words"),
    [
        ([], services.BadChain, "at least one"),
        ([TM_DF, TM_DF], services.BadChain, "twice"),
        ([PE_ID], BadId, "looks like an Entity ID"),
        ([TM_AF], services.TelemarketerUnknown, TM_AF),
        ([str(1102000000000000000 + n) for n in range(11)], services.BadChain, "10 telemarketers"),
    ],
)
def test_impossible_chains_are_refused(
    entity: PrincipalEntity,
    editor: User,
    tm_ids: list[str],
    refusal: type[DomainError],
    words: str,
):
    with pytest.raises(refusal, match=words):
        services.submit_chain(
            caller=of(editor), draft=services.ChainDraft(PE_ID, tm_ids), now=timezone.now()
        )


def test_telemarketers_have_ids_of_their_own_kind(entity: PrincipalEntity, editor: User):
    with pytest.raises(BadId, match="looks like an Entity ID"):
        telemarketer(editor, PE_ID)
    telemarketer(editor)
    with pytest.raises(services.TelemarketerTaken):
        telemarketer(editor)


def test_the_same_link_is_taken_once(entity: PrincipalEntity, editor: User):
    row = cta(editor, "https://www.Acme.example/pay/")
    assert (row.kind, row.compared) == (Cta.Kind.URL_STATIC, "acme.example/pay")
    with pytest.raises(services.CtaTaken):
        cta(editor, "acme.example/pay")
    with pytest.raises(services.BadCta, match="only up to its question mark"):
        cta(editor, "https://acme.example/track?id=1")


def test_a_link_is_corrected_before_its_approval_only(
    entity: PrincipalEntity, editor: User, admin: User
):
    row = cta(editor, "https://acme.example/paj")
    edited = services.edit_cta(
        caller=of(editor), pk=row.pk, value="+91 98765 43210", now=timezone.now()
    )
    assert (edited.kind, edited.compared) == (Cta.Kind.MOBILE, "9876543210")
    services.change(caller=of(admin), kind="cta", pk=row.pk, verb="approve", now=timezone.now())
    with pytest.raises(services.NotEditable):
        services.edit_cta(caller=of(admin), pk=row.pk, value="acme.example", now=timezone.now())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "I agree that {#var#} sends me offers from ACMECO."}, "no variables"),
        ({"text": "I agree to get offers by SMS every day."}, "does not name the brand"),
        ({"text": "ACMECO offers"}, "what customers agree to"),
        ({"text": " "}, "The text is missing"),
        ({"brand": ""}, "The brand name is missing"),
        ({"consent_id": "1105160000000000001"}, "looks like a Header ID"),
    ],
)
def test_consent_texts_name_brand_and_purpose(
    entity: PrincipalEntity, editor: User, changes: dict[str, str], words: str
):
    with pytest.raises(DomainError, match=words):
        consent(editor, **changes)


def test_a_consent_template_covers_headers_of_its_entity(entity: PrincipalEntity, editor: User):
    build_header(entity)
    assert consent(editor, headers=["ACMECO"]).headers.get().value == "ACMECO"
    other = build_entity(entity.account, "1101999999999999999")
    build_header(other, "OTHERS")
    with pytest.raises(services.HeaderNotOfEntity):
        consent(editor, consent_id="1107160000000000002", headers=["OTHERS"])


def header(user: User, value: str, kind: str = "other", **more: Any) -> Header:
    return services.submit_header(
        caller=of(user), pe_id=PE_ID, value=value, kind=kind, now=timezone.now(), **more
    )


def test_a_promotional_header_tells_its_category(entity: PrincipalEntity, editor: User):
    assert header(editor, "512345", "promotional").category_digit == "5"
    assert header(editor, "ACMEPR", "promotional").category_digit == ""
    assert header(editor, "123456").category_digit == ""


def test_the_portals_header_id_is_checked(entity: PrincipalEntity, editor: User, admin: User):
    with pytest.raises(BadId, match="looks like a Template ID") as refusal:
        header(editor, "ACMECO", header_id=TEMPLATE_ID)
    assert refusal.value.context["field"] == "header_id"
    row = header(editor, "ACMECO")
    services.change(caller=of(admin), kind="header", pk=row.pk, verb="approve", now=timezone.now())
    change = {"header_id": "1105160000000000001", "valid_until": date(2027, 1, 31)}
    with pytest.raises(NotAllowed):
        services.edit_header(caller=of(editor), pk=row.pk, now=timezone.now(), **change)
    services.edit_header(caller=of(admin), pk=row.pk, now=timezone.now(), **change)
    event = AuditEvent.objects.get(action="header.edited")
    assert event.detail["changes"]["valid_until"] == [None, "2027-01-31"]
    with pytest.raises(services.NotEditable):
        services.edit_header(
            caller=of(admin), pk=row.pk, now=timezone.now(), kind=Header.Kind.GOVERNMENT
        )


def test_a_draft_waits_for_the_portals_id(entity: PrincipalEntity, editor: User):
    build_header(entity)
    now = timezone.now()
    row = services.save_draft(
        caller=of(editor), draft=draft(template_id="", text="", headers=[]), now=now
    )
    assert row.state == RecordState.DRAFT
    with pytest.raises(BadId):
        services.change(caller=of(editor), kind="template", pk=row.pk, verb="submit", now=now)
    services.edit_template(
        caller=of(editor), pk=row.pk, now=now,
        template_id=TEMPLATE_ID, text=MISSED_CALL, headers=["ACMECO"],
    )  # fmt: skip
    services.change(caller=of(editor), kind="template", pk=row.pk, verb="submit", now=now)
    row.refresh_from_db()
    assert (row.template_id, row.state) == (TEMPLATE_ID, RecordState.PENDING)


def test_a_draft_given_an_id_that_is_taken_stays_a_draft(entity: PrincipalEntity, editor: User):
    build_template(build_header(entity))
    row = services.save_draft(caller=of(editor), draft=draft(template_id=""), now=timezone.now())
    with pytest.raises(services.TemplateTaken):
        services.edit_template(
            caller=of(editor), pk=row.pk, now=timezone.now(), template_id=TEMPLATE_ID
        )


def test_an_approved_text_never_changes(entity: PrincipalEntity, admin: User):
    row = build_template(build_header(entity))
    with pytest.raises(services.NotEditable, match="make a new version"):
        services.edit_template(
            caller=of(admin), pk=row.pk, now=timezone.now(), text="Another {#var#} - ACMECO"
        )
    row.refresh_from_db()
    assert row.text == MISSED_CALL


def test_editors_rename_an_approved_template_and_admins_change_its_limits(
    entity: PrincipalEntity, editor: User, admin: User
):
    row = build_template(build_header(entity))
    services.edit_template(caller=of(editor), pk=row.pk, now=timezone.now(), name="New name")
    with pytest.raises(NotAllowed):
        services.edit_template(caller=of(editor), pk=row.pk, now=timezone.now(), limit=40)
    before = RegistryStamp.objects.get(pk=row.account_id).number
    services.edit_template(caller=of(admin), pk=row.pk, now=timezone.now(), limit=40)
    row.refresh_from_db()
    assert (row.name, row.limit) == ("New name", 40)
    assert row.stamp > before


def test_who_edits_a_waiting_text_is_its_maker(entity: PrincipalEntity, editor: User, admin: User):
    build_header(entity)
    seen = submit(editor).submitted
    row = ContentTemplate.objects.get()
    services.edit_template(
        caller=of(editor), pk=row.pk, now=timezone.now(), text="Quite another {#var#} - ACMECO"
    )
    with pytest.raises(services.AlreadyDecided):
        services.change(
            caller=of(admin), kind="template", pk=row.pk, verb="approve", now=timezone.now(),
            seen=seen,
        )  # fmt: skip


def test_a_new_version_ends_the_one_before(entity: PrincipalEntity, editor: User, admin: User):
    old = build_template(build_header(entity))
    new = submit(
        editor, template_id="1107169999999999999", text=f"{MISSED_CALL}.", supersedes=TEMPLATE_ID
    )
    services.change(
        caller=of(admin), kind="template", pk=new.pk, verb="approve", now=timezone.now()
    )
    old.refresh_from_db()
    assert old.state == RecordState.SUPERSEDED


@pytest.mark.parametrize("which", ["unknown", "pending", "other entity"])
def test_a_version_before_must_have_been_approved(
    entity: PrincipalEntity, editor: User, which: str
):
    header = build_header(entity)
    if which == "other entity":
        header = build_header(build_entity(entity.account, "1101999999999999999"), "OTHERS")
    if which != "unknown":
        state = RecordState.PENDING if which == "pending" else RecordState.APPROVED
        build_template(header, state=state)
    with pytest.raises(services.VersionUnknown):
        submit(editor, template_id="1107169999999999999", supersedes=TEMPLATE_ID)
    assert not ContentTemplate.objects.filter(template_id="1107169999999999999").exists()


def test_variables_are_kept_beside_the_text(entity: PrincipalEntity, editor: User):
    build_header(entity)
    described = [{"tag": "numeric", "limit": 10, "sample": "12345", "name": "number"}, {"tag": ""}]
    row = submit(editor, variables=described, limit=35)
    assert row.variables == [{"tag": "numeric", "limit": 10, "sample": "12345", "name": "number"}]
    assert row.limit == 35


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ([{}, {}, {}], "has 2 variables, but 3 are described"),
        ([{"tag": "colour"}], "no type “colour”"),
        ([{"limit": 0}], "from 1 to 2000"),
        ([{"limit": True}], "from 1 to 2000"),
        ([{"tag": "numeric", "sample": "12a"}], "digits only"),
        ([{"sample": "x" * 31}], "30 is the most"),
        ([{"colour": "red"}], "no “colour”"),
    ],
)
def test_impossible_variables_are_named(
    entity: PrincipalEntity, editor: User, variables: list[dict[str, Any]], words: str
):
    build_header(entity)
    with pytest.raises(services.BadVariable, match=words):
        submit(editor, variables=variables)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{#var#}", "nothing but variables"),
        ("{#var#} - {#var#}.", "nothing but variables"),
        ("Hello  {#var#} - ACMECO", "2 spaces"),
        ("Hello {#var#}, {#var#} from all of us at ACMECO", "stands between variables"),
        ("Hello <{#var#}> from all of us at ACMECO", "every character of the keyboard but"),
        ("x" * 2001, "2000 is the most"),
    ],
)
def test_what_portals_refuse_is_refused(
    entity: PrincipalEntity, editor: User, text: str, words: str
):
    build_header(entity)
    with pytest.raises(DomainError, match=words):
        submit(editor, text=text, as_registered=False)
    assert not ContentTemplate.objects.exists()


def test_a_text_that_the_portal_shows_so_is_taken(entity: PrincipalEntity, editor: User):
    build_header(entity)
    assert submit(editor, text="Hello  {#var#} and welcome to ACMECO", as_registered=True).pk


def test_a_discarded_draft_may_come_back(entity: PrincipalEntity, editor: User):
    build_header(entity)
    row = services.save_draft(caller=of(editor), draft=draft(), now=timezone.now())
    services.change(
        caller=of(editor), kind="template", pk=row.pk, verb="discard", now=timezone.now()
    )
    assert submit(editor, text="Another {#var#} from ACMECO").pk == row.pk


def test_a_retired_text_comes_back_as_it_was(entity: PrincipalEntity, editor: User, admin: User):
    row = build_template(build_header(entity))
    services.change(caller=of(admin), kind="template", pk=row.pk, verb="retire", now=timezone.now())
    with pytest.raises(services.TemplateTaken):
        submit(editor, text="Another {#var#} from ACMECO")
    assert submit(editor).state == RecordState.PENDING


def test_an_operators_word_is_noted_by_an_admin(entity: PrincipalEntity, editor: User, admin: User):
    row = build_template(build_header(entity))
    now = timezone.now()
    with pytest.raises(NotAllowed):
        services.set_operator_state(
            caller=of(editor), pk=row.pk, operator="vi", state="inactive", now=now
        )
    services.set_operator_state(
        caller=of(admin), pk=row.pk, operator="vi", state="inactive", now=now,
        since=date(2026, 11, 20), reason="Portal says so",
    )  # fmt: skip
    row.refresh_from_db()
    assert row.operators == {"vi": {"state": "inactive", "since": "2026-11-20"}}
    assert AuditEvent.objects.get(action="template.operator_state").detail["was"] == "active"
    for operator, state in (("acme", "inactive"), ("vi", "fine")):
        with pytest.raises(services.BadOperatorState):
            services.set_operator_state(
                caller=of(admin), pk=row.pk, now=now, operator=operator, state=state
            )


def test_settings_are_checked_and_number_the_rules(account: Account, admin: User, editor: User):
    now = timezone.now()
    changed = services.change_settings(
        caller=of(admin), changes={"limits": {"var": 40}, "sla_hours": 24}, now=now
    )
    assert (changed.limits, changed.sla_hours) == ({"var": 40}, 24)
    assert changed.rules_stamp == RegistryStamp.objects.get(pk=account.pk).number
    same = services.change_settings(caller=of(admin), changes={"sla_hours": 48}, now=now)
    assert same.rules_stamp == changed.rules_stamp
    with pytest.raises(NotAllowed):
        services.change_settings(caller=of(editor), changes={"sla_hours": 1}, now=now)


@pytest.mark.parametrize(
    "changes",
    [
        {"limits": {"var": 0}},
        {"limits": {"colour": 3}},
        {"limits": [1]},
        {"profiles": {"acme": {}}},
        {"profiles": {"vi": {"limits": {"var": "x"}}}},
        {"profiles": {"vi": {"line_break": "cr"}}},
        {"profiles": {"vi": 3}},
        {"cta_check": "perhaps"},
        {"promo_zone": "Asia/Nowhere"},
        {"sla_hours": 0},
        {"idle_days": True},
        {"colour": "red"},
    ],
)
def test_impossible_settings_change_nothing(admin: User, changes: dict[str, Any]):
    with pytest.raises(services.BadSetting):
        services.change_settings(
            caller=of(admin), changes={"explicit_in_window": False, **changes}, now=timezone.now()
        )
    assert services.settings_of(of(admin).account).explicit_in_window is True


Submit = Callable[[User], object]


@pytest.mark.parametrize(
    "put",
    [
        lambda user: telemarketer(user),
        lambda user: cta(user, "acme.example"),
        lambda user: consent(user),
        lambda user: submit(user),
    ],
)
def test_viewers_put_in_nothing(entity: PrincipalEntity, viewer: User, put: Submit):
    build_header(entity)
    with pytest.raises(NotAllowed):
        put(viewer)
    assert AuditEvent.objects.count() == 0


def test_keys_are_named_as_makers(entity: PrincipalEntity, account: Account):
    key = Caller(account, Role.EDITOR, "key robot")
    made = services.CtaDraft(PE_ID, "acme.example")
    row = services.submit_cta(caller=key, draft=made, now=timezone.now(), source="api")
    assert (row.maker, row.source) == ("key robot", "api")
