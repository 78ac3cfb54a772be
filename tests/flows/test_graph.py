"""The wire format: nothing drawn is lost, nothing that is no graph gets in."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.graph import (
    GraphTooLarge,
    NotAGraph,
    behaviour_hash,
    content_hash,
    dump,
    export,
    parse,
)
from flows.program import upgraded
from tests.flows.drawing import graph, greeting, missed_call, node, sms

UNFINISHED: dict[str, Any] = {
    "schema": 1,
    "entry": "gone",
    "nodes": [
        {
            "id": "n2",
            "type": "teleport",
            "settings": {"where": {"deep": [1, None]}},
            "colour": "red",
        },
        {"id": "n1", "type": "sms", "version": 1, "name": "Über", "settings": {"colour": 1}},
    ],
    "connections": [{"from": "n9", "port": "no such", "to": "n8", "label": "x"}],
    "layout": {"n1": {"x": 1.5, "y": -3, "w": 10}},
    "notes": [{"node": "n1", "text": "why"}],
    "groups": ["kept"],
}


def test_nothing_a_user_drew_is_lost() -> None:
    kept = dump(parse(UNFINISHED))
    assert kept["groups"] == ["kept"]
    assert kept["layout"] == {"n1": {"x": 1.5, "y": -3, "w": 10}}
    assert kept["notes"] == [{"node": "n1", "text": "why"}]
    assert kept["connections"] == [{"from": "n9", "port": "no such", "to": "n8", "label": "x"}]
    assert [n["id"] for n in kept["nodes"]] == ["n1", "n2"]
    assert kept["nodes"][1]["settings"] == {"where": {"deep": [1, None]}}
    assert kept["nodes"][1]["colour"] == "red"
    assert dump(parse(kept)) == kept


def test_the_order_of_keys_and_rows_changes_no_hash() -> None:
    drawn = missed_call()
    shuffled = {
        "connections": drawn["connections"][::-1],
        "nodes": [dict(reversed(item.items())) for item in reversed(drawn["nodes"])],
        "entry": drawn["entry"],
        "schema": 1,
    }
    assert content_hash(parse(shuffled)) == content_hash(parse(drawn))
    assert export(parse(shuffled)) == export(parse(drawn))


def test_moving_a_box_changes_no_behaviour() -> None:
    drawn, moved = missed_call(), missed_call()
    moved["layout"] = {"n1": {"x": 10, "y": 20}}
    moved["notes"] = [{"node": "n1", "text": "moved"}]
    assert content_hash(parse(moved)) != content_hash(parse(drawn))
    assert behaviour_hash(parse(moved)) == behaviour_hash(parse(drawn))


def test_another_setting_is_another_behaviour() -> None:
    changed = missed_call()
    changed["nodes"][0]["settings"]["say"] = "Namaste."
    assert behaviour_hash(parse(changed)) != behaviour_hash(parse(missed_call()))


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def with_node(**fields: Any) -> dict[str, Any]:
    return {"nodes": [{"id": "a", "type": "sms", **fields}]}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "the value"),
        (None, "the value"),
        ("{}", "the value"),
        ({"schema": 2}, "schema"),
        ({"schema": True}, "schema"),
        ({"nodes": {}}, "nodes"),
        ({"nodes": [1]}, "nodes[0]"),
        ({"nodes": [{"type": "sms"}]}, "nodes[0].id"),
        ({"nodes": [{"id": 1, "type": "sms"}]}, "nodes[0].id"),
        ({"nodes": [{"id": "", "type": "sms"}]}, "nodes[0].id"),
        ({"nodes": [{"id": "x" * 65, "type": "sms"}]}, "nodes[0].id"),
        ({"nodes": [{"id": "a"}]}, "nodes[0].type"),
        (with_node(settings=[]), "nodes[0].settings"),
        (with_node(version="1"), "nodes[0].version"),
        (with_node(version=0), "nodes[0].version"),
        (with_node(version=True), "nodes[0].version"),
        (with_node(name=7), "nodes[0].name"),
        (with_node(name="x" * 101), "nodes[0].name"),
        ({"nodes": [{"id": "a", "type": "x"}, {"id": "a", "type": "y"}]}, "nodes[1].id"),
        ({"entry": 3}, "entry"),
        ({"connections": "a>b"}, "connections"),
        ({"connections": [{"from": "a", "port": "p"}]}, "connections[0].to"),
        ({"connections": [{"from": "a", "port": 1, "to": "b"}]}, "connections[0].port"),
        ({"layout": []}, "layout"),
        ({"layout": {"a": 3}}, "layout.a"),
        ({"layout": {"a": {"x": "1", "y": 2}}}, "layout.a"),
        ({"notes": [3]}, "notes[0]"),
        ({"notes": [{"node": "a", "text": "x" * 2001}]}, "notes[0].text"),
        (with_node(settings={"__proto__": 1}), "nodes[0].settings"),
        (with_node(settings={"a": float("nan")}), "nodes[0].settings.a"),
        (with_node(settings={"a": float("inf")}), "nodes[0].settings.a"),
        (with_node(settings={"a": 2**63}), "nodes[0].settings.a"),
        (with_node(settings={"a": "x\0y"}), "nodes[0].settings.a"),
        (with_node(settings={"a": "\ud800"}), "nodes[0].settings.a"),
        (with_node(settings={"a\0": 1}), "nodes[0].settings"),
        (with_node(settings={"a": deep(30)}), "nodes[0].settings.a"),
        ({"entry": "a\0"}, "entry"),
    ],
)
def test_what_is_no_graph_is_refused_with_its_place(data: object, path: str) -> None:
    with pytest.raises(NotAGraph) as refusal:
        parse(data)
    assert str(refusal.value.context["path"]).startswith(path)
    assert str(refusal.value).startswith(f"This is not a flow: {path}")


@pytest.mark.parametrize(
    ("key", "count", "limit"),
    [("nodes", 5_000, 1_000), ("connections", 10_001, 10_000), ("notes", 2_001, 2_000)],
)
def test_a_graph_beyond_the_limits_is_refused_naming_them(key: str, count: int, limit: int) -> None:
    with pytest.raises(GraphTooLarge) as refusal:
        parse({key: [{"id": str(i), "type": "sms"} for i in range(count)]})
    assert refusal.value.context["limit"] == limit


def test_a_thousand_nodes_are_a_graph() -> None:
    nodes = [greeting(f"n{i}") for i in range(1_000)]
    assert len(parse(graph(*nodes)).nodes) == 1_000


def test_a_long_key_over_a_long_list_costs_no_memory() -> None:
    data = with_node(settings={"k" * 200_000: [0] * 50_000 + [float("nan")]})
    with pytest.raises(NotAGraph) as refusal:
        parse(data)
    assert len(str(refusal.value)) < 1_000


def test_settings_of_an_older_version_are_upgraded_on_load(monkeypatch: pytest.MonkeyPatch) -> None:
    from applets import registry

    applet = type(registry.get("greeting"))

    def upgrade(self: object, raw: dict[str, Any], from_version: int) -> dict[str, Any]:
        assert from_version == 1
        return {"say": raw["text"]}

    monkeypatch.setattr(applet, "version", 2)
    monkeypatch.setattr(applet, "upgrade", upgrade)
    old = parse(graph(node("a", "greeting", text="Hi"), node("b", "greeting", other="?"), sms("c")))
    new = upgraded(old)
    assert dump(new)["nodes"][0] == {
        "id": "a",
        "type": "greeting",
        "version": 2,
        "name": "",
        "settings": {"say": "Hi"},
    }
    # What no version ever wrote is kept for the issues to name.
    assert dump(new)["nodes"][1]["settings"] == {"other": "?"}
    assert dump(new)["nodes"][2] == dump(old)["nodes"][2]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["schema", "entry", "nodes", "id", "type", "from", "to", "port", "x", "y"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(missed_call() | {"layout": 0}, values)))
def test_any_json_is_a_graph_or_refused(data: dict[str, Any]) -> None:
    """Law: whatever comes in is read, and then written the same for ever, or refused in our words."""
    before = copy.deepcopy(data)
    try:
        parsed = parse(data)
    except (NotAGraph, GraphTooLarge) as refusal:
        assert str(refusal)
        return
    written = dump(parsed)
    assert dump(parse(json.loads(json.dumps(written)))) == written
    assert repr(data) == repr(before)
