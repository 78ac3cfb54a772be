"""A stored Callr client works here unchanged but for host and key."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from accounts.models import Account
from sms.models import Message
from tests.builders import build_account, build_entity, build_header, build_template
from tests.sms.test_pipeline import BODY

KEYS = [
    *("sid", "direction", "from", "to", "body", "trafficType", "status", "error", "cost"),
    *("currency", "paymentType", "created", "updated", "sent", "delivered", "encoding", "parts"),
    *("network", "statusHistory"),
]


@pytest.fixture(autouse=True)
def _registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


def test_parameters_in_the_query_and_text_in_the_body_answer_202_with_every_field(api: Client):
    answer = api.post(
        "/v2.0/sms?to=%2B33639981020&trafficType=marketing",
        json.dumps({"text": "Hello world!"}),
        content_type="application/json",
    )
    assert answer.status_code == 202
    message = answer.json()
    assert list(message) == KEYS
    assert message["body"] == {"text": "Hello world!"}
    assert (message["to"], message["status"], message["cost"]) == (
        "+33639981020",
        "created",
        "450.00",
    )
    shown = api.get(f"/v2.0/sms/{message['sid']}")
    assert shown.json()["sid"] == message["sid"]
    assert api.get(f"/api/v2.0/sms/{message['sid']}").status_code == 200


def test_a_plus_left_unescaped_in_the_query_is_understood(api: Client):
    answer = api.post(
        "/v2.0/sms?to=+33639981020&trafficType=marketing",
        json.dumps({"text": "Hello"}),
        content_type="application/json",
    )
    assert answer.json()["to"] == "+33639981020"


def test_form_parameters_work_too(api: Client):
    answer = api.post("/v2.0/sms", {"to": "+33639981020", "text": "Hello"})
    assert answer.status_code == 202


def test_an_indian_number_needs_its_template(api: Client):
    fine = api.post("/v2.0/sms", {"to": "+919876543210", "text": BODY, "from": "ACMECO"}).json()
    assert fine["status"] == "created"
    wrong = api.post("/v2.0/sms", {"to": "+919876543210", "text": "Hello"})
    assert wrong.status_code == 202
    assert wrong.json()["status"] == "error"
    assert "template" in wrong.json()["error"]


@pytest.mark.parametrize(
    ("parameters", "status", "named"),
    [
        ({"text": "Hello"}, 400, "to"),
        ({"to": "+33639981020"}, 400, "text"),
        ({"to": "+33639981020", "text": ""}, 400, "text"),
        ({"to": "+33639981020", "text": "x" * 3201}, 400, "text"),
        ({"to": "12", "text": "Hello"}, 422, "12"),
        ({"to": "+33639981020", "text": "x", "trafficType": "urgent"}, 400, "trafficType"),
        ({"to": "+33639981020", "text": "x", "encoding": "morse"}, 400, "encoding"),
        ({"to": "+33639981020", "text": "x", "from": "TWELVELETTERS"}, 400, "from"),
    ],
)
def test_bad_parameters_are_named_and_nothing_is_kept(
    api: Client, parameters: dict[str, str], status: int, named: str
):
    answer = api.post("/v2.0/sms", parameters)
    assert answer.status_code == status
    assert named in answer.json()["error"]["message"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", ["[1]", "{", '"x"', "null", "[" * 5000])
def test_a_body_that_is_no_object_is_refused(api: Client, body: str):
    answer = api.post("/v2.0/sms?to=%2B33639981020", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"]


def test_a_body_of_five_megabytes_is_refused(api: Client):
    answer = api.post(
        "/v2.0/sms", json.dumps({"text": "x" * 5_000_000}), content_type="application/json"
    )
    assert answer.status_code == 413


def test_without_a_good_key_nothing_works(db: None):
    assert Client().post("/v2.0/sms", {}).status_code == 401
    wrong = Client(headers={"x-api-key": "fb_live_aaaaaaaa_wrong"})
    assert wrong.post("/v2.0/sms", {}).status_code == 401
    assert wrong.get("/v2.0/sms").json()["error"]["code"] == "not_authenticated"


def test_another_accounts_message_is_not_found(api: Client, api_of):
    sid = api.post("/v2.0/sms", {"to": "+33639981020", "text": "Hello"}).json()["sid"]
    stranger = api_of(build_account("globex", "Globex"))
    assert stranger.get(f"/v2.0/sms/{sid}").status_code == 404


def test_the_list_comes_in_the_search_envelope(api: Client):
    for _ in range(3):
        api.post("/v2.0/sms", {"to": "+33639981020", "text": "Hello"})
    answer = api.get("/v2.0/sms?limit=2").json()
    assert (answer["offset"], answer["total"], answer["hasMore"], len(answer["hits"])) == (
        0,
        3,
        True,
        2,
    )


def test_preview_counts_and_prices_and_sends_nothing(api: Client):
    answer = api.post(
        "/api/v1/sms/preview", {"text": "Pay ₹5"}, content_type="application/json"
    ).json()
    assert answer == {
        "encoding": "unicode",
        "parts": 1,
        "units": [6],
        "forcing_unicode": ["₹"],
        "cost": "0.16",
        "currency": "INR",
    }
    assert not Message.objects.exists()
