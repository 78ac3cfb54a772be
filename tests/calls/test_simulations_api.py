"""Test calls through the API, as the builder's handset and other programs make them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from tests.builders import PE_ID, TEMPLATE_ID, build_entity, build_header, build_template

CALLER = "+919876543210"

MISSED_CALL_FLOW: dict[str, Any] = {
    "schema": 1,
    "entry": "n1",
    "nodes": [
        {
            "id": "n1",
            "type": "greeting",
            "version": 1,
            "name": "Welcome",
            "settings": {"say": "Welcome."},
        },
        {
            "id": "n2",
            "type": "connect",
            "version": 1,
            "name": "Sales",
            "settings": {"to": ["+919812345678"]},
        },
        {
            "id": "n3",
            "type": "sms",
            "version": 1,
            "name": "Missed call alert",
            "settings": {
                "to": "caller",
                "sender_id": "ACMECO",
                "body": "We missed your call to {CallTo}. We will call you back soon. Ref {CallRef} - ACMECO",
                "dlt_template_id": TEMPLATE_ID,
                "dlt_entity_id": PE_ID,
            },
        },
        {"id": "n4", "type": "hangup", "version": 1, "name": "End", "settings": {}},
    ],
    "connections": [
        {"from": "n1", "port": "next", "to": "n2"},
        {"from": "n2", "port": "no_answer", "to": "n3"},
        {"from": "n3", "port": "next", "to": "n4"},
    ],
}


def post(client: Client, path: str, body: object, status: int = 200) -> Any:
    answer = client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.fixture
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client) -> str:
    flow = post(api, "flows", {"name": "Support line", "graph": MISSED_CALL_FLOW}, 201)
    return str(flow["id"])


def begin(api: Client, flow: str, **more: object) -> Any:
    return post(api, "simulations", {"flow": flow, "use": "draft", "from": CALLER, **more}, 201)


@pytest.mark.usefixtures("registry")
def test_a_missed_call_sends_its_message(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    assert [i["type"] for i in turn["instructions"]] == ["answer", "say", "dial"]
    assert turn["waiting_for"] == "dial_ended"
    assert not turn["ended"]
    turn = post(
        api, f"simulations/{turn['sid']}/events", {"type": "dial_ended", "status": "no_answer"}
    )
    assert turn["ended"]
    assert [i["type"] for i in turn["instructions"]] == ["hangup"]
    (message,) = turn["messages"]
    assert message["error"] is None
    assert message["to"] == CALLER
    assert message["node"] == "n3"
    assert [(s["node"], s["port"]) for s in turn["steps"]] == [
        ("n1", "next"),
        ("n2", "no_answer"),
        ("n3", "next"),
        ("n4", None),
    ]
    assert turn["steps"][2]["detail"]["message"] == message["sid"]
