"""A call ends on the version it began on, however much is published meanwhile."""

from __future__ import annotations

from typing import Any

from django.test import Client

from calls.models import Call
from flows.models import Flow, FlowVersion
from tests.calls.talking import begin, make_flow, path, post, read, tell
from tests.flows.drawing import graph, greeting, hangup, menu, node


def say(text: str) -> dict[str, Any]:
    """A menu to wait at, then a greeting."""
    return graph(
        menu("m", "1"),
        greeting("g", text),
        hangup("h"),
        ways="m.1>g m.no_input>h m.no_match>h g.next>h",
    )


def said(turn: Any) -> list[str]:
    return [told["text"] for told in turn["instructions"] if told["type"] == "say"]


def publish(api: Client, flow: str, drawn: object) -> None:
    draft = read(api, f"flows/{flow}")["draft"]
    body = {"graph": drawn, "base_hash": draft["hash"]}
    answer = api.put(f"/api/v1/flows/{flow}/draft", body, content_type="application/json")
    assert answer.status_code == 200
    post(api, f"flows/{flow}/publish", {})


def test_a_call_ends_on_the_version_it_began_on(api: Client) -> None:
    flow = make_flow(api, say("The first text."))
    publish(api, flow, say("The first text."))
    old = begin(api, flow, use="live")
    publish(api, flow, say("The second text."))
    new = begin(api, flow, use="live")
    publish(api, flow, graph(greeting("only", "Nothing of it is left.")))
    post(api, f"flows/{flow}/versions/1/publish", {})
    assert said(tell(api, old, type="digits", digits="1")) == ["The first text."]
    assert said(tell(api, new, type="digits", digits="1")) == ["The second text."]


def test_after_a_transfer_it_ends_on_what_was_live_there_when_it_came(api: Client) -> None:
    night = make_flow(api, say("Night, first."), "Night line")
    publish(api, night, say("Night, first."))
    there = graph(node("t", "transfer", flow=night))
    day = make_flow(api, graph(menu("m", "1"), *there["nodes"], ways="m.1>t"), "Day line")
    post(api, f"flows/{day}/publish", {})
    early, late = begin(api, day, use="live"), begin(api, day, use="live")
    tell(api, early, type="digits", digits="1")
    publish(api, night, say("Night, second."))
    tell(api, late, type="digits", digits="1")
    publish(api, day, graph(greeting("only", "Nothing of it is left.")))
    assert said(tell(api, early, type="digits", digits="1")) == ["Night, first."]
    turn = tell(api, late, type="digits", digits="1")
    assert said(turn) == ["Night, second."]
    assert [node for node, _ in path(turn)][:2] == ["m", "t"]


def test_versions_count_their_calls(api: Client) -> None:
    flow = make_flow(api, say("One."))
    publish(api, flow, say("One."))
    ended, running = begin(api, flow, use="live"), begin(api, flow, use="live")
    begin(api, flow, use="live")  # stays a test call, which does not count
    tell(api, ended, type="hung_up")
    Call.objects.filter(sid__in=[ended["sid"], running["sid"]]).update(is_test=False)
    other = Flow.objects.create(
        account=Flow.objects.get().account,
        name="Elsewhere",
        draft={},
        draft_hash="",
        draft_updated=Flow.objects.get().created,
        draft_updated_by="x",
    )
    elsewhere = FlowVersion.objects.create(
        flow=other, number=1, graph={}, graph_hash="", published=other.created
    )
    run = Call.objects.get(sid=running["sid"]).run
    run.in_flow, run.in_version = other, elsewhere
    run.save()
    (version,) = read(api, f"flows/{flow}/versions")["versions"]
    assert version["calls"] == {"running": 1, "total": 2}
    (version,) = read(api, f"flows/{other.sid}/versions")["versions"]
    assert version["calls"] == {"running": 1, "total": 1}
