"""The engine: one event in, what should happen out; limits, ends, and calls whose caller has gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from applets.events import CallStarted, DialEnded, DigitsGathered, Fetched, HungUp, PromptFinished
from applets.instructions import Answer, Fetch, Gather, Hangup, Say, SendSms
from flows.engine import MOST_STEPS, MOST_UNHEARD, MOST_VISITS, UnexpectedEvent, advance
from flows.graph import parse
from flows.state import State
from flows.turn import SORRY
from tests.applets.playing import CALL, NOW, play
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


def path(steps: list[Any]) -> list[tuple[str, str]]:
    return [(step.node, step.port) for step in steps]


def test_the_design_s_example_from_ring_to_message() -> None:
    turns, steps = play(parse(missed_call()), [DialEnded("no_answer")])
    assert [type(i).__name__ for i in turns[0].instructions] == ["Answer", "Say", "Dial"]
    assert turns[0].state.awaits == "dial_ended"
    message, end = turns[1].instructions
    assert isinstance(message, SendSms)
    assert message.node == "n3"
    assert message.step == 2
    assert end == Hangup("flow_ended")
    assert path(steps) == [("n1", "next"), ("n2", "no_answer"), ("n3", "next"), ("n4", "")]
    assert turns[1].state.end == {"code": "flow_ended", "text": "The flow hung up."}


def test_a_turn_changes_neither_its_state_nor_its_answer() -> None:
    drawn = parse(missed_call())
    waiting = advance(drawn, State(CALL), CallStarted(), NOW).state
    before = waiting.to_json()
    first = advance(drawn, waiting, DialEnded("busy"), NOW)
    second = advance(drawn, waiting, DialEnded("busy"), NOW)
    assert waiting.to_json() == before
    assert first == second


def test_the_state_survives_json() -> None:
    state = advance(parse(missed_call()), State(CALL), CallStarted(), NOW).state
    assert State.from_json(state.to_json()) == state


def test_a_step_lasts_from_entering_to_leaving() -> None:
    drawn = parse(missed_call())
    waiting = advance(drawn, State(CALL), CallStarted(), NOW)
    assert waiting.steps[-1].left is None
    later = advance(drawn, waiting.state, DialEnded("busy"), NOW + timedelta(seconds=20))
    assert later.steps[0].index == waiting.steps[-1].index
    assert later.steps[0].at == NOW
    assert later.steps[0].left == NOW + timedelta(seconds=20)


@pytest.mark.parametrize(
    "event",
    [DigitsGathered("1"), PromptFinished(), Fetched(200), CallStarted()],
    ids=lambda event: event.kind,
)
def test_an_event_the_call_does_not_wait_for_is_refused(event: Any) -> None:
    drawn = parse(missed_call())
    waiting = advance(drawn, State(CALL), CallStarted(), NOW).state
    with pytest.raises(UnexpectedEvent, match="waits for dial_ended"):
        advance(drawn, waiting, event, NOW)


def test_nothing_is_expected_after_the_end() -> None:
    drawn = parse(graph(hangup("a")))
    ended = advance(drawn, State(CALL), CallStarted(), NOW).state
    with pytest.raises(UnexpectedEvent, match="nothing: it has ended"):
        advance(drawn, ended, DigitsGathered("1"), NOW)
    late = advance(drawn, ended, HungUp(), NOW)
    assert late.instructions == ()
    assert late.state == ended


# --- ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawn", [graph(), graph(greeting("a"), entry="gone")])
def test_a_flow_without_a_start_ends_at_once(drawn: dict[str, Any]) -> None:
    turns, _ = play(parse(drawn), [])
    assert turns[0].instructions == (Hangup("no_entry"),)
    assert turns[0].state.end == {"code": "no_entry", "text": "The flow has no start."}


def test_a_port_that_leads_nowhere_hangs_up_and_says_so() -> None:
    turns, steps = play(parse(graph(connect("a"), ways="")), [DialEnded("busy")])
    assert turns[1].instructions == (Hangup("dead_end"),)
    assert "Nothing is connected to “Busy”" in steps[0].note


def test_a_connection_into_nothing_ends_politely() -> None:
    turns, _ = play(parse(graph(greeting("a"), ways="a.next>gone")), [])
    assert turns[0].instructions[-2:] == (Say(SORRY), Hangup("dead_end"))


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (node("b", "teleport"), "no applet of the type “teleport”"),
        ({**greeting("b"), "version": 9}, "settings are of version 9"),
        (node("b", "ivr", retries="many"), "settings are not right"),
    ],
)
def test_an_applet_that_cannot_run_ends_the_call_politely(
    broken: dict[str, Any], problem: str
) -> None:
    turns, steps = play(parse(graph(greeting("a"), broken, ways="a.next>b")), [])
    assert turns[0].instructions[-1] == Hangup("cannot_run")
    assert steps[-1].skipped
    assert problem in steps[-1].note


def test_an_sms_that_cannot_run_does_not_stop_the_call() -> None:
    drawn = graph(sms("a", to="everybody"), greeting("b"), ways="a.next>b")
    turns, steps = play(parse(drawn), [])
    assert steps[0].skipped
    assert any(isinstance(i, Say) for i in turns[0].instructions)


def test_a_fault_in_an_applet_does_not_stop_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    from applets import registry

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(type(registry.get("sms")), "enter", broken)
    turns, steps = play(parse(graph(sms("a"), greeting("b"), ways="a.next>b")), [])
    assert steps[0].detail == {"failure": "ZeroDivisionError: oops"}
    assert steps[0].skipped
    assert steps[0].port == "next"
    assert any(isinstance(i, Say) for i in turns[0].instructions)


# --- limits ---------------------------------------------------------------------------------------


def test_a_menu_that_loops_for_ever_ends_after_a_hundred_visits() -> None:
    drawn = parse(graph(menu("a", "1"), ways="a.1>a"))
    turns, steps = play(drawn, [DigitsGathered("1")] * MOST_VISITS)
    assert turns[-2].state.end is None
    assert turns[-1].state.end is not None
    assert turns[-1].state.end["code"] == "limit"
    assert turns[-1].instructions == (Say(SORRY), Hangup("limit"))
    assert "visited 100 times" in steps[-1].note


def test_a_circle_without_waiting_ends_within_one_turn() -> None:
    drawn = parse(graph(greeting("a"), greeting("b"), ways="a.next>b b.next>a"))
    turns, steps = play(drawn, [])
    assert len(steps) == MOST_UNHEARD + 1
    assert "without the caller doing anything" in steps[-1].note
    assert turns[0].state.end is not None


def test_a_call_has_a_thousand_steps_at_most() -> None:
    nodes = [greeting(f"g{i}") for i in range(49)]
    ways = " ".join(f"g{i}.next>g{i + 1}" for i in range(48))
    drawn = parse(graph(menu("m", "1"), *nodes, ways=f"m.1>g0 {ways} g48.next>m"))
    turns, steps = play(drawn, [DigitsGathered("1")] * (MOST_STEPS // 50))
    assert len(steps) == MOST_STEPS + 1
    assert steps[-1].note == "The call took 1000 steps."
    assert turns[-1].state.end is not None


# --- the caller has gone --------------------------------------------------------------------------


def test_hanging_up_while_it_rings_sends_the_missed_call_alert() -> None:
    turns, steps = play(parse(missed_call()), [HungUp()])
    (message,) = turns[1].instructions
    assert isinstance(message, SendSms)
    assert path(steps) == [("n1", "next"), ("n2", "no_answer"), ("n3", "next"), ("n4", "")]
    assert turns[1].state.end is not None
    assert turns[1].state.end["code"] == "caller_left"


def test_hanging_up_in_the_talk_goes_on_through_answered() -> None:
    drawn = graph(connect("c"), greeting("g"), sms("s"), ways="c.answered>g g.next>s c.no_answer>g")
    turns, steps = play(parse(drawn), [HungUp(talk_seconds=9)])
    assert [type(i).__name__ for i in turns[1].instructions] == ["SendSms"]
    assert path(steps) == [("c", "answered"), ("g", "next"), ("s", "next")]
    assert steps[1].skipped
    assert "the caller had hung up" in steps[1].note
    assert turns[1].state.end == {"code": "caller_left", "text": "The caller hung up."}


def test_hanging_up_in_a_menu_ends_the_path() -> None:
    drawn = graph(menu("m", "1"), sms("s"), ways="m.1>s m.no_input>s")
    turns, steps = play(parse(drawn), [HungUp()])
    assert turns[1].instructions == ()
    assert path(steps) == [("m", "")]
    assert steps[0].left is not None


def test_a_second_connect_is_passed_through_no_answer() -> None:
    drawn = graph(
        connect("a"), connect("b"), sms("s"), ways="a.no_answer>b b.no_answer>s b.answered>a"
    )
    turns, steps = play(parse(drawn), [HungUp()])
    assert path(steps) == [("a", "no_answer"), ("b", "no_answer"), ("s", "next")]
    assert [type(i) for i in turns[1].instructions] == [SendSms]


def test_a_path_that_comes_back_to_a_skipped_applet_ends() -> None:
    drawn = graph(connect("a"), greeting("b"), ways="a.no_answer>b b.next>a")
    _, steps = play(parse(drawn), [HungUp()])
    assert path(steps) == [("a", "no_answer"), ("b", "next"), ("a", "no_answer"), ("b", "")]
    assert "The path ends here" in steps[-1].note


def test_a_menu_after_the_caller_has_gone_ends_the_path() -> None:
    drawn = graph(connect("a"), menu("m", "1"), sms("s"), ways="a.answered>m m.no_input>s")
    turns, steps = play(parse(drawn), [HungUp(talk_seconds=1)])
    assert path(steps) == [("a", "answered"), ("m", "")]
    assert turns[1].instructions == ()


def test_the_server_is_asked_also_after_the_caller_has_gone() -> None:
    drawn = graph(
        connect("a"), passthru("p"), greeting("g"), sms("s"), ways="a.no_answer>p p.ok>g g.next>s"
    )
    turns, steps = play(parse(drawn), [HungUp(), Fetched(200)])
    assert turns[1].fetch is not None
    assert "CallStatus=completed" in turns[1].fetch.url
    assert [type(i) for i in turns[2].instructions] == [SendSms]
    assert path(steps)[1:] == [("p", "ok"), ("g", "next"), ("s", "next")]


def test_hanging_up_while_the_server_thinks_waits_for_its_answer() -> None:
    drawn = graph(passthru("p"), greeting("g"), sms("s"), ways="p.ok>g g.next>s")
    turns, steps = play(parse(drawn), [HungUp(), HungUp(), Fetched(200)])
    assert turns[1].instructions == turns[2].instructions == ()
    assert turns[1].state.awaits == "fetched"
    assert [type(i) for i in turns[3].instructions] == [SendSms]
    assert steps[1].skipped


def test_hanging_up_before_anything_happened() -> None:
    turn = advance(parse(missed_call()), State(CALL), HungUp(), NOW)
    assert turn.steps == ()
    assert turn.state.end == {"code": "caller_left", "text": "The caller hung up."}


# --- values ---------------------------------------------------------------------------------------


def test_an_answer_is_known_by_the_node_s_name_and_id() -> None:
    body = "${{ nodes.look_up_booking.json.name }} ${{ nodes.p.status }} {digits}"
    drawn = graph(
        menu("m", "1"),
        passthru("p", "Look up: Booking!"),
        sms("s", body=body),
        ways="m.1>p p.ok>s",
    )
    turns, _ = play(parse(drawn), [DigitsGathered("1"), Fetched(200, {"name": "Meera"})])
    message = turns[2].instructions[0]
    assert isinstance(message, SendSms)
    assert message.body == "Meera 200 1"


def test_a_node_s_id_wins_over_another_s_name() -> None:
    drawn = graph(
        passthru("a", "b"),
        passthru("b"),
        sms("s", body="${{ nodes.b.json }}"),
        ways="a.ok>b b.ok>s",
    )
    turns, _ = play(parse(drawn), [Fetched(200, "first"), Fetched(200, "second")])
    message = turns[2].instructions[0]
    assert isinstance(message, SendSms)
    assert message.body == "second"


def test_only_a_request_that_is_waited_for_ends_a_turn() -> None:
    drawn = graph(
        passthru("a", wait=False), passthru("b"), hangup("h"), ways="a.ok>b b.ok>h b.error>h"
    )
    turns, _ = play(parse(drawn), [Fetched(500)])
    first, second = turns[0].instructions
    assert isinstance(first, Fetch)
    assert not first.wait
    assert turns[0].fetch is second
    assert turns[1].fetch is None


def test_a_call_is_answered_once() -> None:
    drawn = graph(greeting("a"), menu("m", "1"), greeting("b"), ways="a.next>m m.1>b")
    turns, _ = play(parse(drawn), [DigitsGathered("1")])
    told = [*turns[0].instructions, *turns[1].instructions]
    assert sum(isinstance(i, Answer) for i in told) == 1
    assert sum(isinstance(i, Gather) for i in told) == 1


def test_a_call_whose_applet_is_gone_ends_politely() -> None:
    waiting = advance(parse(missed_call()), State(CALL), CallStarted(), NOW).state
    turn = advance(parse(graph(hangup("other"))), waiting, DialEnded("busy"), NOW)
    assert turn.instructions == (Say(SORRY), Hangup("cannot_run"))
    gone = advance(parse(graph(hangup("other"))), waiting, HungUp(), NOW)
    assert gone.state.end == {"code": "caller_left", "text": "The caller hung up."}


def test_an_applet_that_cannot_run_after_the_caller_has_gone_is_noted() -> None:
    drawn = graph(connect("c"), node("x", "teleport"), ways="c.no_answer>x")
    turns, steps = play(parse(drawn), [HungUp()])
    assert turns[1].instructions == ()
    assert steps[-1].skipped
