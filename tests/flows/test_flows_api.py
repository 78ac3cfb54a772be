"""Flows through the API: drafts that are never lost, versions that never change."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Role
from calls.models import PhoneNumber
from flows.models import Flow, FlowVersion
from tests.builders import build_entity, build_header, build_template
from tests.flows.drawing import graph, greeting, hangup, missed_call, node


def send(client: Client, method: str, path: str, body: object, status: int) -> Any:
    answer = getattr(client, method)(
        f"/api/v1/{path}", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def read(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.fixture
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client) -> Any:
    return send(api, "post", "flows", {"name": "Support line", "graph": missed_call()}, 201)


def save(api: Client, flow: Any, drawn: object, base: str | None = None, status: int = 200) -> Any:
    body = {"graph": drawn, "base_hash": flow["draft"]["hash"] if base is None else base}
    return send(api, "put", f"flows/{flow['id']}/draft", body, status)


def test_a_new_flow_is_empty(api: Client) -> None:
    flow = send(api, "post", "flows", {"name": "  My   flow "}, 201)
    assert flow["name"] == "My flow"
    assert flow["draft"]["graph"]["nodes"] == []
    assert flow["live"] is None
    assert flow["draft_differs"]
    assert flow["can_edit"]
    assert flow["can_publish"]
    assert [issue["code"] for issue in flow["issues"]] == ["flows.empty"]
    assert flow["numbers"] == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_flow_needs_a_name(api: Client, name: str) -> None:
    error = send(api, "post", "flows", {"name": name}, 422)["error"]
    assert error["code"] == "flows.bad_name"


def test_two_flows_cannot_share_a_name(api: Client, flow: Any) -> None:
    error = send(api, "post", "flows", {"name": "Support line"}, 422)["error"]
    assert error["code"] == "flows.name_taken"
    other = send(api, "post", "flows", {"name": "Other"}, 201)
    renamed = send(api, "patch", f"flows/{other['id']}", {"name": "Support line"}, 422)
    assert renamed["error"]["code"] == "flows.name_taken"
    assert send(api, "patch", f"flows/{other['id']}", {"name": "Third"}, 200)["name"] == "Third"


def test_a_flow_comes_back_as_it_was_saved(api: Client, flow: Any) -> None:
    drawn = graph(node("b", "teleport", x={"y": [1]}), greeting("a"), ways="a.next>b", entry="a")
    drawn["layout"] = {"a": {"x": 1, "y": 2}}
    saved = save(api, flow, drawn)
    assert [issue["code"] for issue in saved["issues"]][:1] == ["flows.unknown_applet"]
    draft = read(api, f"flows/{flow['id']}")["draft"]
    assert draft["hash"] == saved["hash"]
    assert draft["graph"]["layout"] == {"a": {"x": 1, "y": 2}}
    assert draft["graph"]["nodes"][1]["settings"] == {"x": {"y": [1]}}


def test_somebody_saved_in_between(api: Client, flow: Any) -> None:
    mine, theirs = graph(greeting("a", "Mine")), graph(greeting("a", "Theirs"))
    saved = save(api, flow, theirs)
    error = save(api, flow, mine, status=409)["error"]
    assert error["code"] == "flows.stale_draft"
    assert error["context"]["hash"] == saved["hash"]
    assert error["context"]["updated_by"] == "key editor tests"
    stored = read(api, f"flows/{flow['id']}")["draft"]["graph"]
    assert stored["nodes"][0]["settings"]["say"] == "Theirs"
    # What is stored already is no change: a save whose answer was lost may be repeated.
    assert save(api, flow, theirs)["hash"] == saved["hash"]


@pytest.mark.usefixtures("registry")
def test_publishing_freezes_the_draft(api: Client, flow: Any) -> None:
    first = send(api, "post", f"flows/{flow['id']}/publish", {"note": "First"}, 200)
    assert first["number"] == 1
    assert first["note"] == "First"
    changed = missed_call()
    changed["nodes"][0]["settings"]["say"] = "Namaste."
    save(api, flow, changed)
    shown = read(api, f"flows/{flow['id']}")
    assert shown["draft_differs"]
    assert shown["live"]["number"] == 1
    stored = FlowVersion.objects.get().graph
    assert stored["nodes"][0]["settings"]["say"] == "Welcome to Acme."
    assert send(api, "post", f"flows/{flow['id']}/publish", {}, 200)["number"] == 2
    versions = read(api, f"flows/{flow['id']}/versions")["versions"]
    assert [version["number"] for version in versions] == [2, 1]
    assert AuditEvent.objects.filter(action="flow.published").count() == 2


@pytest.mark.usefixtures("registry")
def test_publishing_what_is_live_makes_no_version(api: Client, flow: Any) -> None:
    send(api, "post", f"flows/{flow['id']}/publish", {}, 200)
    moved = {**missed_call(), "layout": {"n1": {"x": 5, "y": 5}}}
    saved = save(api, flow, moved)
    assert not saved["draft_differs"]
    assert send(api, "post", f"flows/{flow['id']}/publish", {}, 200)["number"] == 1
    assert FlowVersion.objects.count() == 1


def test_a_flow_with_errors_is_not_published(api: Client, flow: Any) -> None:
    error = send(api, "post", f"flows/{flow['id']}/publish", {}, 422)["error"]
    assert error["code"] == "flows.not_publishable"
    codes = {issue["code"] for issue in error["context"]["issues"]}
    assert codes == {"dlt.template_unknown", "dlt.entity_unknown", "dlt.header_unknown"}
    assert {issue["node"] for issue in error["context"]["issues"]} == {"n3"}
    assert Flow.objects.get().live is None


def test_a_template_that_is_pending_stops_publishing(api: Client, account: Account) -> None:
    build_template(build_header(build_entity(account)), state="pending")
    flow = send(api, "post", "flows", {"name": "x", "graph": missed_call()}, 201)
    error = send(api, "post", f"flows/{flow['id']}/publish", {}, 422)["error"]
    assert [i["code"] for i in error["context"]["issues"]] == ["dlt.template_not_approved"]


@pytest.mark.usefixtures("registry")
def test_a_text_that_is_not_the_template_s_stops_publishing(api: Client, flow: Any) -> None:
    changed = missed_call()
    changed["nodes"][2]["settings"]["body"] += "!"
    save(api, flow, changed)
    error = send(api, "post", f"flows/{flow['id']}/publish", {}, 422)["error"]
    (issue,) = error["context"]["issues"]
    assert (issue["code"], issue["setting"]) == ("dlt.template_mismatch", "body")


def test_a_graph_is_judged_without_being_stored(api: Client) -> None:
    issues = send(api, "post", "flows/validate", {"graph": graph(greeting("a"))}, 200)["issues"]
    assert issues == [
        {
            "severity": "warning",
            "code": "flows.port_unconnected",
            "message": "“a”: “Next” leads nowhere, so the call is hung up there.",
            "node": "a",
            "port": "next",
            "setting": None,
            "fix": "Connect it, to Hangup if that is meant.",
            "overridable": False,
        }
    ]
    assert Flow.objects.count() == 0


def test_a_flow_in_use_cannot_be_put_away(api: Client, account: Account, flow: Any) -> None:
    number = PhoneNumber.objects.create(
        account=account, e164="+914412345678", flow=Flow.objects.get()
    )
    error = send(api, "delete", f"flows/{flow['id']}", {}, 409)["error"]
    assert error["code"] == "flows.in_use"
    number.delete()
    send(api, "delete", f"flows/{flow['id']}", {}, 204)
    read(api, f"flows/{flow['id']}", 404)
    assert read(api, "flows")["flows"] == []
    # Its name is free again, its calls stay readable.
    send(api, "post", "flows", {"name": "Support line"}, 201)


def test_flows_are_listed_in_pages(api: Client, account: Account) -> None:
    for number in range(53):
        send(api, "post", "flows", {"name": f"Flow {number}"}, 201)
    first = read(api, "flows")
    assert [flow["name"] for flow in first["flows"]][:2] == ["Flow 52", "Flow 51"]
    rest = read(api, f"flows?cursor={first['next']}")
    assert [flow["name"] for flow in rest["flows"]] == ["Flow 2", "Flow 1", "Flow 0"]
    assert rest["next"] is None
    read(api, "flows?cursor=' or 1=1--", 400)


def test_flows_of_others_do_not_exist(
    api_of: Callable[..., Client], other_account: Account, flow: Any
) -> None:
    stranger = api_of(other_account)
    path = f"flows/{flow['id']}"
    assert read(stranger, "flows")["flows"] == []
    read(stranger, path, 404)
    read(stranger, f"{path}/versions", 404)
    send(stranger, "patch", path, {"name": "Mine"}, 404)
    send(stranger, "put", f"{path}/draft", {"graph": graph(), "base_hash": ""}, 404)
    send(stranger, "post", f"{path}/publish", {}, 404)
    send(stranger, "delete", path, {}, 404)


def test_viewers_look_but_do_not_touch(
    api_of: Callable[..., Client], account: Account, flow: Any
) -> None:
    viewer = api_of(account, Role.VIEWER)
    shown = read(viewer, f"flows/{flow['id']}")
    assert not shown["can_edit"]
    assert not shown["can_publish"]
    send(viewer, "post", "flows", {"name": "x"}, 403)
    send(viewer, "patch", f"flows/{flow['id']}", {"name": "x"}, 403)
    save(viewer, flow, graph(), status=403)
    send(viewer, "post", f"flows/{flow['id']}/publish", {}, 403)
    send(viewer, "delete", f"flows/{flow['id']}", {}, 403)
    send(viewer, "post", "flows/validate", {"graph": graph(hangup("a"))}, 200)


# --- hostile bodies -------------------------------------------------------------------------------

HOSTILE = {
    "5,000 nodes": (
        json.dumps({"nodes": [{"id": str(i), "type": "sms"} for i in range(5000)]}),
        422,
    ),
    "duplicate ids": ('{"nodes": [{"id":"a","type":"sms"},{"id":"a","type":"sms"}]}', 422),
    "__proto__": ('{"nodes": [], "__proto__": {"x": 1}}', 422),
    "NaN": ('{"layout": {"a": {"x": NaN, "y": 0}}}', 400),
    "Infinity": ('{"layout": {"a": {"x": 1e999, "y": 0}}}', 400),
    "2^63": ('{"layout": {"a": {"x": 9223372036854775808, "y": 0}}}', 422),
    "a very long number": ('{"a": %s}' % ("9" * 5000), 400),
    "NUL": ('{"entry": "\\u0000"}', 422),
    "half a surrogate pair": ('{"entry": "\\ud800"}', 422),
    "nested 100,000 deep": ("[" * 100_000 + "]" * 100_000, 400),
    "nested 100,000 deep, open": ('{"a":' * 100_000, 400),
    "a list": ("[]", 422),
    "a number": ("1", 422),
    "null": ("null", 400),
    "a self-edge": (json.dumps(graph(greeting("a"), ways="a.next>a")), 200),
    "an edge to nothing": (json.dumps(graph(greeting("a"), ways="a.next>z")), 200),
}


@pytest.mark.parametrize(("drawn", "status"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_graphs_get_a_clear_answer(api: Client, flow: Any, drawn: str, status: int) -> None:
    body = f'{{"base_hash": "{flow["draft"]["hash"]}", "graph": {drawn}}}'
    for method, path in (("put", f"flows/{flow['id']}/draft"), ("post", "flows/validate")):
        answer = getattr(api, method)(f"/api/v1/{path}", body, content_type="application/json")
        assert answer.status_code == status, answer.content[:300]
        if status != 200:
            error = answer.json()["error"]
            assert error["code"]
            assert 0 < len(error["message"]) < 500
    assert len(read(api, f"flows/{flow['id']}")["draft"]["graph"]["nodes"]) in {1, 4}


def test_a_body_of_more_than_four_megabytes_is_too_large(api: Client, flow: Any) -> None:
    drawn = {**graph(), "filler": "x" * 4_300_000}
    assert save(api, flow, drawn, status=413)["error"]["code"] == "too_large"
