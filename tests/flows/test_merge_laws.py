"""Laws of comparing and merging graphs, for any graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.diff import diff
from flows.diff_words import sentences
from flows.graph import Graph, behaviour_hash, content_hash, parse
from flows.merge import Choice, Merged, merge
from flows.program import upgraded
from tests.flows.test_laws import graphs

TEXTS = st.sampled_from(["Hello.", "Good day.", ""])
PLACES = st.builds(lambda x, y: {"x": x, "y": y}, st.integers(0, 2), st.integers(0, 2))


@st.composite
def drafts(draw: st.DrawFn) -> Graph:
    drawn = draw(graphs())
    ids = [node["id"] for node in drawn["nodes"]]
    drawn["layout"] = {id_: draw(PLACES) for id_ in ids}
    at = st.sampled_from([*ids, ""])
    notes = st.builds(lambda node, text: {"node": node, "text": text}, at, TEXTS)
    drawn["notes"] = draw(st.lists(notes, max_size=3))
    return upgraded(parse(drawn))


@st.composite
def edited(draw: st.DrawFn, graph: Graph, who: str) -> Graph:
    """A graph after up to six edits; ids of what is added are the editor's own."""
    for number in range(draw(st.integers(0, 6))):
        graph = draw(st.sampled_from(EDITS))(draw, graph, f"{who}{number}")
    return graph


def _some(draw: st.DrawFn, graph: Graph) -> str:
    return draw(st.sampled_from(sorted(graph.nodes) or ["none"]))


def reword(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    id_ = _some(draw, graph)
    if id_ not in graph.nodes:
        return graph
    node = replace(graph.nodes[id_], settings={**graph.nodes[id_].settings, "say": draw(TEXTS)})
    return replace(graph, nodes={**graph.nodes, id_: node}, compiled={})


def rename(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    id_ = _some(draw, graph)
    if id_ not in graph.nodes:
        return graph
    node = replace(graph.nodes[id_], name=draw(TEXTS))
    return replace(graph, nodes={**graph.nodes, id_: node}, compiled={})


def remove(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    id_ = _some(draw, graph)
    return replace(
        graph,
        entry=None if graph.entry == id_ else graph.entry,
        nodes={key: node for key, node in graph.nodes.items() if key != id_},
        connections=tuple(c for c in graph.connections if id_ not in (c.from_node, c.to_node)),
        layout={key: place for key, place in graph.layout.items() if key != id_},
        notes=tuple(note for note in graph.notes if note["node"] != id_),
        compiled={},
    )


def add(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    node = replace(next(iter(parse(ONE).nodes.values())), id=new, name=draw(TEXTS))
    layout = {**graph.layout, new: draw(PLACES)}
    return replace(graph, nodes={**graph.nodes, new: node}, layout=layout, compiled={})


def wire(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    if not graph.connections:
        return graph
    at = draw(st.integers(0, len(graph.connections) - 1))
    moved = replace(graph.connections[at], to_node=_some(draw, graph))
    wires = (*graph.connections[:at], moved, *graph.connections[at + 1 :])
    return replace(graph, connections=wires, compiled={})


def move(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    id_ = _some(draw, graph)
    return replace(graph, layout={**graph.layout, id_: draw(PLACES)}, compiled={})


def write(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    note = {"node": draw(st.sampled_from([_some(draw, graph), ""])), "text": draw(TEXTS)}
    return replace(graph, notes=(*graph.notes, note), compiled={})


def begin(draw: st.DrawFn, graph: Graph, new: str) -> Graph:
    return replace(graph, entry=_some(draw, graph), compiled={})


ONE = {"nodes": [{"id": "x", "type": "greeting", "settings": {"say": "New."}}]}
EDITS: list[Any] = [reword, rename, remove, add, wire, move, write, begin]


@st.composite
def trios(draw: st.DrawFn) -> tuple[Graph, Graph, Graph]:
    base = draw(drafts())
    return base, draw(edited(base, "a")), draw(edited(base, "b"))


def is_graph(found: Merged, wanted: Graph) -> bool:
    return not found.conflicts and content_hash(found.graph) == content_hash(wanted)


@settings(deadline=None, max_examples=60)
@given(trios())
def test_what_one_side_did_is_the_result(drawn: tuple[Graph, Graph, Graph]) -> None:
    base, one, _ = drawn
    assert is_graph(merge(base, one, base), one)
    assert is_graph(merge(base, base, one), one)
    assert is_graph(merge(base, one, one), one)


@settings(deadline=None, max_examples=60)
@given(trios())
def test_it_does_not_matter_who_saved_first(drawn: tuple[Graph, Graph, Graph]) -> None:
    base, one, two = drawn
    first, second = merge(base, one, two), merge(base, two, one)
    assert first.conflicts == second.conflicts
    # Of two places of one box the saved one counts: that alone depends on the order.
    if not first.conflicts:
        assert same_but_for_places(first.graph, second.graph)


def same_but_for_places(one: Graph, other: Graph) -> bool:
    return content_hash(replace(one, layout={})) == content_hash(replace(other, layout={}))


@settings(deadline=None, max_examples=60)
@given(trios())
def test_no_applet_is_lost_that_one_side_alone_touched(drawn: tuple[Graph, Graph, Graph]) -> None:
    base, one, two = drawn
    found = merge(base, one, two)
    asked = {conflict.name for conflict in found.conflicts}
    for id_ in {*base.nodes, *one.nodes, *two.nodes} - asked:
        before, first, second = (graph.nodes.get(id_) for graph in (base, one, two))
        wanted = second if first == before else first
        assert found.graph.nodes.get(id_) == wanted


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_choosing_settles_every_conflict(data: st.DataObject) -> None:
    base, one, two = data.draw(trios())
    sides: st.SearchStrategy[Choice] = st.sampled_from(["mine", "theirs"])
    choices = {conflict.key: data.draw(sides) for conflict in merge(base, one, two).conflicts}
    found = merge(base, one, two, choices)
    assert found.conflicts == ()
    for key, choice in choices.items():
        kind, _, name = key.partition(":")
        if kind == "applet":
            side = two if choice == "mine" else one
            assert found.graph.nodes.get(name) == side.nodes.get(name)


@settings(deadline=None, max_examples=60)
@given(trios())
def test_graphs_differ_where_their_behaviour_does(drawn: tuple[Graph, Graph, Graph]) -> None:
    _, one, two = drawn
    changes = diff(one, two)
    assert not diff(one, one)
    if behaviour_hash(one) == behaviour_hash(two):
        assert not changes
    if changes:
        assert behaviour_hash(one) != behaviour_hash(two)
        assert sentences(changes)


@settings(deadline=None, max_examples=60)
@given(trios())
def test_a_difference_is_the_same_one_from_both_sides(drawn: tuple[Graph, Graph, Graph]) -> None:
    _, one, two = drawn
    there, back = diff(one, two), diff(two, one)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(c.node, c.kind) for c in there.applets} == {
        (c.node, turned[c.kind]) for c in back.applets
    }
    assert len(there.connections) == len(back.connections)
    assert len(there.starts) == len(back.starts)
