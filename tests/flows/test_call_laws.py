"""Laws of calls: whatever is drawn, and whatever happens, a call ends and can be retraced."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from applets import registry
from applets.events import (
    CallStarted,
    DialEnded,
    DigitsGathered,
    Event,
    Fetched,
    FlowEntered,
    HungUp,
    PromptFinished,
    Recorded,
)
from flows.engine import MOST_STEPS, UnexpectedEvent, advance
from flows.graph import ENTRY_KINDS, Graph, parse
from flows.program import placed, port_names
from flows.state import State
from flows.turn import Step, Turn
from tests.applets.playing import CALL, NOW

CASES = Path(__file__).resolve().parents[1] / "cases" / "applets"
JSON_ANSWERS = st.sampled_from([None, {}, {"phone": "+919812345678", "select": "a"}, [1], "text"])

EVENTS: dict[str, st.SearchStrategy[Event]] = {
    "digits": st.builds(DigitsGathered, st.text("0123456789*#", max_size=6)),
    "dial_ended": st.builds(
        DialEnded,
        st.sampled_from(["answered", "no_answer", "busy", "failed"]),
        st.sampled_from([0, 42]),
        st.sampled_from(["", "+919812345678", "agent@example.com"]),
    ),
    "recorded": st.builds(
        Recorded, st.sampled_from([0, 7]), st.sampled_from(["", "https://r.test/1"])
    ),
    "fetched": st.builds(
        Fetched,
        st.sampled_from([0, 200, 302, 404, 500]),
        JSON_ANSWERS,
        st.sampled_from(["", "http.timeout"]),
        text=st.sampled_from(["", "+919812345678", "no"]),
    ),
    "flow_entered": st.builds(FlowEntered, st.sampled_from(["", "", "There is no such flow."])),
    "prompt_finished": st.just(PromptFinished()),
}


def settings_of(slug: str) -> list[dict[str, Any]]:
    """Return all settings that the applet's own cases use, so that a new applet is walked at once."""
    cases = json.loads((CASES / f"{slug}.json").read_text(encoding="utf-8"))
    used = [
        case.get("settings", {}) for key in ("calls", "settings") for case in cases.get(key, [])
    ]
    return list({json.dumps(one, sort_keys=True): one for one in used}.values())


APPLETS = {applet.slug: settings_of(applet.slug) for applet in registry.all_applets()}


@st.composite
def drawings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a graph of any applets, wired at random, with starts of every kind."""
    slugs = draw(st.lists(st.sampled_from(sorted(APPLETS)), min_size=1, max_size=9))
    nodes = [
        {
            "id": f"n{i}",
            "type": slug,
            "name": f"Step {i}",
            "settings": draw(st.sampled_from(APPLETS[slug])),
        }
        for i, slug in enumerate(slugs)
    ]
    names = st.sampled_from([str(node["id"]) for node in nodes])
    drawn: dict[str, Any] = {"entry": draw(names), "nodes": nodes, "connections": []}
    drawn["entries"] = {kind: draw(names) for kind in ENTRY_KINDS[1:] if draw(st.booleans())}
    empty = parse(drawn)
    for node in nodes:
        here = placed(empty, str(node["id"]))
        assert here is not None
        assert here.applet is not None
        for port in port_names(here.applet, here.node.settings):
            if draw(st.integers(0, 5)):
                way = {"from": node["id"], "port": port[:40], "to": draw(names)}
                drawn["connections"].append(way)
    return drawn


@dataclass
class Walk:
    """A call under way, held to the laws at every turn."""

    graph: Graph
    state: State
    seen: dict[int, Step] = field(default_factory=dict)

    def take(self, event: Event) -> Turn:
        stored = json.loads(json.dumps(self.state.to_json()))
        turn = advance(self.graph, State.from_json(stored), event, NOW)
        again = advance(self.graph, State.from_json(json.loads(json.dumps(stored))), event, NOW)
        assert turn == again
        assert State.from_json(json.loads(json.dumps(turn.state.to_json()))) == turn.state
        self.state = turn.state
        for step in turn.steps:
            self.seen[step.index] = step
        assert sorted(self.seen) == list(range(turn.state.steps))
        assert set(turn.state.visits) <= {step.node for step in self.seen.values()}
        assert turn.state.steps <= 2 * MOST_STEPS
        return turn


@settings(max_examples=250)
@given(st.data())
def test_every_call_ends_and_can_be_retraced(data: st.DataObject) -> None:
    """Law: each turn is the same when repeated from stored state, each visit is recorded once, and a call
    whose caller hangs up ends however its servers answer."""
    drawn = data.draw(drawings())
    entry = data.draw(st.sampled_from(ENTRY_KINDS[:3]))
    call = Walk(parse(drawn), State(CALL, entry=entry, gone=entry == "inbound_sms"))
    call.take(CallStarted())
    for _ in range(data.draw(st.integers(0, 25))):
        if call.state.awaits is None:
            break
        leaves = not call.state.gone and data.draw(st.integers(0, 9)) == 0
        call.take(HungUp() if leaves else data.draw(EVENTS[call.state.awaits]))
    turns = 0
    while call.state.end is None:
        outside = call.state.awaits in ("fetched", "flow_entered")
        waits = call.state.awaits or ""
        call.take(data.draw(EVENTS[waits]) if outside or call.state.gone else HungUp())
        turns += 1
        assert turns <= 2 * MOST_STEPS
    steps = [call.seen[index] for index in sorted(call.seen)]
    assert all(step.left is not None for step in steps)
    ends = [step.index for step in steps if step.ends]
    assert len(ends) <= 1
    assert all(step.index > ends[0] for step in steps if step.after_call and ends)


@settings(max_examples=100)
@given(st.data())
def test_an_event_that_is_not_awaited_changes_nothing(data: st.DataObject) -> None:
    call = Walk(parse(data.draw(drawings())), State(CALL))
    call.take(CallStarted())
    before = call.state.to_json()
    for kind, events in EVENTS.items():
        if kind != call.state.awaits:
            try:
                advance(call.graph, call.state, data.draw(events), NOW)
            except UnexpectedEvent:
                continue
            raise AssertionError(f"{kind} was taken")
    assert call.state.to_json() == before
