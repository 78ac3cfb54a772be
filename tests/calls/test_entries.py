"""What begins a run besides a call: an SMS that comes in, and the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.builders import PE_ID, TEMPLATE_ID
from tests.calls.talking import begin, make_flow, path
from tests.flows.drawing import graph, greeting, hangup, node, sms

pytestmark = pytest.mark.django_db

KEYS = [
    *("sid", "direction", "status", "encoding", "bodyText", "parts", "network"),
    *("fromNumber", "fromType", "fromCountry", "fromLocation"),
    *("toNumber", "toType", "toCountry", "toLocation"),
    *("billingDebit", "billingPaymentType", "deliveredAt", "createdAt", "updatedAt", "sentAt"),
]


def reply(id_: str, body: str) -> dict[str, Any]:
    named = {"sender_id": "ACMECO", "dlt_template_id": TEMPLATE_ID, "dlt_entity_id": PE_ID}
    return node(id_, "reply", body=body, **named)


def answering(body: str = "You wrote: ${{ sms.bodyText }}") -> dict[str, Any]:
    drawn = graph(greeting("g"), reply("r", body), hangup("h"), ways="g.next>h r.next>h")
    return {**drawn, "entries": {"inbound_sms": "r"}}


def texted(api: Client, flow: str, text: str, **more: object) -> Any:
    return begin(api, flow, entry="inbound_sms", text=text, **more)


def test_an_sms_begins_where_the_flow_says_so_and_is_answered(api: Client) -> None:
    turn = texted(api, make_flow(api, answering()), "Is my order ready?")
    assert path(turn) == [("r", "next"), ("h", None)]
    assert turn["ended"]
    assert [message["to"] for message in turn["messages"]] == ["+919876543210"]
    assert turn["messages"][0]["body"] == "You wrote: Is my order ready?"


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_sms_object_is_there(api: Client, key: str) -> None:
    value = f"${{{{ sms.{key} ?? 'null' }}}}"
    turn = texted(
        api, make_flow(api, answering(f"[{value}]")), "Hello €", **{"from": "+33612345678"}
    )
    shown = turn["messages"][0]["body"].strip("[]")
    wanted = {
        "direction": "inbound",
        "fromNumber": "+33612345678",
        "fromType": "MOBILE",
        "fromCountry": "FR",
        "fromLocation": "France",
        "toNumber": "+914412345678",
        "toCountry": "IN",
        "status": "delivered",
        "encoding": "gsm",
        "bodyText": "Hello €",
        "parts": "1",
        "billingDebit": "0.00",
        "billingPaymentType": "prepaid",
        "sentAt": "null",
    }
    assert shown == wanted.get(key, shown)
    assert turn["messages"][0]["error"]["code"] != "variables.missing" or key == "network"


@pytest.mark.parametrize("text", ["STOP", "stop.", "Unsubscribe"])
def test_who_asks_to_be_left_alone_gets_no_reply(api: Client, text: str) -> None:
    turn = texted(api, make_flow(api, answering()), text)
    assert turn["messages"] == []
    assert "asked for no more messages" in turn["steps"][0]["note"]


def test_a_name_cannot_be_answered(api: Client) -> None:
    turn = texted(api, make_flow(api, answering()), "Big sale", **{"from": "VM-ACMECO"})
    assert turn["messages"] == []
    assert "came from a name" in turn["steps"][0]["note"]


def test_a_flow_without_such_a_start_says_so(api: Client) -> None:
    turn = texted(api, make_flow(api, graph(greeting("g"))), "Hello")
    assert turn["ended"]
    assert turn["ended_reason"] == "The flow has no start for incoming SMS."


def test_the_api_begins_with_values(api: Client) -> None:
    drawn = {**graph(greeting("g"), sms("s", body="Hello {name}")), "entries": {"api": "s"}}
    turn = begin(api, make_flow(api, drawn), entry="api", variables={"name": "Asha"})
    assert turn["messages"][0]["body"] == "Hello Asha"


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"two words": 1}, "no name"),
        ({f"v{n}": 1 for n in range(51)}, "more than 50"),
        ({"long": "x" * 20_000}, "larger than 16 KB"),
        ({"deep": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}, "nested deeper"),
    ],
)
def test_values_that_cannot_be_are_named(
    api: Client, variables: dict[str, Any], problem: str
) -> None:
    flow = make_flow(api, graph(greeting("g")))
    answer = begin(api, flow, 422, entry="api", variables=variables)
    assert answer["error"]["code"] == "calls.bad_variables"
    assert problem in answer["error"]["message"]
