"""Versions through the API: listed, read, compared, taken back, and flows put away and copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Role
from calls.models import PhoneNumber
from dlt.models import ContentTemplate
from flows.models import Flow, FlowTemplateUse, FlowVersion
from tests.builders import build_entity, build_header, build_template
from tests.flows.drawing import graph, greeting, hangup, menu, missed_call, node
from tests.flows.test_flows_api import read, save, send


@pytest.fixture(autouse=True)
def _registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client) -> Any:
    return send(api, "post", "flows", {"name": "Support line", "graph": missed_call()}, 201)


def publish(api: Client, flow: Any, note: str = "") -> Any:
    return send(api, "post", f"flows/{flow['id']}/publish", {"note": note}, 200)


def redraw(api: Client, flow: Any, drawn: object) -> Any:
    base = read(api, f"flows/{flow['id']}")["draft"]["hash"]
    return save(api, flow, drawn, base)


def reworded() -> dict[str, Any]:
    drawn = missed_call()
    drawn["nodes"][0]["settings"]["say"] = "Namaste."
    return drawn


@pytest.fixture
def two(api: Client, flow: Any) -> Any:
    """A flow of two versions; the draft is the second."""
    publish(api, flow, "First")
    redraw(api, flow, reworded())
    publish(api, flow, "Friendlier")
    return flow


REWORDED = "“n1”: Text to say changed from “Welcome to Acme.” to “Namaste.”"


def test_versions_tell_what_changed_who_did_it_and_which_is_live(
    client_of: Callable[..., Client], editor: Any, two: Any
) -> None:
    client = client_of(editor)
    redraw(client, two, graph(greeting("n1")))
    publish(client, two, "Shorter")
    newest, middle, first = read(client, f"flows/{two['id']}/versions")["versions"]
    assert (newest["number"], newest["note"], newest["live"]) == (3, "Shorter", True)
    assert newest["published_by"] == editor.name
    assert "Removed Connect “Sales”." in newest["changes"]["sentences"]
    assert middle["changes"] == {"count": 1, "sentences": [REWORDED]}
    assert not middle["live"]
    assert first["changes"]["sentences"] == ["The first version, with 4 applets."]
    assert first["calls"] == {"running": 0, "total": 0}


def test_a_version_is_read_with_its_graph(api: Client, two: Any) -> None:
    shown = read(api, f"flows/{two['id']}/versions/1")
    assert shown["graph"]["nodes"][0]["settings"]["say"] == "Welcome to Acme."
    assert (shown["number"], shown["note"], shown["live"]) == (1, "First", False)
    read(api, f"flows/{two['id']}/versions/3", 404)
    read(api, f"flows/{two['id']}/versions/{2**70}", 404)


def test_versions_come_in_pages(api: Client, flow: Any) -> None:
    row = Flow.objects.get()
    FlowVersion.objects.bulk_create(
        FlowVersion(flow=row, number=n, graph={}, graph_hash="", published=row.created)
        for n in range(1, 103)
    )
    first = read(api, f"flows/{flow['id']}/versions")
    assert (len(first["versions"]), first["next"]) == (100, "3")
    rest = read(api, f"flows/{flow['id']}/versions?cursor={first['next']}")
    assert [version["number"] for version in rest["versions"]] == [2, 1]
    assert rest["next"] is None


def test_two_graphs_are_compared(api: Client, two: Any) -> None:
    path = f"flows/{two['id']}/diff"
    found = read(api, f"{path}?from=1&to=2")
    assert found["sentences"] == [REWORDED]
    (applet,) = found["applets"]
    assert (applet["node"], applet["kind"]) == ("n1", "changed")
    assert applet["settings"][0]["new"] == "Namaste."
    assert read(api, f"{path}?from=2&to=1")["applets"][0]["settings"][0]["old"] == "Namaste."
    assert read(api, path) == {
        "from": "live",
        "to": "draft",
        "same": True,
        "sentences": [],
        "applets": [],
        "connections": [],
        "starts": [],
        "other": False,
    }
    for wrong in ("3", "0", "-1", "x", "%C2%B2", "9" * 19):
        read(api, f"{path}?from={wrong}", 404)
    read(api, f"{path}?from={'9' * 30}", 400)


def test_nothing_is_compared_with_a_live_version_there_is_not(api: Client, flow: Any) -> None:
    assert read(api, f"flows/{flow['id']}/diff", 422)["error"]["code"] == "flows.not_published"


def test_moving_boxes_and_writing_notes_is_no_difference(api: Client, two: Any) -> None:
    notes = [{"node": "n1", "text": "Recorded in May"}]
    redraw(api, two, {**reworded(), "layout": {"n1": {"x": 9, "y": 9}}, "notes": notes})
    assert read(api, f"flows/{two['id']}/diff")["same"]


def told(api: Client, flow: Any, before: object, after: object) -> list[str]:
    redraw(api, flow, before)
    publish(api, flow)
    redraw(api, flow, after)
    found: list[str] = read(api, f"flows/{flow['id']}/diff")["sentences"]
    return found


def test_every_kind_of_change_has_its_sentence(api: Client, flow: Any) -> None:
    before = graph(
        menu("m", "1", "2"),
        node("g", "greeting", "Bye", say="Bye."),
        hangup("h"),
        ways="m.1>g m.2>h m.no_input>h m.no_match>h g.next>h",
    )
    after = graph(
        menu("m", "1", "2", "3", timeout_seconds=9, language="hi-IN"),
        node("g", "greeting", "Farewell", say="Bye."),
        node("h", "greeting", say="Please call again."),
        hangup("k"),
        ways="m.1>h m.3>g m.no_input>h m.no_match>h g.next>h h.next>k",
    )
    after["entry"] = "g"
    assert told(api, flow, before, after) == [
        "“Bye” is now called “Farewell”.",
        "“h” is now of the type Greeting instead of Hangup.",
        "“h”: Text to say set to “Please call again.”",
        "Added Hangup “k”.",
        "“m”: Language changed from “English (India)” to “Hindi”.",
        "“m”: Keys changed from “1 Key 1, 2 Key 2” to “1 Key 1, 2 Key 2, 3 Key 3”.",
        "“m”: Wait for a key (seconds) changed from “5” to “9”.",
        "Calls now start at “Farewell” instead of “m”.",
        "“h”: “Next” now leads to “k”.",
        "“m”: “1 Key 1” leads to “h” instead of “Farewell”.",
        "“m”: “2 Key 2” no longer leads to “h”.",
        "“m”: “3 Key 3” now leads to “Farewell”.",
    ]


def test_long_texts_are_told_from_where_they_differ(api: Client, flow: Any) -> None:
    text = "You have reached the help desk of Acme Retail. " * 3
    one, two = graph(greeting("a", text + "We are open.")), graph(greeting("a", text + "Closed."))
    (line,) = told(api, flow, one, two)
    assert line.startswith(
        "“a”: Text to say changed from “…lp desk of Acme Retail. We are open.” to"
    )
    assert line.endswith("“…lp desk of Acme Retail. Closed.”")


def test_an_old_version_becomes_the_draft(api: Client, two: Any) -> None:
    path = f"flows/{two['id']}/versions/1/restore"
    error = send(api, "post", path, {"base_hash": "0" * 64}, 409)["error"]
    assert error["code"] == "flows.stale_draft"
    shown = send(api, "post", path, {}, 200)
    assert shown["draft"]["graph"]["nodes"][0]["settings"]["say"] == "Welcome to Acme."
    assert (shown["live"]["number"], shown["draft_differs"]) == (2, True)
    assert AuditEvent.objects.filter(action="flow.restored").count() == 1
    send(api, "post", f"flows/{two['id']}/versions/9/restore", {}, 404)


def test_an_old_version_goes_live_again_in_one_step(api: Client, two: Any) -> None:
    redraw(api, two, graph(greeting("n1", "Half drawn")))
    version = send(api, "post", f"flows/{two['id']}/versions/1/publish", {}, 200)
    assert (version["number"], version["note"]) == (3, "Back to version 1")
    assert version["changes"]["sentences"] == [
        "“n1”: Text to say changed from “Namaste.” to “Welcome to Acme.”"
    ]
    # What somebody was drawing is still there.
    draft = read(api, f"flows/{two['id']}")["draft"]["graph"]
    assert draft["nodes"][0]["settings"]["say"] == "Half drawn"
    again = send(api, "post", f"flows/{two['id']}/versions/1/publish", {"note": "Twice"}, 200)
    assert again["number"] == 3


def test_going_back_passes_the_same_gate(api: Client, account: Account, two: Any) -> None:
    ContentTemplate.objects.for_account(account).update(state="suspended_usage")
    error = send(api, "post", f"flows/{two['id']}/versions/1/publish", {}, 422)["error"]
    assert error["code"] == "flows.not_publishable"
    assert read(api, f"flows/{two['id']}")["live"]["number"] == 2


def test_a_flow_is_copied(api: Client, two: Any) -> None:
    copy = send(api, "post", f"flows/{two['id']}/duplicate", {}, 201)
    assert (copy["name"], copy["live"], copy["numbers"]) == ("Copy of Support line", None, [])
    assert copy["draft"]["graph"] == read(api, f"flows/{two['id']}")["draft"]["graph"]
    again = send(api, "post", f"flows/{two['id']}/duplicate", {}, 201)
    assert again["name"] == "Copy of Support line (2)"
    named = send(api, "post", f"flows/{two['id']}/duplicate", {"name": "Night line"}, 201)
    assert named["name"] == "Night line"
    error = send(api, "post", f"flows/{two['id']}/duplicate", {"name": "Night line"}, 422)["error"]
    assert error["code"] == "flows.name_taken"


def test_a_long_name_still_has_a_copy(api: Client) -> None:
    flow = send(api, "post", "flows", {"name": "x" * 100}, 201)
    names = [send(api, "post", f"flows/{flow['id']}/duplicate", {}, 201)["name"] for _ in range(2)]
    assert [len(name) for name in names] == [100, 100]
    assert names[1].endswith("x (2)")


def test_a_flow_comes_back_from_the_archive(api: Client, two: Any) -> None:
    send(api, "delete", f"flows/{two['id']}", {}, 204)
    assert FlowTemplateUse.objects.count() == 0
    (listed,) = read(api, "flows?archived=true")["flows"]
    assert listed["id"] == two["id"]
    other = send(api, "post", "flows", {"name": "Support line"}, 201)
    path = f"flows/{two['id']}/bring-back"
    assert send(api, "post", path, {}, 422)["error"]["code"] == "flows.name_taken"
    back = send(api, "post", path, {"name": "Old support line"}, 200)
    assert (back["name"], back["live"]["number"]) == ("Old support line", 2)
    assert set(FlowTemplateUse.objects.values_list("live", flat=True)) == {True, False}
    assert read(api, "flows?archived=true")["flows"] == []
    send(api, "post", path, {}, 404)
    send(api, "post", f"flows/{other['id']}/bring-back", {}, 404)


def test_a_flow_that_calls_are_transferred_to_stays(api: Client, account: Account) -> None:
    night = send(api, "post", "flows", {"name": "Night line", "graph": graph(hangup("h"))}, 201)
    drawn = graph(node("t", "transfer", flow=night["id"]))
    day = send(api, "post", "flows", {"name": "Day line", "graph": drawn}, 201)
    # Only what calls run counts.
    send(api, "delete", f"flows/{night['id']}", {}, 204)
    send(api, "post", f"flows/{night['id']}/bring-back", {}, 200)
    row = Flow.objects.get(sid=day["id"])
    row.live = FlowVersion.objects.create(
        flow=row, number=1, graph=drawn, graph_hash="x", published=row.created
    )
    row.save()
    error = send(api, "delete", f"flows/{night['id']}", {}, 409)["error"]
    assert error["code"] == "flows.transferred_to"
    assert "“Day line”" in error["message"]
    send(api, "delete", f"flows/{day['id']}", {}, 204)
    send(api, "delete", f"flows/{night['id']}", {}, 204)


def test_versions_of_others_do_not_exist(
    api_of: Callable[..., Client], other_account: Account, two: Any
) -> None:
    stranger = api_of(other_account)
    path = f"flows/{two['id']}"
    for door in ("versions", "versions/1", "diff?from=1&to=2"):
        read(stranger, f"{path}/{door}", 404)
    for door in ("versions/1/restore", "versions/1/publish", "duplicate", "bring-back"):
        send(stranger, "post", f"{path}/{door}", {}, 404)


def test_viewers_compare_but_take_nothing_back(
    api_of: Callable[..., Client], account: Account, two: Any
) -> None:
    viewer = api_of(account, Role.VIEWER)
    path = f"flows/{two['id']}"
    assert read(viewer, f"{path}/diff?from=1&to=2")["sentences"] == [REWORDED]
    for door in ("versions/1/restore", "versions/1/publish", "duplicate", "bring-back"):
        send(viewer, "post", f"{path}/{door}", {}, 403)


def test_a_number_keeps_a_flow_out_of_the_archive(api: Client, account: Account, two: Any) -> None:
    PhoneNumber.objects.create(account=account, e164="+914412345678", flow=Flow.objects.get())
    error = send(api, "delete", f"flows/{two['id']}", {}, 409)["error"]
    assert error["code"] == "flows.in_use"


def test_flows_that_settings_name_are_told_by_their_name(api: Client, flow: Any) -> None:
    night = send(api, "post", "flows", {"name": "Night line", "graph": graph(hangup("h"))}, 201)
    send(api, "post", f"flows/{night['id']}/publish", {}, 200)
    before, mine = (graph(node("t", "transfer", flow=sid)) for sid in ("flwx", "flwy"))
    theirs = graph(node("t", "transfer", flow=night["id"]))
    base = redraw(api, flow, before)["hash"]
    save(api, flow, theirs, base)
    body = {"graph": mine, "base_hash": base, "base": before}
    error = send(api, "put", f"flows/{flow['id']}/draft", body, 409)["error"]
    (row,) = error["context"]["conflicts"][0]["rows"]
    assert (row["mine"], row["theirs"]) == ("flwy", "Night line")
    assert told(api, flow, theirs, graph(node("t", "transfer"))) == [
        "“t”: Flow emptied; it was “Night line”."
    ]
