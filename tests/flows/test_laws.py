"""Laws of flows, for any flow."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from applets.events import CallStarted, DialEnded, DigitsGathered, Event, Fetched, HungUp, Recorded
from flows.engine import MOST_STEPS, advance
from flows.graph import parse
from flows.issues import has_errors
from flows.program import placed, port_names
from flows.state import State
from flows.turn import Turn
from flows.validation import issues
from tests.applets.playing import CALL, NOW
from tests.flows.drawing import connect, greeting, hangup, menu, node, passthru, sms
from tests.flows.test_validation import REGISTRY

CASES = [
    {"port": "one", "rules": [{"subject": "digits", "operator": "is", "value": "1"}]},
    {"port": "two", "mode": "expression", "expression": "nodes.n0.json.plan.trim() == 'gold'"},
    {"port": "half", "rules": [{"subject": "time", "operator": "matches", "value": "("}]},
]

MAKERS: list[Any] = [
    greeting,
    connect,
    sms,
    passthru,
    hangup,
    lambda id_: menu(id_, "1", "2", "#"),
    lambda id_: menu(id_, "1", "12", "2", max_digits=2),
    lambda id_: node(id_, "gather", prompt="Number?", min_digits=2, variable="order"),
    lambda id_: node(id_, "voicemail", prompt="Leave a message."),
    lambda id_: node(id_, "condition", cases=CASES),
    lambda id_: node(id_, "hours", week={"sat": [{"opens": "09:00", "closes": "02:00"}]}),
    lambda id_: passthru(id_, wait=False),
    lambda id_: node(id_, "teleport"),
    lambda id_: node(id_, "greeting", loop=99),
]


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    makers = draw(st.lists(st.sampled_from(MAKERS), min_size=1, max_size=8))
    nodes = [make(f"n{i}") for i, make in enumerate(makers)]
    names = st.sampled_from([n["id"] for n in nodes] + ["gone"])
    drawn = {"entry": draw(names), "nodes": nodes, "connections": []}
    empty = parse(drawn)
    for item in nodes:
        here = placed(empty, item["id"])
        applet = here.applet if here else None
        for port in port_names(applet, item["settings"]) if applet else ["next"]:
            if draw(st.integers(0, 5)):
                way = {"from": item["id"], "port": port, "to": draw(names)}
                drawn["connections"].append(way)
    return drawn


EVENTS: dict[str, st.SearchStrategy[Event]] = {
    "digits": st.builds(DigitsGathered, st.sampled_from(["", "1", "2", "12", "#", "9"])),
    "dial_ended": st.builds(
        DialEnded, st.sampled_from(["answered", "no_answer", "busy", "failed"])
    ),
    "recorded": st.builds(Recorded, st.sampled_from([0, 7])),
    "fetched": st.builds(Fetched, st.sampled_from([0, 200, 302, 500])),
}


def walk(data: st.DataObject, drawn: dict[str, Any], events: int) -> list[Turn]:
    graph = parse(drawn)
    turns = [advance(graph, State(CALL), CallStarted(), NOW)]
    for _ in range(events):
        state = State.from_json(turns[-1].state.to_json())
        if state.awaits is None:
            break
        leaves = data.draw(st.integers(0, 9)) == 0 and not state.gone
        event = (
            HungUp(data.draw(st.sampled_from([0, 9])))
            if leaves
            else data.draw(EVENTS[state.awaits])
        )
        turns.append(advance(graph, state, event, NOW))
    return turns


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_flow_waits_or_ends_and_every_step_is_told_once(data: st.DataObject) -> None:
    """Law: whatever is drawn, each turn ends by waiting or by the end, and the trace has no gaps."""
    turns = walk(data, data.draw(graphs()), 30)
    seen: dict[int, Any] = {}
    for turn in turns:
        state = turn.state
        assert (state.awaits is None) == (state.end is not None)
        assert len({step.index for step in turn.steps}) == len(turn.steps)
        for step in turn.steps:
            seen[step.index] = step
        assert sorted(seen) == list(range(state.steps))
        assert state.steps <= MOST_STEPS + 1
        if state.gone:
            assert {type(i).__name__ for i in turn.instructions} <= {"SendSms", "Fetch"}
    if turns[-1].state.end is not None:
        assert all(step.left is not None for step in seen.values())


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_flow_that_validates_meets_no_limit_between_two_inputs(data: st.DataObject) -> None:
    """Law: without errors, every turn reaches a wait or an end that somebody drew."""
    drawn = data.draw(graphs())
    if has_errors(issues(parse(drawn), REGISTRY)):
        return
    for turn in walk(data, drawn, 30):
        end = turn.state.end
        assert end is None or end["code"] in {"flow_ended", "dead_end", "caller_left", "rejected"}
        assert "failure" not in {key for step in turn.steps for key in step.detail}


@settings(deadline=None)
@given(st.data())
def test_any_state_survives_its_storage(data: st.DataObject) -> None:
    drawn = data.draw(graphs())
    for turn in walk(data, drawn, 5):
        again = State.from_json(turn.state.to_json())
        assert again == turn.state


@settings(deadline=None)
@given(graphs())
def test_any_flow_can_be_judged(drawn: dict[str, Any]) -> None:
    for issue in issues(parse(drawn), REGISTRY):
        assert issue.message
        assert issue.node is None or issue.node in {n["id"] for n in drawn["nodes"]}
