"""The nine stages of the check before sending, as messages meet them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Account
from dlt.chain_hash import chain_hash
from dlt.cta import compared, kind_of
from dlt.models import (
    Category,
    Chain,
    ChainLink,
    Consent,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    DltSettings,
    DndNumber,
    Header,
    PrincipalEntity,
    Telemarketer,
)
from dlt.scrub import STAGES
from sms.models import Message
from sms.services import Draft, Source, accept_message
from tests.builders import (
    PE_ID,
    TEMPLATE_ID,
    build_account,
    build_entity,
    build_header,
    build_template,
)

NOON = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)  # 12:00 in India
BODY = "We missed your call to Acme. We will call you back soon. Ref 7K2M9QX4TB - ACMECO"
NUMBER = "+919876543210"
TM_ID = "1302157225275643280"
OTHER_PE = "1101999999999999999"

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme() -> Account:
    account = build_account()
    build_template(build_header(build_entity(account)))
    return account


def send(account: Account, at: datetime = NOON, **changes: Any) -> Message:
    values = {
        "to": NUMBER,
        "body": BODY,
        "sender": "ACMECO",
        "dlt_template_id": TEMPLATE_ID,
    } | changes
    return accept_message(account=account, draft=Draft(**values), source=Source(), now=at)


def stage(message: Message, gate: str) -> dict[str, Any]:
    return next(line for line in message.trace if line["gate"] == f"dlt.{gate}")


def settings_of(account: Account, **chosen: Any) -> None:
    DltSettings.objects.update_or_create(account=account, defaults=chosen)


def build_chain(
    account: Account, state: str = "active", tm_state: str = "active", **fields: Any
) -> Chain:
    entity = account.entities.get(pe_id=PE_ID)
    tm = Telemarketer.objects.create(
        account=account, tm_id=TM_ID, name="Fast Route", state=tm_state
    )
    values = {"hash": chain_hash(PE_ID, [TM_ID]), "state": state} | fields
    chain = Chain.objects.create(account=account, entity=entity, **values)
    ChainLink.objects.create(chain=chain, telemarketer=tm, position=1)
    return chain


def build_cta(account: Account, value: str, state: str = "approved") -> Cta:
    kind = str(kind_of(value))
    return Cta.objects.create(
        account=account, entity=account.entities.get(pe_id=PE_ID), kind=kind, value=value,
        compared=compared(value, kind), state=state,
    )  # fmt: skip


def build_promotion(account: Account, category: str = Category.PROMOTIONAL) -> ContentTemplate:
    header = build_header(account.entities.get(pe_id=PE_ID), "612345")
    Header.objects.filter(pk=header.pk).update(kind="promotional", category_digit="6")
    header.refresh_from_db()
    return build_template(
        header,
        "Sale today, {#var#} off at Acme - ACMECO",
        "1107161234567890777",
        "Sale",
        category=category,
    )


def promote(account: Account, at: datetime = NOON, **changes: Any) -> Message:
    values = {
        "body": "Sale today, 20% off at Acme - ACMECO",
        "sender": "612345",
        "dlt_template_id": "1107161234567890777",
    }
    return send(account, at, **(values | changes))


def test_a_report_has_all_nine_stages_in_their_order(acme: Account):
    message = send(acme)
    lines = [line for line in message.trace if line["gate"].startswith("dlt.")]
    assert [line["stage"] for line in lines] == list(range(1, 10))
    assert [line["gate"] for line in lines] == [stage.gate for stage in STAGES]
    assert [line["verdict"] for line in lines] == [
        "passed", "passed", "noted", "passed", "passed", "passed", "passed",
        "not_applicable", "not_applicable",
    ]  # fmt: skip
    assert all(line["ok"] for line in message.trace)


def test_the_first_failing_stage_refuses_and_the_others_are_told_all_the_same(acme: Account):
    acme.entities.update(state="suspended")
    acme.headers.update(state="blacklisted")
    message = send(acme, body="Something else")
    assert message.error_code == "dlt.entity_suspended"
    assert [line["code"] for line in message.trace if not line["ok"]] == [
        "dlt.entity_suspended", "dlt.header_blacklisted", "dlt.template_mismatch",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"body": "x" * 2001}, "dlt.body_too_long", "2001 characters"),
        ({"body": BODY.replace("Acme", "{#var#}")}, "dlt.unfilled_placeholder", "{#var#}"),
        ({"dlt_entity_id": OTHER_PE}, "dlt.entity_unknown", OTHER_PE),
        (
            {"dlt_entity_id": "1705161234567890123"},
            "dlt.entity_bad_format",
            "looks like a Header ID",
        ),
        ({"dlt_entity_id": "12345"}, "dlt.entity_bad_format", "12 to 20 digits"),
        ({"sender": "AcmeCo"}, "dlt.header_case", "“ACMECO” is registered"),
        ({"sender": "GLOBEX"}, "dlt.header_unknown", "not in this account's registry"),
        ({"dlt_template_id": "1107999999999999999"}, "dlt.template_unknown", "Submit it"),
        ({"dlt_template_id": "1101161234567890123"}, "dlt.template_bad_format", "an Entity ID"),
        ({"dlt_template_id": "1.10717E+18"}, "dlt.template_bad_format", "spreadsheet rounded"),
        ({"dlt_template_id": "", "body": "Hi"}, "dlt.template_missing", "no single approved"),
    ],
)
def test_what_the_message_itself_gets_wrong(acme: Account, changes: dict, code: str, says: str):
    message = send(acme, **changes)
    assert (message.status, message.error_code) == ("error", code)
    assert says in message.error_message


def test_a_message_that_names_nothing_cannot_be_anyones(acme: Account):
    build_entity(acme, OTHER_PE)
    message = send(acme, body="Hi", dlt_template_id="", sender="")
    assert message.error_code == "dlt.entity_missing"
    assert stage(message, "header")["verdict"] == "not_applicable"
    assert stage(message, "match")["verdict"] == "not_applicable"


@pytest.mark.parametrize(
    ("what", "state", "code"),
    [
        ("entities", "pending", "dlt.entity_not_active"),
        ("entities", "inactive", "dlt.entity_not_active"),
        ("entities", "suspended", "dlt.entity_suspended"),
        ("entities", "blacklisted", "dlt.entity_blacklisted"),
        ("headers", "pending", "dlt.header_not_approved"),
        ("headers", "rejected", "dlt.header_not_approved"),
        ("headers", "inactive", "dlt.header_inactive"),
        ("headers", "suspended_usage", "dlt.header_suspended"),
        ("headers", "suspended_validity", "dlt.header_suspended"),
        ("headers", "expired", "dlt.header_expired"),
        ("headers", "blacklisted", "dlt.header_blacklisted"),
        ("templates", "pending", "dlt.template_not_approved"),
        ("templates", "superseded", "dlt.template_not_approved"),
        ("templates", "inactive", "dlt.template_inactive"),
        ("templates", "suspended_usage", "dlt.template_suspended"),
        ("templates", "suspended_customer", "dlt.template_suspended"),
        ("templates", "blacklisted", "dlt.template_blacklisted"),
    ],
)
def test_each_state_that_is_not_sendable_has_its_own_code(
    acme: Account, what: str, state: str, code: str
):
    getattr(acme, what).update(state=state)
    message = send(acme, sender="")
    assert (message.status, message.error_code) == ("error", code)


def test_a_header_ends_with_its_last_day_in_india(acme: Account):
    acme.headers.update(valid_until=date(2026, 11, 25))
    assert send(acme, NOON).status == "created"
    midnight = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    assert send(acme, midnight - timedelta(seconds=1)).status == "created"
    message = send(acme, midnight)
    assert message.error_code == "dlt.header_expired"
    assert "valid until 25 November 2026" in message.error_message


def test_a_header_without_the_template_and_one_of_another_entity(acme: Account):
    build_header(acme.entities.get(), "SECOND")
    assert send(acme, sender="SECOND").error_code == "dlt.header_not_linked"
    other = build_entity(acme, OTHER_PE)
    build_header(other, "THIRD")
    assert send(acme, sender="THIRD").error_code == "dlt.header_other_entity"
    assert send(acme, sender="", dlt_entity_id=OTHER_PE).error_code == "dlt.template_other_entity"


def test_a_template_without_a_header_asks_for_one(acme: Account):
    acme.templates.get().headers.clear()
    assert send(acme, sender="").error_code == "dlt.header_missing"


@pytest.mark.parametrize(
    ("kind", "category", "fits"),
    [
        ("other", "service_implicit", True),
        ("other", "transactional", True),
        ("other", "service_explicit", True),
        ("other", "promotional", False),
        ("other", "government", False),
        ("promotional", "promotional", True),
        ("promotional", "service_explicit", True),
        ("promotional", "service_implicit", False),
        ("promotional", "transactional", False),
        ("government", "government", True),
        ("government", "service_implicit", False),
    ],
)
def test_the_kind_of_a_header_must_fit_the_category(
    acme: Account, kind: str, category: str, fits: bool
):
    acme.headers.update(kind=kind)
    acme.templates.update(category=category)
    message = send(acme)
    assert message.error_code == ("" if fits else "dlt.header_kind")


def test_a_promotion_cannot_be_sent_as_alerting(acme: Account):
    build_promotion(acme)
    assert promote(acme, traffic_type="alerting").error_code == "dlt.category_clash"
    assert promote(acme, traffic_type="marketing").status == "created"


def test_an_operator_that_calls_the_template_inactive_is_noted(acme: Account):
    acme.templates.update(operators={"vi": {"state": "inactive", "since": "2026-11-20"}})
    message = send(acme)
    line = stage(message, "template")
    assert message.status == "created"
    assert (line["verdict"], line["code"]) == ("noted", "dlt.template_inactive")
    assert "Vodafone Idea: inactive" in line["message"]


def test_the_text_of_another_template_is_recognised(acme: Account):
    build_template(acme.headers.get(), "Hello {#var#} - ACMECO", "1107161234567890555", "Hello")
    message = send(acme, body="Hello Ravi - ACMECO")
    assert message.error_code == "dlt.template_mismatch"
    assert "It is the text of 1107161234567890555 “Hello”" in message.error_message


def test_a_header_settles_which_of_two_equal_texts_is_meant(acme: Account):
    other = build_header(acme.entities.get(), "SECOND")
    build_template(other, acme.templates.get().text, "1107161234567890555", "Twin")
    assert send(acme, dlt_template_id="", sender="").error_code == "dlt.template_missing"
    assert send(acme, dlt_template_id="", sender="SECOND").template_name == "Twin"
    assert send(acme, dlt_template_id="").template_name == "Missed call alert"


class TestChain:
    def test_without_any_chain_it_is_noted(self, acme: Account):
        line = stage(send(acme), "chain")
        assert (line["verdict"], line["code"], line["ok"]) == ("noted", "dlt.chain_missing", True)

    def test_an_active_chain_passes(self, acme: Account):
        build_chain(acme)
        assert stage(send(acme), "chain")["verdict"] == "passed"

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"state": "inactive"}, "dlt.chain_not_approved"),
            ({"state": "suspended"}, "dlt.chain_not_approved"),
            ({"hash": "0" * 64}, "dlt.chain_hash_mismatch"),
            ({"tm_state": "inactive"}, "dlt.telemarketer_not_active"),
        ],
    )
    def test_chains_none_of_which_will_do_refuse(self, acme: Account, fields: dict, code: str):
        build_chain(acme, **fields)
        assert send(acme).error_code == code
        settings_of(acme, chain_check="warn")
        assert stage(send(acme), "chain")["verdict"] == "noted"
        settings_of(acme, chain_check="off")
        assert stage(send(acme), "chain")["verdict"] == "not_applicable"

    def test_a_first_chain_that_waits_for_approval_is_noted(self, acme: Account):
        build_chain(acme, state="pending")
        line = stage(send(acme), "chain")
        assert (line["verdict"], line["code"]) == ("noted", "dlt.chain_not_approved")
        settings_of(acme, chain_check="refuse")
        assert send(acme).error_code == "dlt.chain_not_approved"

    def test_the_settings_may_demand_one(self, acme: Account):
        settings_of(acme, chain_check="refuse")
        assert send(acme).error_code == "dlt.chain_missing"

    def test_the_chain_of_another_account_does_not_count(self, acme: Account):
        other = build_account("globex", "Globex")
        build_entity(other)
        build_chain(other)
        assert stage(send(acme), "chain")["code"] == "dlt.chain_missing"


class TestLinks:
    @pytest.fixture(autouse=True)
    def _template(self, acme: Account) -> None:
        header = acme.headers.get()
        texts = {
            "11": "Pay at {#url#} or call {#cbn#} or write to {#email#} - ACMECO",
            "12": "Hello {#var#}, thanks - ACMECO",
            "13": "See www.acme.example/offers for {#var#} - ACMECO",
        }
        for end, text in texts.items():
            build_template(header, text, f"11071612345678901{end}", f"T{end}")

    def pay(
        self, acme: Account, url: str = "https://acme.example/r?id=9", **changes: str
    ) -> Message:
        values = {"cbn": "1800-123-4567", "email": "care@acme.example"} | changes
        body = f"Pay at {url} or call {values['cbn']} or write to {values['email']} - ACMECO"
        return send(acme, body=body, dlt_template_id="1107161234567890111")

    def test_without_a_whitelist_it_is_noted(self, acme: Account):
        line = stage(self.pay(acme), "cta")
        assert (line["verdict"], line["code"]) == ("noted", "dlt.url_not_whitelisted")
        assert [also["code"] for also in line["detail"]["also"]] == [
            "dlt.cbn_not_whitelisted", "dlt.email_not_whitelisted",
        ]  # fmt: skip

    def test_what_is_whitelisted_passes_and_what_is_not_refuses(self, acme: Account):
        for value in ("https://acme.example/r?", "1800 123 4567", "care@acme.example"):
            build_cta(acme, value)
        assert stage(self.pay(acme), "cta")["verdict"] == "passed"
        message = self.pay(acme, "https://acme.example/r/9")
        assert message.error_code == "dlt.url_not_whitelisted"
        assert "move the value behind the “?”" in message.error_message
        assert self.pay(acme, cbn="9876543210").error_code == "dlt.cbn_not_whitelisted"
        assert self.pay(acme, email="me@evil.in").error_code == "dlt.email_not_whitelisted"
        settings_of(acme, cta_check="warn")
        assert self.pay(acme, cbn="9876543210").status == "created"
        settings_of(acme, cta_check="off")
        assert stage(self.pay(acme, cbn="9876543210"), "cta")["verdict"] == "not_applicable"

    def test_a_pending_one_does_not_count(self, acme: Account):
        build_cta(acme, "https://acme.example/r?", "pending")
        build_cta(acme, "https://acme.example/else")
        assert "registered but pending" in self.pay(acme).error_message

    def test_a_whitelist_of_another_entity_or_account_does_not_count(self, acme: Account):
        settings_of(acme, cta_check="refuse")
        other = build_account("globex", "Globex")
        build_entity(other)
        build_cta(other, "https://acme.example/r?")
        assert self.pay(acme).error_code == "dlt.url_not_whitelisted"

    def test_a_link_in_an_untyped_variable(self, acme: Account):
        build_cta(acme, "https://acme.example/help")
        body = "Hello bit.ly/abc, thanks - ACMECO"
        message = send(acme, body=body, dlt_template_id="1107161234567890112")
        assert message.error_code == "dlt.link_in_untyped_var"
        body = "Hello acme.example/help, thanks - ACMECO"
        assert send(acme, body=body, dlt_template_id="1107161234567890112").status == "created"

    def test_a_link_in_the_fixed_text(self, acme: Account):
        build_cta(acme, "https://acme.example/help")
        body = "See www.acme.example/offers for Ravi - ACMECO"
        message = send(acme, body=body, dlt_template_id="1107161234567890113")
        assert message.error_code == "dlt.url_not_whitelisted"
        build_cta(acme, "https://acme.example/offers")
        assert send(acme, body=body, dlt_template_id="1107161234567890113").status == "created"

    def test_a_number_in_an_untyped_variable_is_noted_unless_the_settings_refuse(
        self, acme: Account
    ):
        build_cta(acme, "1800 123 4567")
        body = "Hello 9876543210, thanks - ACMECO"
        message = send(acme, body=body, dlt_template_id="1107161234567890112")
        assert message.status == "created"
        assert stage(message, "cta")["code"] == "dlt.cbn_not_whitelisted"
        settings_of(acme, cta_check="refuse")
        message = send(acme, body=body, dlt_template_id="1107161234567890112")
        assert message.error_code == "dlt.cbn_not_whitelisted"


class TestReceiver:
    def block(self, account: Account, categories: str = "") -> None:
        DndNumber.objects.create(
            account=account, number=NUMBER, categories=categories, updated=NOON
        )

    def agree(self, account: Account, **fields: Any) -> Consent:
        values = {"given": NOON - timedelta(days=1), "expires": NOON + timedelta(days=364)} | fields
        entity = PrincipalEntity.objects.get(account=account)
        return Consent.objects.create(account=account, entity=entity, number=NUMBER, **values)

    @pytest.mark.parametrize(
        ("categories", "blocked"),
        [("", True), ("6", True), ("1368", True), ("137", False), ("12345678", True)],
    )
    def test_a_promotion_is_blocked_by_its_headers_category(
        self, acme: Account, categories: str, blocked: bool
    ):
        build_promotion(acme)
        self.block(acme, categories)
        assert promote(acme).error_code == ("dlt.dnd_blocked" if blocked else "")

    def test_service_explicit_is_blocked_by_a_full_block_only(self, acme: Account):
        build_promotion(acme, Category.SERVICE_EXPLICIT)
        self.block(acme, "6")
        assert promote(acme).status == "created"
        DndNumber.objects.update(categories="")
        assert promote(acme).error_code == "dlt.dnd_blocked"

    def test_service_messages_pass_every_preference(self, acme: Account):
        self.block(acme)
        assert send(acme).status == "created"

    def test_consent_goes_before_the_preference(self, acme: Account):
        build_promotion(acme)
        self.block(acme)
        consent = self.agree(acme)
        assert promote(acme).status == "created"
        assert "valid until" in stage(promote(acme), "preference")["message"]
        Consent.objects.filter(pk=consent.pk).update(revoked=NOON)
        assert promote(acme).error_code == "dlt.dnd_blocked"
        Consent.objects.filter(pk=consent.pk).update(revoked=None, expires=NOON)
        assert promote(acme).error_code == "dlt.dnd_blocked"

    def test_the_settings_may_only_note_it_or_not_look(self, acme: Account):
        build_promotion(acme)
        self.block(acme)
        settings_of(acme, dnd_check="warn")
        assert stage(promote(acme), "preference")["verdict"] == "noted"
        settings_of(acme, dnd_check="off")
        assert stage(promote(acme), "preference")["verdict"] == "passed"

    def test_a_template_with_a_consent_template_needs_that_consent(self, acme: Account):
        template = build_promotion(acme)
        purposes = [
            ConsentTemplate.objects.create(
                account=acme, entity=acme.entities.get(), consent_id=f"110112345678901{n}", name=n,
                brand="Acme", text="I agree", state="approved",
            )
            for n in ("2000", "2001")
        ]  # fmt: skip
        ContentTemplate.objects.filter(pk=template.pk).update(consent_template=purposes[0])
        assert promote(acme).error_code == "dlt.consent_missing"
        self.agree(acme, consent_template=purposes[1])
        assert promote(acme).error_code == "dlt.consent_missing"
        consent = self.agree(acme, consent_template=purposes[0])
        assert promote(acme).status == "created"
        Consent.objects.filter(pk=consent.pk).update(revoked=NOON)
        message = promote(acme)
        assert message.error_code == "dlt.consent_expired"
        assert "revoked on 25 Nov 2026" in message.error_message

    def test_the_settings_may_demand_consent(self, acme: Account):
        build_promotion(acme)
        settings_of(acme, consent_check="refuse")
        assert promote(acme).error_code == "dlt.consent_missing"
        self.agree(acme)
        assert promote(acme).status == "created"

    def test_lists_of_another_account_do_not_count(self, acme: Account):
        build_promotion(acme)
        self.block(build_account("globex", "Globex"))
        assert promote(acme).status == "created"


def test_line_breaks_go_out_as_the_operator_stores_them(acme: Account):
    text = "Hello {#var#}\nThanks - ACMECO"
    build_template(acme.headers.get(), text, "1107161234567890555", "Two lines")
    values: dict[str, Any] = {
        "body": "Hello Ravi\r\nThanks - ACMECO",
        "dlt_template_id": "1107161234567890555",
    }
    assert send(acme, **values).body == "Hello Ravi\nThanks - ACMECO"
    settings_of(acme, profiles={"vi": {"line_break": "crlf"}})
    assert send(acme, **values).body == "Hello Ravi\r\nThanks - ACMECO"
    settings_of(acme, profiles={"jio": {"line_break": "crlf"}})
    assert send(acme, **values).body == "Hello Ravi\nThanks - ACMECO"


def test_the_limits_of_the_settings_count_when_sending(acme: Account):
    body = BODY.replace("Acme", "A" * 35)
    assert send(acme, body=body).error_code == "dlt.template_mismatch"
    settings_of(acme, limits={"var": 40})
    assert send(acme, body=body).status == "created"
