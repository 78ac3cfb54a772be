"""Conditions and opening hours in calls to the simulated phone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from applets.opening_hours import DAYS
from tests.calls.talking import begin, make_flow, tell
from tests.customer_server import HOST, CustomerServer
from tests.flows.drawing import graph, greeting, hangup, menu, node, passthru

JSON = {"Content-Type": "application/json"}
WHOLE_DAY = [{"opens": "00:00", "closes": "00:00"}]
ALWAYS = dict.fromkeys(DAYS, WHOLE_DAY)


def case(port: str, *rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"port": port, "name": port.title(), "rules": list(rules), **more}


def rule(subject: str, operator: str, value: Any = "", name: str = "") -> dict[str, Any]:
    return {"subject": subject, "name": name, "operator": operator, "value": value}


def step_of(turn: dict[str, Any], node_id: str) -> dict[str, Any]:
    step: dict[str, Any] = next(step for step in turn["steps"] if step["node"] == node_id)
    return step


@pytest.mark.parametrize(("week", "port"), [(ALWAYS, "open"), ({}, "closed")])
def test_opening_hours_send_a_call_one_way_or_the_other(
    api: Client, week: dict[str, Any], port: str
) -> None:
    drawn = graph(
        node("office", "hours", "Office", week=week),
        greeting("yes", 'We are open until ${{ nodes.office.until ?? "for ever" }}.'),
        greeting("no", "We are closed: ${{ nodes.office.reason }}."),
        hangup("h"),
        ways="office.open>yes office.closed>no yes.next>h no.next>h",
    )
    turn = begin(api, make_flow(api, drawn))
    assert step_of(turn, "office")["port"] == port
    said = [item["text"] for item in turn["instructions"] if item["type"] == "say"]
    assert said == [
        "We are open until for ever." if port == "open" else "We are closed: no_schedule."
    ]


@pytest.mark.parametrize(("key", "port"), [("1", "sales"), ("2", "rest"), ("3", "otherwise")])
def test_a_condition_follows_the_key_that_was_pressed(api: Client, key: str, port: str) -> None:
    cases = [
        case("sales", rule("digits", "is", "1")),
        case("rest", mode="expression", expression="digits == '2'"),
    ]
    drawn = graph(
        menu("m", "1", "2", "3"),
        node("c", "condition", "Which", cases=cases),
        hangup("h"),
        ways="m.1>c m.2>c m.3>c m.no_input>h m.no_match>h c.sales>h c.rest>h c.otherwise>h",
    )
    turn = tell(api, begin(api, make_flow(api, drawn)), type="digits", digits=key)
    assert step_of(turn, "c")["port"] == port


def test_a_condition_reads_what_the_customer_s_server_answered(
    api: Client, server: CustomerServer
) -> None:
    answer = json.dumps({"plan": "Gold", "total": 700}).encode()
    server.answers["/ask"] = lambda handler: handler.answer(200, JSON, answer)
    cases = [
        case("poor", rule("result", "less", "500", "nodes.look_up.json.total")),
        case(
            "gold",
            rule("result", "is", "gold", "nodes.look_up.json.plan"),
            rule("caller_country", "is", "IN"),
        ),
    ]
    drawn = graph(
        passthru("p", "Look up", url=f"http://{HOST}/ask"),
        node("c", "condition", "Which", cases=cases),
        hangup("h"),
        ways="p.ok>c p.other>h p.error>h c.poor>h c.gold>h c.otherwise>h",
    )
    turn = begin(api, make_flow(api, drawn))
    assert step_of(turn, "c")["port"] == "gold"
    assert step_of(turn, "c")["detail"] == {"case": "Gold"}


def test_a_case_that_cannot_be_worked_out_is_passed_over_and_the_trace_says_why(
    api: Client,
) -> None:
    cases = [
        case("a", mode="expression", expression="nodes.gone.json.plan.toLowerCase() == 'gold'"),
        case("b", rule("caller", "starts_with", "+")),
    ]
    drawn = graph(
        node("c", "condition", "Which", cases=cases),
        hangup("h"),
        ways="c.a>h c.b>h c.otherwise>h",
    )
    step = step_of(begin(api, make_flow(api, drawn)), "c")
    assert step["port"] == "b"
    assert "“A”: There is no value for nodes.gone.json.plan" in step["note"]
