"""What calls did in a flow: counts of nodes and connections, and a connection's last calls."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from applets.events import DialEnded, DigitsGathered, Event, HungUp
from calls.adapters.simulator import PHONE
from calls.driver import Incoming, start_call, take_event
from calls.flow_counts import count_steps
from calls.live_counts import add_up, counts_event
from calls.models import Call, CallStep, FlowCount
from flows.models import Flow
from flows.turn import Step
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, post, read, tell
from tests.flows.drawing import connect, graph, greeting, hangup, menu, sms

DRAWN = graph(
    greeting("hello"),
    menu("menu", "1", "2"),
    connect("sales"),
    sms("note"),
    hangup("end"),
    ways="hello.next>menu menu.1>sales menu.2>hello menu.no_input>end sales.no_answer>note note.next>end",
)


@pytest.fixture(autouse=True)
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client) -> str:
    sid = make_flow(api, DRAWN)
    post(api, f"flows/{sid}/publish", {})
    return sid


def call_at(
    sid: str, *events: Event, now: datetime | None = None, is_test: bool = False, use: str = "live"
) -> Call:
    """Let a call come in and go its way, at one moment."""
    flow = Flow.objects.select_related("account", "live").get(sid=sid)
    incoming = Incoming("+919876543210", "+914412345678", is_test=is_test, use=use)
    moment = now or timezone.now()
    call, _ = start_call(flow=flow, adapter=PHONE, incoming=incoming, clock=lambda: moment)
    for event in events:
        take_event(call, PHONE, event, {}, clock=lambda: moment)
    return call


MISSED = (DigitsGathered("1"), DialEnded("no_answer"))
LEFT = (HungUp(),)
WAITING = (DigitsGathered("1"),)


def counts_of(api: Client, flow: str, query: str = "") -> Any:
    return read(api, f"flows/{flow}/counts?{query}")


def test_a_flow_tells_how_often_every_applet_and_connection_was_taken(api: Client, flow: str):
    call_at(flow, *MISSED)
    call_at(flow, *LEFT)
    found = counts_of(api, flow)
    assert found["nodes"] == {
        "hello": {"visits": 2, "skipped": 0, "ended": 0},
        "menu": {"visits": 2, "skipped": 0, "ended": 1},
        "sales": {"visits": 1, "skipped": 0, "ended": 0},
        "note": {"visits": 1, "skipped": 0, "ended": 0},
        "end": {"visits": 1, "skipped": 0, "ended": 1},
    }
    assert found["connections"] == [
        {"from": "hello", "port": "next", "to": "menu", "count": 2},
        {"from": "menu", "port": "1", "to": "sales", "count": 1},
        {"from": "note", "port": "next", "to": "end", "count": 1},
        {"from": "sales", "port": "no_answer", "to": "note", "count": 1},
    ]


def test_counts_are_the_same_before_and_after_they_are_put_away(api: Client, flow: str):
    for events in (MISSED, LEFT, WAITING):
        call_at(flow, *events)
    before = counts_of(api, flow)
    assert count_steps() == 9
    after = counts_of(api, flow)
    assert (before["nodes"], before["connections"]) == (after["nodes"], after["connections"])
    assert count_steps() == 0


def test_counts_survive_the_deletion_of_old_steps(api: Client, flow: str):
    call_at(flow, *MISSED)
    before = counts_of(api, flow)
    count_steps()
    CallStep.objects.all().delete()
    assert counts_of(api, flow)["nodes"] == before["nodes"]


def test_test_calls_are_counted_apart(api: Client, flow: str):
    tell(api, begin(api, flow), type="hung_up")
    assert counts_of(api, flow)["nodes"] == {}
    count_steps()
    found = counts_of(api, flow, "tests=1")
    assert found["nodes"]["menu"] == {"visits": 1, "skipped": 0, "ended": 1}
    assert counts_of(api, flow, "tests=1&version=draft")["nodes"] == found["nodes"]
    assert counts_of(api, flow, "tests=1&version=1")["nodes"] == {}


def test_counts_of_a_version_are_apart(api: Client, flow: str):
    call_at(flow, *LEFT)
    assert counts_of(api, flow, "version=1")["nodes"]["menu"]["visits"] == 1
    assert "version" in read(api, f"flows/{flow}/counts?version=2", 404)["error"]["message"]
    read(api, f"flows/{flow}/counts?version=two", 400)


def test_a_period_counts_what_falls_into_it(api: Client, flow: str):
    now = timezone.now()
    call_at(flow, *LEFT, now=now - timedelta(days=3))
    call_at(flow, *LEFT, now=now)
    for _ in range(2):
        assert counts_of(api, flow)["nodes"]["menu"]["visits"] == 1
        assert counts_of(api, flow, "period=7d")["nodes"]["menu"]["visits"] == 2
        day = f"{now - timedelta(days=4):%Y-%m-%d}..{now - timedelta(days=2):%Y-%m-%d}"
        assert counts_of(api, flow, f"period={day}")["nodes"]["menu"]["visits"] == 1
        count_steps()
    assert (
        read(api, f"flows/{flow}/counts?period=often", 422)["error"]["code"] == "period.not_valid"
    )


def test_hours_are_those_of_the_accounts_clocks(api: Client, flow: str):
    """In India a day begins at half past six in the evening, UTC."""
    call_at(flow, *LEFT, now=datetime(2026, 11, 9, 18, 29, tzinfo=UTC))
    call_at(flow, *LEFT, now=datetime(2026, 11, 9, 18, 31, tzinfo=UTC))
    count_steps()
    for day in ("2026-11-09..2026-11-09", "2026-11-10..2026-11-10"):
        assert counts_of(api, flow, f"period={day}")["nodes"]["menu"]["visits"] == 1
    assert set(FlowCount.objects.values_list("hour__minute", flat=True)) == {30}


def test_a_connection_lists_its_last_calls_with_masked_numbers(api: Client, flow: str):
    calls = [call_at(flow, *MISSED) for _ in range(22)]
    call_at(flow, *LEFT)
    listed = read(api, f"flows/{flow}/connections/calls?node=menu&port=1")["calls"]
    assert [row["sid"] for row in listed] == [call.sid for call in reversed(calls)][:20]
    assert listed[0]["from"] == "+91 98•••• 3210"
    assert listed[0]["page"] == f"/calls/{calls[-1].sid}/"
    assert read(api, f"flows/{flow}/connections/calls?node=menu&port=2")["calls"] == []


def test_a_call_that_goes_round_is_listed_once(api: Client, flow: str):
    call = call_at(flow, DigitsGathered("2"), DigitsGathered("2"))
    listed = read(api, f"flows/{flow}/connections/calls?node=menu&port=2")["calls"]
    assert [row["sid"] for row in listed] == [call.sid]
    assert counts_of(api, flow)["nodes"]["menu"]["visits"] == 3


EVENTS = st.lists(
    st.sampled_from([DigitsGathered("1"), DigitsGathered("2"), DigitsGathered(""), HungUp()]),
    max_size=4,
)
CALLS = st.lists(st.tuples(EVENTS, st.booleans(), st.integers(0, 20), st.booleans()), max_size=5)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALLS)
def test_counts_are_what_the_steps_add_up_to(api: Client, flow: str, calls: Any):
    """Law: whenever steps are put away, counts equal the steps of the period."""
    now = timezone.now()
    for events, is_test, hours, put_away in calls:
        call = call_at(flow, now=now - timedelta(hours=hours), is_test=is_test)
        for event in events:
            if call.run.state.get("awaits") != event.kind and not isinstance(event, HungUp):
                continue
            take_event(call, PHONE, event, {}, clock=lambda: now)
            call.run.refresh_from_db()
        if put_away:
            count_steps()
        for tests in (False, True):
            assert counts_of(api, flow, f"tests={int(tests)}")["nodes"] == counted(flow, tests)


def counted(flow: str, tests: bool) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for step in CallStep.objects.filter(flow__sid=flow, call__is_test=tests):
        sums = found.setdefault(step.node, Counter(visits=0, skipped=0, ended=0))
        sums.update(visits=1, skipped=step.skipped, ended=step.ends)
    return {node: dict(sums) for node, sums in found.items()}


def test_a_turn_tells_canvases_what_it_adds():
    now = timezone.now()
    waited = Step(1, "menu", "ivr", "Menu", now, now, "1", {})
    end = Step(2, "end", "hangup", "End", now, now, "", {}, ends=True)
    event = counts_event("flw1", 3, [waited, end], known=2, tests=False)
    assert event == {
        "type": "flow.counts",
        "flow": "flw1",
        "version": 3,
        "tests": False,
        "nodes": {"menu": [0, 0, 0], "end": [1, 0, 1]},
        "ports": {"menu": {"1": 1}},
    }
    twice = add_up(event, event)
    assert twice["nodes"] == {"menu": [0, 0, 0], "end": [2, 0, 2]}
    assert twice["ports"] == {"menu": {"1": 2}}
    assert event["nodes"]["end"] == [1, 0, 1]
