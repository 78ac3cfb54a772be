"""Two people at one draft: what can be merged is, the rest is asked, and nothing is overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from flows.models import Flow
from tests.flows.drawing import graph, greeting, hangup, menu, node
from tests.flows.test_flows_api import read, send


def drawn(**says: str) -> dict[str, Any]:
    """A menu with two greetings; ``says`` rewords them."""
    return graph(
        menu("m", "1", "2"),
        greeting("a", says.get("a", "One.")),
        greeting("b", says.get("b", "Two.")),
        hangup("h"),
        ways="m.1>a m.2>b a.next>h b.next>h",
    )


@pytest.fixture
def flow(api: Client) -> Any:
    return send(api, "post", "flows", {"name": "Support line", "graph": drawn()}, 201)


def put(api: Client, flow: Any, mine: object, status: int = 200, /, **more: object) -> Any:
    """Save as a window does that was opened when ``flow`` was read."""
    draft = flow["draft"]
    body = {"graph": mine, "base_hash": draft["hash"], "base": draft["graph"], **more}
    return send(api, "put", f"flows/{flow['id']}/draft", body, status)


def stored(api: Client, flow: Any) -> dict[str, Any]:
    draft = read(api, f"flows/{flow['id']}")["draft"]["graph"]
    return {node["id"]: node for node in draft["nodes"]}


def test_changes_to_different_applets_are_merged(api: Client, flow: Any) -> None:
    first = put(api, flow, drawn(a="Namaste."))
    assert not first["merged"]
    second = put(api, flow, drawn(b="Vanakkam."))
    assert second["merged"]
    assert second["merged_with"] == "key editor tests"
    says = {id_: stored(api, flow)[id_]["settings"]["say"] for id_ in ("a", "b")}
    assert says == {"a": "Namaste.", "b": "Vanakkam."}
    assert second["hash"] == read(api, f"flows/{flow['id']}")["draft"]["hash"]
    assert second["graph"]["nodes"] == read(api, f"flows/{flow['id']}")["draft"]["graph"]["nodes"]


def test_changes_to_different_ports_of_one_applet_are_merged(api: Client, flow: Any) -> None:
    one, two = drawn(), drawn()
    one["connections"].append({"from": "m", "port": "no_input", "to": "h"})
    two["connections"].append({"from": "m", "port": "no_match", "to": "h"})
    put(api, flow, one)
    merged = put(api, flow, two)["graph"]["connections"]
    assert {"no_input", "no_match"} <= {wire["port"] for wire in merged}


def test_the_same_applet_is_shown_from_both_sides(api: Client, flow: Any) -> None:
    theirs = put(api, flow, drawn(a="Theirs."))
    error = put(api, flow, drawn(a="Mine.", b="Mine too."), 409)["error"]
    assert error["code"] == "flows.draft_conflict"
    context = error["context"]
    assert (context["hash"], context["updated_by"]) == (theirs["hash"], "key editor tests")
    assert context["conflicts"] == [
        {
            "key": "applet:a",
            "kind": "applet",
            "node": "a",
            "name": "a",
            "rows": [{"title": "Text to say", "mine": "Mine.", "theirs": "Theirs."}],
        }
    ]
    assert stored(api, flow)["a"]["settings"]["say"] == "Theirs."


@pytest.mark.parametrize(("choice", "says"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_a_choice_settles_it(api: Client, flow: Any, choice: str, says: str) -> None:
    theirs = put(api, flow, drawn(a="Theirs."))
    settled = {"theirs_hash": theirs["hash"], "choices": {"applet:a": choice}}
    put(api, flow, drawn(a="Mine.", b="Mine too."), **settled)
    found = {id_: stored(api, flow)[id_]["settings"]["say"] for id_ in ("a", "b")}
    assert found == {"a": says, "b": "Mine too."}


def test_a_choice_made_looking_at_an_older_draft_does_not_count(api: Client, flow: Any) -> None:
    seen = put(api, flow, drawn(a="Theirs."))
    put(api, {**flow, "draft": read(api, f"flows/{flow['id']}")["draft"]}, drawn(a="Newer."))
    settled = {"theirs_hash": seen["hash"], "choices": {"applet:a": "mine"}}
    error = put(api, flow, drawn(a="Mine."), 409, **settled)["error"]
    assert error["context"]["conflicts"][0]["rows"][0]["theirs"] == "Newer."
    assert stored(api, flow)["a"]["settings"]["say"] == "Newer."


def without(name: str) -> dict[str, Any]:
    left = drawn()
    left["nodes"] = [node for node in left["nodes"] if node["id"] != name]
    ways = left["connections"]
    left["connections"] = [way for way in ways if name not in (way["from"], way["to"])]
    return left


def test_what_one_removes_and_the_other_changes_is_asked(api: Client, flow: Any) -> None:
    theirs = put(api, flow, without("a"))
    error = put(api, flow, drawn(a="Mine."), 409)["error"]
    (conflict,) = error["context"]["conflicts"]
    assert conflict["rows"] == [{"title": "Applet", "mine": "Kept", "theirs": "Removed"}]
    settled = {"theirs_hash": theirs["hash"], "choices": {"applet:a": "mine"}}
    back = put(api, flow, drawn(a="Mine."), **settled)["graph"]
    assert back["connections"] == sorted(
        drawn()["connections"], key=lambda way: (way["from"], way["port"])
    )
    assert stored(api, flow)["a"]["settings"]["say"] == "Mine."


def test_what_one_removes_and_the_other_leads_to_is_asked(api: Client, flow: Any) -> None:
    theirs = put(api, flow, without("a"))
    mine = drawn()
    mine["connections"].append({"from": "m", "port": "no_input", "to": "a"})
    error = put(api, flow, mine, 409)["error"]
    assert [conflict["key"] for conflict in error["context"]["conflicts"]] == ["applet:a"]
    settled = {"theirs_hash": theirs["hash"], "choices": {"applet:a": "theirs"}}
    found = put(api, flow, mine, **settled)["graph"]
    assert not [way for way in found["connections"] if "a" in (way["from"], way["to"])]


def test_one_port_led_to_two_places_is_asked(api: Client, flow: Any) -> None:
    one, two = drawn(), drawn()
    one["connections"][0]["to"], two["connections"][0]["to"] = "b", "h"
    put(api, flow, one)
    (conflict,) = put(api, flow, two, 409)["error"]["context"]["conflicts"]
    assert conflict["key"] == "applet:m"
    assert conflict["rows"] == [{"title": "“1 Key 1” leads to", "mine": "h", "theirs": "b"}]


def test_two_starts_are_asked(api: Client, flow: Any) -> None:
    theirs = put(api, flow, {**drawn(), "entry": "a"})
    mine = {**drawn(), "entry": "b"}
    (conflict,) = put(api, flow, mine, 409)["error"]["context"]["conflicts"]
    assert conflict["rows"] == [{"title": "Calls start at", "mine": "b", "theirs": "a"}]
    settled = {"theirs_hash": theirs["hash"], "choices": {conflict["key"]: "mine"}}
    assert put(api, flow, mine, **settled)["graph"]["entry"] == "b"


def test_new_applets_of_one_id_both_stay(api: Client, flow: Any) -> None:
    """Two windows count on from the same number."""
    one, two = drawn(), drawn()
    one["nodes"].append(greeting("n1", "Theirs."))
    two["nodes"] += [
        greeting("n1", "Mine."),
        node("n2", "greeting", say="Again: ${{ nodes.n1.text }}"),
    ]
    two["connections"].append({"from": "m", "port": "no_input", "to": "n1"})
    two["layout"] = {"n1": {"x": 5, "y": 5}}
    put(api, flow, one)
    found = put(api, flow, two)
    assert found["renamed"] == {"n1": "n3"}
    says = {id_: stored(api, flow)[id_]["settings"]["say"] for id_ in ("n1", "n2", "n3")}
    assert says == {"n1": "Theirs.", "n2": "Again: ${{ nodes.n3.text }}", "n3": "Mine."}
    assert {"from": "m", "port": "no_input", "to": "n3"} in found["graph"]["connections"]
    assert found["graph"]["layout"]["n3"] == {"x": 5, "y": 5}


def test_without_the_graph_it_began_from_nothing_is_merged(api: Client, flow: Any) -> None:
    put(api, flow, drawn(a="Theirs."))
    error = put(api, flow, drawn(b="Mine."), 409, base=None)["error"]
    assert error["code"] == "flows.stale_draft"


def test_a_base_that_is_no_graph_is_refused(api: Client, flow: Any) -> None:
    put(api, flow, drawn(a="Theirs."))
    wrong: list[object] = [[], {"nodes": 1}, "x"]
    for base in wrong:
        error = put(api, flow, drawn(b="Mine."), 422, base=base)["error"]
        assert error["code"] == "flows.not_a_graph"
    assert put(api, flow, drawn(b="Mine."), 400, choices={"applet:a": "both"})


def test_a_merge_that_grows_too_large_is_refused(api: Client) -> None:
    half = [hangup(f"x{number}") for number in range(500)]
    flow = send(api, "post", "flows", {"name": "Large", "graph": graph(*half)}, 201)
    put(api, flow, graph(*half, *(hangup(f"y{number}") for number in range(300))))
    error = put(api, flow, graph(*half, *(hangup(f"z{number}") for number in range(300))), 422)
    assert error["error"]["code"] == "flows.too_large"
    assert len(Flow.objects.get().draft["nodes"]) == 800


def test_a_repeated_merge_changes_nothing(api: Client, flow: Any) -> None:
    put(api, flow, drawn(a="Namaste."))
    first = put(api, flow, drawn(b="Vanakkam."))
    again = put(api, flow, drawn(b="Vanakkam."))
    assert again["hash"] == first["hash"]
