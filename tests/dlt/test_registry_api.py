"""The registries over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Role, User
from dlt.models import ContentTemplate, RecordState
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_template,
)

TEMPLATES = "/api/v1/dlt/templates"


def submission(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "template_id": TEMPLATE_ID,
        "entity": PE_ID,
        "headers": ["ACMECO"],
        "name": "Missed call alert",
        "text": MISSED_CALL,
    }
    return {**values, **changes}


def post(client: Client, path: str, body: object):
    return client.post(path, body, content_type="application/json")


def test_lists_have_what_the_canvas_needs(api: Client, account: Account):
    header = build_header(build_entity(account))
    build_template(header)
    row = api.get(TEMPLATES, {"state": "approved"}).json()["templates"][0]
    assert row["template_id"] == TEMPLATE_ID
    assert (row["entity"], row["headers"]) == (PE_ID, ["ACMECO"])
    assert row["variables"] == [
        {"index": 1, "tag": "var", "limit": 30},
        {"index": 2, "tag": "var", "limit": 30},
    ]
    assert api.get(TEMPLATES, {"state": "pending"}).json()["templates"] == []
    assert api.get("/api/v1/dlt/headers").json()["headers"][0]["value"] == "ACMECO"
    assert api.get("/api/v1/dlt/entities").json()["entities"][0]["pe_id"] == PE_ID


def test_other_accounts_are_not_seen(api: Client, other_account: Account):
    foreign = build_template(build_header(build_entity(other_account)))
    assert api.get(TEMPLATES).json()["templates"] == []
    assert api.get(f"{TEMPLATES}/{foreign.pk}").status_code == 404
    assert api.get(f"{TEMPLATES}/{TEMPLATE_ID}").status_code == 404


def test_submit_look_up_approve(
    api: Client, account: Account, admin: User, api_of: Callable[..., Client]
):
    build_header(build_entity(account))
    made = post(api, TEMPLATES, submission())
    assert made.status_code == 201
    assert made.json()["state"] == "pending"
    assert {finding["code"] for finding in made.json()["findings"]} == {"untyped"}
    assert post(api, f"{TEMPLATES}/{TEMPLATE_ID}/approve", {}).status_code == 403
    approved = post(api_of(account, Role.ADMIN), f"{TEMPLATES}/{TEMPLATE_ID}/approve", {})
    assert approved.json()["state"] == "approved"
    again = post(api_of(account, Role.ADMIN), f"{TEMPLATES}/{TEMPLATE_ID}/approve", {})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "dlt.already_decided")


def test_reject_needs_a_reason(account: Account, api_of: Callable[..., Client]):
    row = build_template(build_header(build_entity(account)), state=RecordState.PENDING)
    key = api_of(account, Role.ADMIN)
    assert post(key, f"{TEMPLATES}/{row.pk}/reject", {}).status_code == 400
    answer = post(key, f"{TEMPLATES}/{row.pk}/reject", {"reason": "No brand"})
    assert (answer.json()["state"], answer.json()["reason"]) == ("rejected", "No brand")


def test_viewers_read_only(account: Account, api_of: Callable[..., Client]):
    build_header(build_entity(account))
    key = api_of(account, Role.VIEWER)
    assert key.get(TEMPLATES).status_code == 200
    assert post(key, TEMPLATES, submission()).status_code == 403
    assert not ContentTemplate.objects.exists()


def test_strangers_are_refused(client: Client, db: None):
    answer = client.get(TEMPLATES)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"template_id": "1105161234567890123"}, 422, "dlt.bad_id"),
        ({"entity": "1101000000000000000"}, 422, "dlt.entity_unknown"),
        ({"headers": ["NOBODY"]}, 422, "dlt.header_not_of_entity"),
        ({"headers": []}, 422, "dlt.headers_missing"),
        ({"headers": "ACMECO"}, 400, "invalid"),
        ({"text": "   "}, 422, "dlt.text_missing"),
        ({"text": "x" * 2001}, 400, "invalid"),
        ({"text": "nul \0"}, 400, "invalid"),
        ({"category": "funny"}, 400, "invalid"),
        ({"name": None}, 400, "invalid"),
    ],
)
def test_refusals_have_codes(
    api: Client, account: Account, changes: dict[str, object], status: int, code: str
):
    build_header(build_entity(account))
    answer = post(api, TEMPLATES, submission(**changes))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_duplicate_names_the_field(api: Client, account: Account):
    build_template(build_header(build_entity(account)))
    answer = post(api, TEMPLATES, submission())
    assert answer.status_code == 409
    assert answer.json()["error"]["context"]["field"] == "template_id"


def test_long_lists_have_a_cursor(api: Client, account: Account):
    entity = build_entity(account)
    header = build_header(entity)
    for number in range(203):
        build_template(header, template_id=str(1107160000000000000 + number))
    first = api.get(TEMPLATES).json()
    rest = api.get(TEMPLATES, {"cursor": first["next"]}).json()
    assert (len(first["templates"]), len(rest["templates"]), rest["next"]) == (200, 3, None)


@pytest.mark.parametrize("key", ["0", "x", "\uff19", "1" * 300, "-1"])
def test_odd_keys_are_not_found(api: Client, key: str):
    assert api.get(f"{TEMPLATES}/{key}").status_code == 404
