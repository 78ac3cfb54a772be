"""Expressions are tried while they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from tests.flows.drawing import graph, hangup, passthru


def check(api: Client, body: dict[str, Any], status: int = 200) -> Any:
    answer = api.post(
        "/api/v1/expressions/check", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_an_expression_is_tried_with_samples(api: Client) -> None:
    assert check(api, {"expression": "call.fromType.match(/MOBILE/) ? 'yes' : 'no'"}) == {
        "ok": True,
        "problems": [],
        "value": "yes",
        "note": "",
    }


def test_a_text_is_tried_too(api: Client) -> None:
    checked = check(api, {"text": "Ref {CallRef} for ${{ flow.name }}"})
    assert checked["value"] == "Ref K7M2Q9XW4T for Main line"


def test_what_cannot_be_read_is_named_with_its_place(api: Client) -> None:
    checked = check(api, {"expression": "call.fromType =="})
    assert checked["ok"] is False
    assert checked["problems"][0]["position"] == 17
    assert checked["problems"][0]["code"] == "variables.bad_expression"
    assert "something is missing at the end" in checked["problems"][0]["message"]


def test_a_value_that_the_samples_lack_is_no_fault(api: Client) -> None:
    checked = check(api, {"expression": "order.total * 2"})
    assert checked["ok"] is True
    assert checked["value"] is None
    assert checked["note"] == "There is no value for order.total in this call."


def test_a_hundred_kilobytes_are_refused_in_words(api: Client) -> None:
    checked = check(api, {"expression": "1+" * 50_000})
    assert "longer than 2000 characters" in checked["problems"][0]["message"]


def test_the_values_of_a_flow_are_sampled(api: Client) -> None:
    drawn = graph(passthru("p", "Lookup"), hangup("end"))
    made = api.post(
        "/api/v1/flows", json.dumps({"name": "Shop", "graph": drawn}), "application/json"
    ).json()
    source = "nodes.lookup.json.name + ' ' + nodes.p.status"
    assert check(api, {"expression": source, "flow": made["id"]})["value"] == "sample 200"


def test_the_flow_must_be_of_the_own_account(
    api: Client, other_account: Account, api_of: Any
) -> None:
    made = api.post("/api/v1/flows", json.dumps({"name": "Ours"}), "application/json").json()
    check(api_of(other_account), {"expression": "1", "flow": made["id"]}, 404)


@pytest.mark.parametrize("body", [{}, {"expression": "1", "text": "1"}, {"expression": [1]}])
def test_one_source_is_wanted(api: Client, body: dict[str, Any]) -> None:
    check(api, body, 400)


def test_the_catalogue_tells_what_expressions_can_use(api: Client) -> None:
    catalogue = api.get("/api/v1/applets").json()
    names = {info["name"]: info for info in catalogue["objects"]}
    assert {field["name"] for field in names["call"]["fields"]} >= {"fromType", "fromNumber"}
    functions = {(entry["kind"], entry["name"]) for entry in catalogue["functions"]}
    assert functions >= {("function", "JSON.stringify"), ("text", "slice"), ("list", "map")}
    assert all(entry["example"] and entry["description"] for entry in catalogue["functions"])
