"""May this text be sent under this template? Always an answer, never a 500."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Role, User
from dlt.models import RecordState
from tests.builders import TEMPLATE_ID, build_entity, build_header, build_template

CHECK = "/api/v1/dlt/check"
BODY = "We missed your call to +914412345678. We will call you back soon. Ref 7K2M9QX4TB - ACMECO"


def ask(client: Client, **body: object):
    return client.post(CHECK, body, content_type="application/json")


def test_a_text_in_the_request(api: Client):
    answer = ask(api, template={"text": "Hi {#var#} - ACMECO"}, body="Hi Ravi - ACMECO").json()
    assert answer["match"] is True
    assert answer["problems"] == []
    variable = answer["variables"][0]
    assert (variable["value"], variable["start"], variable["end"]) == ("Ravi", 3, 7)
    assert answer["other_matches"] == []


def test_a_template_of_the_registry(api: Client, account: Account):
    build_template(build_header(build_entity(account)))
    assert ask(api, template_id=TEMPLATE_ID, body=BODY).json()["match"] is True
    assert ask(api, template=TEMPLATE_ID, body=BODY).json()["match"] is True
    refused = ask(api, template_id=TEMPLATE_ID, body=BODY.replace("soon", "Soon")).json()
    assert refused["match"] is False
    assert refused["problems"][0]["code"] == "STATIC_MISMATCH"
    assert refused["suggestion"] == BODY


def test_the_wrong_template_is_recognised(api: Client, account: Account):
    header = build_header(build_entity(account))
    build_template(header)
    build_template(header, "Thanks {#var#} - ACMECO", "1107161234567890999", "Thanks")
    build_template(
        header, "Thanks {#var#} - ACMECO", "1107161234567890998", "Old", RecordState.REJECTED
    )
    answer = ask(api, template_id=TEMPLATE_ID, body="Thanks Ravi - ACMECO").json()
    assert [other["name"] for other in answer["other_matches"]] == ["Thanks"]


def test_samples_stand_for_call_variables(api: Client, account: Account):
    build_template(build_header(build_entity(account)))
    body = "We missed your call to {CallTo}. We will call you back soon. Ref {CallRef} - ACMECO"
    answer = ask(api, template_id=TEMPLATE_ID, body=body, sample=True).json()
    assert answer["match"] is True
    assert answer["sampled_body"] == BODY
    names = "{CallFrom} {DateTime} {shop} ${{ a.b ?? 'x' }} {#var#}"
    sampled = ask(api, template={"text": "x"}, body=names, sample=True).json()["sampled_body"]
    assert sampled == "+919876543210 2026-11-21 10:42 sample sample {#var#}"
    long = ask(api, template={"text": "{#var#}"}, body="{CallSid}", sample=True).json()
    assert long["problems"][0]["code"] == "VAR_TOO_LONG"


def test_unknown_templates_are_explained(api: Client, other_account: Account):
    build_template(build_header(build_entity(other_account)))
    answer = ask(api, template_id=TEMPLATE_ID, body="x")
    assert answer.status_code == 404
    error = answer.json()["error"]
    assert error["code"] == "dlt.template_unknown"
    assert "DLT portal" in error["message"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "BODY_EMPTY"),
        (" \n ", "BODY_EMPTY"),
        ("x" * 2001, "BODY_TOO_LONG"),
        ("x" * 20_000, "BODY_TOO_LONG"),
        ("Hi {#var#} - ACMECO", "UNFILLED_PLACEHOLDER"),
        ("Hi " + "{#var#}" * 250, "UNFILLED_PLACEHOLDER"),
        ("Hi " + "a" * 1900 + " - ACMECO", "VAR_TOO_LONG"),
    ],
)
def test_hard_bodies_get_clear_answers(api: Client, body: str, code: str):
    answer = ask(api, template={"text": "Hi {#var#} - ACMECO"}, body=body)
    assert answer.status_code == 200
    assert answer.json()["match"] is False
    assert code in {problem["code"] for problem in answer.json()["problems"]}


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        {"body": "x"},
        {"body": "x", "template": {"text": "x"}, "template_id": TEMPLATE_ID},
        {"body": "x", "template": {"text": ""}},
        {"body": "x", "template": {"text": "x" * 2001}},
        {"body": "x", "template": []},
        {"body": None, "template": {"text": "x"}},
        {"body": ["x"], "template": {"text": "x"}},
        {"body": "nul \0", "template": {"text": "x"}},
        {"body": "x", "template": {"text": "x", "category": "funny"}},
        {"body": "x" * 20_001, "template": {"text": "x"}},
    ],
)
def test_malformed_requests_are_refused(api: Client, request_body: dict[str, object]):
    answer = ask(api, **request_body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_lone_surrogates_are_refused(api: Client):
    raw = r'{"body": "\ud83d", "template": {"text": "x"}}'
    assert api.post(CHECK, raw, content_type="application/json").status_code == 400


def test_whoever_may_look_may_ask(account: Account, api_of: Callable[..., Client]):
    key = api_of(account, Role.VIEWER)
    assert ask(key, template={"text": "x"}, body="x").json()["match"] is True


def test_sessions_need_the_csrf_token(viewer: User, client_of: Callable[[User], Client]):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(viewer, backend="django.contrib.auth.backends.ModelBackend")
    assert ask(strict, template={"text": "x"}, body="x").status_code == 403
    assert ask(client_of(viewer), template={"text": "x"}, body="x").status_code == 200
