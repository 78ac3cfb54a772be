"""Saved test calls over HTTP: written by hand, made of a call, run on the draft and before publishing."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Account, Role, User
from calls.models import Call, CallEvent
from flows.models import Flow, FlowRun, FlowTest
from flows.services import draft_of
from flows.tests.gate import objections
from sms.models import Message
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, post, read, tell
from tests.customer_server import HOST, CustomerServer, Handler
from tests.flows.drawing import (
    connect,
    graph,
    greeting,
    hangup,
    menu,
    missed_call,
    node,
    passthru,
    sms,
)
from tests.flows.test_flows_api import send

CALLER, CALLED = "+919876543210", "+914412345678"
MISSED = [("n1", "next"), ("n2", "no_answer"), ("n3", "next"), ("n4", "")]


@pytest.fixture
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client, registry: None) -> str:
    return make_flow(api, missed_call())


def steps(*path: tuple[str, str]) -> list[dict[str, str]]:
    return [{"node": node, "port": port} for node, port in path]


def document(**more: Any) -> dict[str, Any]:
    """A call in which nobody answers."""
    usual = {
        "schema": 1,
        "name": "Nobody answers",
        "caller": CALLER,
        "called": CALLED,
        "at": "2026-11-25T11:00:00",
        "zone": "Asia/Kolkata",
        "script": [{"do": "agent", "status": "no_answer", "after_seconds": 25}],
        "expect": {"path": {"exact": True, "steps": steps(*MISSED)}},
    }
    return {**usual, **more}


def save(api: Client, flow: str, **more: Any) -> Any:
    return post(api, f"flows/{flow}/tests", {"document": document(**more)}, 201)


def run(api: Client, flow: str, **more: Any) -> Any:
    return post(api, f"flows/{flow}/tests/run", more)


def first_difference(api: Client, flow: str, **more: Any) -> str | None:
    found = post(api, f"flows/{flow}/tests/try", {"document": document(**more)})
    difference: str | None = found["difference"]
    return difference


def test_a_test_passes_and_leaves_nothing_behind(api: Client, flow: str) -> None:
    message = {"to": CALLER, "verdict": "match"}
    expect = {
        "path": {"exact": True, "steps": steps(*MISSED)},
        "ended": "flow_ended",
        "messages": [message],
    }
    saved = save(api, flow, expect=expect)
    ran = run(api, flow)
    assert (ran["passed"], ran["failed"], ran["not_run"]) == (1, 0, 0)
    (result,) = ran["results"]
    assert (result["test"], result["status"], result["difference"]) == (saved["id"], "passed", None)
    assert [step["name"] for step in result["path"]] == ["n1", "Sales", "n3", "n4"]
    assert result["path"][1]["port_label"] == "No answer"
    (sent,) = result["messages"]
    assert (sent["to"], sent["verdict"]) == (CALLER, "match")
    assert sent["text"].endswith("Ref TESTCALL22 - ACMECO")
    for model in (Call, CallEvent, FlowRun, Message):
        assert not model.objects.exists()
    (listed,) = read(api, f"flows/{flow}/tests")["tests"]
    assert (listed["last"]["status"], listed["last"]["use"]) == ("passed", "draft")


def test_the_first_difference_is_told_in_words(api: Client, flow: str) -> None:
    busy = [{"do": "agent", "status": "busy"}]
    told = first_difference(api, flow, script=busy)
    assert told == "Expected “Sales → No answer”, went “Sales → Busy”."
    through = {"path": {"steps": steps(("n2", "no_answer"))}}
    assert first_difference(api, flow, script=busy, expect=through) == told
    answered = [{"do": "agent", "status": "answered", "talk_seconds": 60}]
    told = first_difference(
        api, flow, script=answered, expect={"path": {"steps": steps(("n3", ""))}}
    )
    assert told == "Expected “n3”, but the call did not come there."


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"ended": "dead_end"}, "Expected the call to end as “dead_end”, ended as “flow_ended”."),
        ({"messages": []}, "Expected no message, 1 sent."),
        (
            {"messages": [{"verdict": "dlt.template_mismatch"}]},
            "Message 1: expected dlt.template_mismatch, was match.",
        ),
        (
            {"variables": {"name": "Asha"}},
            'Expected variable “name” to be "Asha", it was not set.',
        ),
        (
            {"path": {"exact": True, "steps": steps(*MISSED[:3])}},
            "Expected the path to end, went on to “n4”.",
        ),
        (
            {"path": {"exact": True, "steps": steps(*MISSED, ("n1", ""))}},
            "Expected “n1”, but the path ended after “n4”.",
        ),
    ],
)
def test_every_expectation_is_looked_at(
    api: Client, flow: str, expect: dict[str, Any], told: str
) -> None:
    assert first_difference(api, flow, expect=expect) == told


def test_a_text_that_is_refused_is_expected_by_its_code(api: Client, registry: None) -> None:
    drawn = missed_call()
    drawn["nodes"][2]["settings"]["body"] += "!"
    flow = make_flow(api, drawn)
    told = first_difference(api, flow, expect={"messages": [{"verdict": "match"}]})
    assert told is not None
    assert told.startswith("Message 1: expected match, was dlt.template_mismatch: ")
    refused = {"messages": [{"verdict": "dlt.template_mismatch", "to": CALLER}]}
    assert first_difference(api, flow, expect=refused) is None


def test_what_the_script_does_not_say_is_named(api: Client) -> None:
    drawn = graph(
        {**menu("menu", "1"), "name": "Main menu"},
        passthru("ask", "Look up"),
        hangup("end"),
        ways="menu.1>ask ask.ok>end menu.no_input>end menu.no_match>end ask.other>end ask.error>end",
    )
    flow = make_flow(api, drawn)
    path = {"path": {"steps": steps(("end", ""))}}
    told = first_difference(api, flow, script=[], expect=path)
    assert told == "The call waits for keys in “Main menu”; the test says nothing about it."
    agent = [{"do": "agent", "status": "busy"}]
    told = first_difference(api, flow, script=agent, expect=path)
    assert told is not None
    assert told.endswith("the test goes on with what becomes of ringing.")
    one = [{"do": "keys", "digits": "1"}]
    told = first_difference(api, flow, script=one, expect=path)
    assert told == "The call asks the server of “Look up”; the test has no answer for it."


@pytest.mark.parametrize(
    ("server", "port"),
    [
        ({"node": "ask", "json": {"vip": True}}, "ok"),
        ({"url": "https://bookings.demo.test/*", "status": 302}, "other"),
        ({"node": "ask", "failure": "http.timeout"}, "error"),
    ],
)
def test_servers_answer_as_the_test_says(api: Client, server: dict[str, Any], port: str) -> None:
    drawn = graph(passthru("ask"), hangup("end"), ways="ask.ok>end ask.other>end ask.error>end")
    flow = make_flow(api, drawn)
    expect = {"path": {"steps": steps(("ask", port))}}
    assert first_difference(api, flow, script=[], servers=[server], expect=expect) is None


def test_hanging_up_and_saying_nothing_are_parts_of_a_script(api: Client, flow: str) -> None:
    left = [{"do": "hang_up"}]
    after = [("n1", "next"), ("n2", "no_answer"), ("n3", "next"), ("n4", "")]
    expect = {"path": {"exact": True, "steps": steps(*after)}}
    assert first_difference(api, flow, script=left, expect=expect) is None


def test_a_call_without_end_ends_by_the_limits_of_calls(api: Client) -> None:
    drawn = graph(menu("menu", "1"), ways="menu.1>menu menu.no_input>menu menu.no_match>menu")
    flow = make_flow(api, drawn)
    pressed = [{"do": "keys", "digits": "1"}] * 200
    found = post(api, f"flows/{flow}/tests/try", {"document": document(script=pressed, expect={})})
    assert found["ended"]["code"] == "limit"
    assert found["unused"] == 100


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"callr": CALLER}, "callr"),
        ({"caller": "98765"}, "caller"),
        ({"at": "2026-11-25T11:00:00+05:30"}, "at"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"script": [{"do": "dance"}]}, "script[0]"),
        ({"script": [{"do": "keys", "digits": "1", "digit": "2"}]}, "script[0].digit"),
        ({"script": [{"do": "nothing"}] * 501}, "script"),
        ({"servers": [{"status": 200}]}, "servers[0]"),
        ({"expect": {"path": {"steps": [{"nod": "n1"}]}}}, "expect.path.steps[0].node"),
        ({"name": " "}, "name"),
        ({"schema": 2}, "schema"),
    ],
)
def test_what_is_no_test_is_refused_with_its_place(
    api: Client, flow: str, change: dict[str, Any], field: str
) -> None:
    error = post(api, f"flows/{flow}/tests", {"document": document(**change)}, 422)["error"]
    assert (error["code"], error["context"]["field"]) == ("flows.bad_test", field)


def test_tests_are_changed_and_deleted(api: Client, flow: str) -> None:
    saved = save(api, flow)
    run(api, flow)
    address = f"flows/{flow}/tests/{saved['id']}"
    renamed = send(api, "put", address, {"document": document(name="Nobody is there")}, 200)
    assert (renamed["name"], renamed["last"]) == ("Nobody is there", None)
    assert read(api, address)["document"]["name"] == "Nobody is there"
    assert api.delete(f"/api/v1/{address}").status_code == 204
    read(api, address, 404)


def test_names_are_their_own(api: Client, flow: str) -> None:
    save(api, flow)
    error = post(api, f"flows/{flow}/tests", {"document": document()}, 422)["error"]
    assert error["code"] == "flows.test_name_taken"


def test_a_flow_has_two_hundred_tests_at_most(api: Client, flow: str) -> None:
    saved = save(api, flow)
    first = FlowTest.objects.get(sid=saved["id"])
    others = [
        FlowTest(
            account=first.account,
            flow=first.flow,
            name=f"Test {number}",
            document=first.document,
            created=first.created,
            updated=first.updated,
        )
        for number in range(2, 201)
    ]
    FlowTest.objects.bulk_create(others)
    error = post(api, f"flows/{flow}/tests", {"document": document(name="One more")}, 422)["error"]
    assert (error["code"], error["context"]["limit"]) == ("flows.too_many_tests", 200)


def test_viewers_look_and_try_but_save_nothing(
    api: Client, flow: str, account: Account, api_of: Callable[..., Client]
) -> None:
    saved = save(api, flow)
    viewer = api_of(account, Role.VIEWER)
    assert len(read(viewer, f"flows/{flow}/tests")["tests"]) == 1
    assert first_difference(viewer, flow) is None
    post(viewer, f"flows/{flow}/tests", {"document": document(name="Mine")}, 403)
    post(viewer, f"flows/{flow}/tests/run", {}, 403)
    assert viewer.delete(f"/api/v1/flows/{flow}/tests/{saved['id']}").status_code == 403


def test_coverage_names_the_ports_that_no_test_takes(api: Client, flow: str) -> None:
    saved = save(api, flow)
    found = read(api, f"flows/{flow}/tests/coverage")
    assert (found["taken"], found["ports"], found["percent"]) == (3, 6, 50)
    by_node = {node["node"]: node for node in found["nodes"]}
    ports = {port["port"]: port["tests"] for port in by_node["n2"]["ports"]}
    assert ports == {"answered": [], "no_answer": [saved["id"]], "busy": [], "failed": []}
    assert by_node["n4"]["tests"] == [saved["id"]]


def test_a_test_call_becomes_a_test_that_passes(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 422)
    tell(api, turn, type="dial_ended", status="no_answer")
    saved = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"], "name": "As heard"}, 201)
    wanted = saved["document"]
    assert saved["name"] == "As heard"
    assert [(step["node"], step["port"]) for step in wanted["expect"]["path"]["steps"]] == MISSED
    assert wanted["expect"]["messages"][0]["verdict"] == "match"
    assert wanted["script"][0]["do"] == "agent"
    assert run(api, flow)["passed"] == 1
    again = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    third = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    assert third["name"] == f"{again['name']} (2)"


def test_what_servers_answered_in_a_call_is_answered_in_its_test(
    api: Client, server: CustomerServer
) -> None:
    answers = iter([(200, {"select": "again"}), (200, {"select": "done"})])

    def answer(handler: Handler) -> None:
        status, body = next(answers)
        handler.answer(status, {"Content-Type": "application/json"}, json.dumps(body).encode())

    server.answers["/ask"] = answer
    cases = [{"value": "again", "label": "Again"}, {"value": "done", "label": "Done"}]
    asked = passthru("ask", url=f"http://{HOST}/ask", route="select", cases=cases)
    ways = "menu.1>ask menu.no_input>end menu.no_match>end ask.again>menu ask.done>end"
    drawn = graph(menu("menu", "1"), asked, hangup("end"), ways=f"{ways} ask.otherwise>end")
    flow = make_flow(api, drawn)
    turn = begin(api, flow)
    for _ in range(2):
        turn = tell(api, turn, type="digits", digits="1")
    saved = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    answered = [row["json"] for row in saved["document"]["servers"]]
    assert answered == [{"select": "again"}, {"select": "done"}]
    assert run(api, flow)["passed"] == 1
    assert len(server.seen) == 2


def test_a_call_that_goes_on_in_another_flow_is_tested_to_its_end(api: Client) -> None:
    goodbye = graph(greeting("bye", "Goodbye."), hangup("end"), ways="bye.next>end")
    other = make_flow(api, goodbye, "Goodbyes")
    flow = make_flow(api, graph(node("go", "transfer", flow=other)))
    path = [{"node": "go"}, {"node": "bye", "port": "next", "flow": other}]
    path.append({"node": "end", "flow": other})
    expect = {"path": {"exact": True, "steps": path}, "ended": "flow_ended"}
    assert first_difference(api, flow, script=[], expect=expect) is None
    turn = begin(api, flow)
    saved = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    assert [step["flow"] for step in saved["document"]["expect"]["path"]["steps"]] == [
        "",
        other,
        other,
    ]
    assert run(api, flow)["passed"] == 1
    assert api.delete(f"/api/v1/flows/{other}").status_code in (204, 409)


def test_runs_that_an_sms_or_the_api_began_are_tested_too(api: Client, registry: None) -> None:
    drawn = graph(
        node("reply", "reply", **sms("")["settings"] | {"to": None}),
        hangup("end"),
        ways="reply.next>end",
    )
    del drawn["nodes"][0]["settings"]["to"]
    flow = make_flow(api, {**drawn, "entries": {"inbound_sms": "reply", "api": "reply"}})
    turn = begin(api, flow, entry="inbound_sms", text="Hello")
    assert turn["ended"]
    post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    turn = begin(api, flow, entry="api", variables={"name": "Asha"})
    by_hand = {"messages": [{"to": CALLER, "verdict": "match"}]}
    assert first_difference(api, flow, script=[], entry="inbound_sms", expect=by_hand) is None
    saved = post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    assert saved["document"]["variables"] == {"name": "Asha"}
    assert run(api, flow)["passed"] == 2


def test_tests_that_there_is_no_time_for_are_named_and_stop_nothing(api: Client, flow: str) -> None:
    save(api, flow, script=[{"do": "agent", "status": "busy"}])
    found = Flow.objects.select_related("account").get(sid=flow)
    (issue,) = objections(found, draft_of(found), seconds=0)
    assert (issue.severity, issue.code) == ("warning", "flows.tests_not_run")
    assert issue.message == "1 test was not run: all together may take 5 seconds."


def test_a_failing_test_stops_publishing_until_an_admin_takes_it_on(
    api: Client, flow: str, admin: User, client_of: Callable[[User], Client]
) -> None:
    save(api, flow, script=[{"do": "agent", "status": "busy"}])
    error = post(api, f"flows/{flow}/publish", {}, 422)["error"]
    (issue,) = [one for one in error["context"]["issues"] if one["severity"] == "error"]
    assert (issue["code"], issue["overridable"]) == ("flows.test_failed", True)
    assert issue["message"].endswith("Expected “Sales → No answer”, went “Sales → Busy”.")
    override = {"override": {"reason": "The test is of last year"}}
    refused = post(api, f"flows/{flow}/publish", override, 403)["error"]
    assert refused["code"] == "flows.override_not_allowed"
    version = post(client_of(admin), f"flows/{flow}/publish", override)
    assert version["override"]["issues"][0]["code"] == "flows.test_failed"


def test_tests_that_pass_let_the_flow_be_published(api: Client, flow: str) -> None:
    save(api, flow)
    post(api, f"flows/{flow}/publish", {})
    (listed,) = read(api, f"flows/{flow}/tests")["tests"]
    assert listed["last"]["status"] == "passed"
    assert run(api, flow, use="live")["passed"] == 1


def test_the_live_version_is_tested_when_there_is_one(api: Client, flow: str) -> None:
    error = post(api, f"flows/{flow}/tests/run", {"use": "live"}, 422)["error"]
    assert error["code"] == "flows.not_published"


def test_the_command_prints_a_table_and_fails_with_a_test(
    api: Client, flow: str, account: Account
) -> None:
    save(api, flow)
    out = StringIO()
    call_command("test_flows", account=account.slug, stdout=out)
    assert "1 of 1 test calls passed." in out.getvalue()
    save(api, flow, name="Busy", script=[{"do": "agent", "status": "busy"}])
    with pytest.raises(SystemExit) as left:
        call_command("test_flows", account=account.slug, flow=flow, stdout=out)
    assert left.value.code == 1
    assert "FAILED   Busy" in out.getvalue()
    assert "went “Sales → Busy”" in out.getvalue()


def test_hours_are_tested_at_the_hour_of_the_test(api: Client, flow: str) -> None:
    found = post(
        api,
        f"flows/{flow}/tests/try",
        {"document": document(at="2026-01-01T00:30:00", zone="Asia/Kolkata")},
    )
    assert found["path"][0]["at"] == "2025-12-31T19:00:00.000Z"
    assert found["path"][2]["at"] == "2025-12-31T19:00:25.000Z"


def test_a_replay_shows_where_the_path_now_parts(
    api: Client, flow: str, account: Account, api_of: Callable[..., Client]
) -> None:
    turn = begin(api, flow)
    tell(api, turn, type="dial_ended", status="no_answer")
    same = post(api, f"calls/{turn['sid']}/replay", {})
    assert (same["differs"], same["first_difference"]) == (False, None)
    drawn = graph(
        greeting("n1", "Welcome to Acme."),
        connect("n2", "Sales"),
        hangup("n4"),
        ways="n1.next>n2 n2.answered>n4 n2.no_answer>n4 n2.busy>n4 n2.failed>n4",
    )
    base = read(api, f"flows/{flow}")["draft"]["hash"]
    send(api, "put", f"flows/{flow}/draft", {"graph": drawn, "base_hash": base}, 200)
    found = post(api, f"calls/{turn['sid']}/replay", {"use": "draft"})
    assert found["first_difference"] == 2
    assert found["difference"] == "Went “n3 → Next”, now goes “n4”."
    assert [len(found[course]["path"]) for course in ("before", "now")] == [4, 3]
    assert [len(found[course]["messages"]) for course in ("before", "now")] == [1, 0]
    seen = post(api_of(account, Role.VIEWER), f"calls/{turn['sid']}/replay", {})
    assert CALLER not in str(seen)
    assert CALLER in str(found)
    post(api, f"calls/{turn['sid']}/replay", {"use": "7"}, 404)


def test_numbers_that_a_server_named_in_a_call_are_named_in_its_test(
    api: Client, server: CustomerServer
) -> None:
    def answer(handler: Handler) -> None:
        body = json.dumps({"destination": {"numbers": ["+919812345679"]}}).encode()
        handler.answer(200, {"Content-Type": "application/json"}, body)

    server.answers["/who"] = answer
    asked = node("n", "connect", "Sales", source="url", url=f"http://{HOST}/who")
    ways = "n.answered>e n.no_answer>e n.busy>e n.failed>e"
    flow = make_flow(api, graph(asked, hangup("e"), ways=ways))
    turn = begin(api, flow)
    assert turn["waiting_for"] == "dial_ended", turn["steps"]
    tell(api, turn, type="dial_ended", status="busy")
    post(api, f"flows/{flow}/tests", {"from_call": turn["sid"]}, 201)
    assert run(api, flow)["results"][0]["difference"] is None
    assert len(server.seen) == 1


def test_a_copy_of_a_flow_has_its_test_calls(api: Client, flow: str) -> None:
    post(api, f"flows/{flow}/tests", {"document": document()}, 201)
    copy = post(api, f"flows/{flow}/duplicate", {}, 201)
    (test,) = read(api, f"flows/{copy['id']}/tests")["tests"]
    assert (test["name"], test["last"]) == ("Nobody answers", None)
    (result,) = post(api, f"flows/{copy['id']}/tests/run", {})["results"]
    assert result["status"] == "passed"
