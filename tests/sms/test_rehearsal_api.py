"""``POST /api/v1/dlt/scrub``: the whole report of a message that is not sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, Role
from billing.models import LedgerEntry
from sms.models import Message
from tests.builders import TEMPLATE_ID, build_account, build_entity, build_header, build_template
from tests.sms.test_scrub import BODY, NUMBER, build_promotion, settings_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(account: Account) -> Account:
    build_template(build_header(build_entity(account)))
    return account


def ask(client: Client, status: int = 200, **body: object) -> dict[str, Any]:
    values = {"to": NUMBER, "body": BODY, "header": "ACMECO", "template_id": TEMPLATE_ID} | body
    answer = client.post("/api/v1/dlt/scrub", values, content_type="application/json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def verdicts(report: dict[str, Any]) -> list[str]:
    return [stage["verdict"] for stage in report["stages"]]


def test_a_viewer_sees_all_nine_stages_and_nothing_is_sent(
    acme: Account, api_of: Callable[..., Client]
):
    report = ask(api_of(acme, Role.VIEWER))
    assert (report["verdict"], report["error"]) == ("noted", None)
    assert [stage["stage"] for stage in report["stages"]] == list(range(1, 10))
    assert report["text"] == BODY
    chain = report["stages"][2]
    assert (chain["code"], chain["names"]) == ("dlt.chain_missing", ["CHAIN_MISSING"])
    assert {"code": "614", "name": "PE_TM_HASH_NOT_RECEIVED", "family": "DLT"} in chain[
        "operator_codes"
    ]
    assert "portal" in chain["remedy"]
    assert not Message.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_a_refusal_names_the_code_and_every_stage_that_refuses(acme: Account, api: Client):
    acme.headers.update(state="suspended_usage")
    report = ask(api, body=BODY.replace("soon", "Soon"))
    assert (report["verdict"], report["error"]["code"]) == ("refused", "dlt.header_suspended")
    assert [s["gate"] for s in report["stages"] if s["verdict"] == "refused"] == [
        "dlt.header", "dlt.match",
    ]  # fmt: skip
    assert report["stages"][5]["names"] == ["STATIC_MISMATCH"]
    assert report["text"] is None


def test_a_value_that_is_too_long_has_the_operators_code_for_it(acme: Account, api: Client):
    match = ask(api, body=BODY.replace("Acme", "A" * 31))["stages"][5]
    assert match["names"] == ["VAR_TOO_LONG"]
    assert "635" in [known["code"] for known in match["operator_codes"]]


def test_any_time_can_be_asked_about(acme: Account, api: Client):
    build_promotion(acme)
    sale: dict[str, Any] = {
        "body": "Sale today, 20% off at Acme - ACMECO",
        "header": "612345",
        "template_id": "1107161234567890777",
    }
    report = ask(api, **sale, at="2026-11-25T22:15:00+05:30")
    assert (report["verdict"], report["held_until"]) == ("held", "2026-11-26T04:30:00Z")
    assert report["stages"][7]["names"] == ["OUTSIDE_PROMO_WINDOW"]
    assert ask(api, **sale, at="2026-11-25T12:00:00+05:30")["held_until"] is None
    settings_of(acme, promo_to="23:00")
    assert ask(api, **sale, at="2026-11-25T22:15:00+05:30")["held_until"] is None


def test_a_bad_number_refuses_at_the_first_stage_and_the_others_are_told(
    acme: Account, api: Client
):
    report = ask(api, to="12")
    assert (report["verdict"], report["error"]["code"]) == ("refused", "phone.impossible")
    assert report["stages"][0]["names"] == ["BAD_NUMBER"]
    assert verdicts(report)[1:6] == ["passed", "noted", "passed", "passed", "passed"]
    assert ask(api, to="+914423456789")["error"]["code"] == "sms.recipient_cannot_receive"


def test_an_empty_text_refuses_at_the_first_stage(acme: Account, api: Client):
    report = ask(api, body=" \n")
    assert report["error"]["code"] == "dlt.body_empty"
    assert report["stages"][5]["names"] == ["BODY_EMPTY"]


def test_numbers_of_other_countries_need_none_of_it(acme: Account, api: Client):
    report = ask(api, to="+33639981020")
    assert report["verdict"] == "not_applicable"
    assert set(verdicts(report)) == {"not_applicable"}


def test_records_of_other_accounts_do_not_exist(acme: Account, api_of: Callable[..., Client]):
    report = ask(api_of(build_account("globex", "Globex")))
    assert report["stages"][3]["code"] == "dlt.header_unknown"
    assert report["stages"][4]["code"] == "dlt.template_unknown"
    assert report["template_id"] is None


@pytest.mark.parametrize(
    "wrong", [{"body": "x" * 20_001}, {"to": None}, {"at": "yesterday"}, {"traffic_type": "loud"}]
)
def test_what_cannot_be_read_is_named(acme: Account, api: Client, wrong: dict[str, object]):
    answer = ask(api, 400, **wrong)
    assert answer["error"]["code"] == "invalid"
    assert list(answer["error"]["context"]["fields"]) == list(wrong)


def test_a_body_that_is_not_a_message_at_all_is_answered_soon(acme: Account, api: Client):
    assert ask(api, body="acme.in 9876543210 " * 1000)["verdict"] == "refused"
    assert ask(api, body="{#var#}" * 2000)["verdict"] == "refused"
    assert ask(api, body="\u202e" + "a." * 5000)["verdict"] == "refused"
