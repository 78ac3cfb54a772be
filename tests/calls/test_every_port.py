"""Every way out of every applet, taken by a call to the simulated phone.

An applet, or a port, that nobody added here fails ``test_no_way_out_is_forgotten``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from applets.base import Port
from applets.opening_hours import DAYS
from applets.registry import all_applets, get
from flows.program import port_names
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, tell
from tests.customer_server import HOST, CustomerServer, Handler
from tests.flows.drawing import graph, hangup, node
from tests.flows.drawing import sms as drawn_sms

MESSAGE = drawn_sms("x")["settings"]
REPLY = {key: value for key, value in MESSAGE.items() if key != "to"}
KEYS = {"prompt": "Choose.", "choices": [{"digit": "1", "label": "Sales"}], "retries": 0}
DIGITS = {"prompt": "Type your order number.", "max_digits": 4, "min_digits": 4, "retries": 0}
DESK = {"to": ["+919812345678"]}
LOOKUP = {"url": f"http://{HOST}/ask"}
SELECT = {**LOOKUP, "route": "select", "cases": [{"value": "gold", "label": "Gold"}]}
RULE = {"subject": "caller", "name": "", "operator": "starts_with", "value": "+91"}
INDIAN = {"cases": [{"port": "indian", "name": "From India", "rules": [RULE]}]}
FOREIGN = {
    "cases": [{"port": "abroad", "name": "Abroad", "rules": [{**RULE, "value": "+44"}]}],
}
ALWAYS = {"week": {day: [{"opens": "00:00", "closes": "00:00"}] for day in DAYS}}

Event = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """How a call leaves an applet: what is set, what the telephone reports, what the server answers."""

    applet: str
    port: str
    settings: dict[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    answer: tuple[int, object] = (200, {})
    begins: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.applet}: {self.port}"


def pressed(digits: str) -> tuple[Event, ...]:
    return ({"type": "digits", "digits": digits},)


def rang(status: str, talk: int = 0) -> tuple[Event, ...]:
    return ({"type": "dial_ended", "status": status, "talk_seconds": talk},)


WAYS = [
    Way("greeting", "next", {"say": "Hello."}),
    Way("ivr", "1", KEYS, pressed("1")),
    Way("ivr", "no_input", KEYS, pressed("")),
    Way("ivr", "no_match", KEYS, pressed("9")),
    Way("gather", "next", DIGITS, pressed("4711")),
    Way("gather", "no_input", DIGITS, pressed("")),
    Way("connect", "answered", DESK, rang("answered", 42)),
    Way("connect", "no_answer", DESK, rang("no_answer")),
    Way("connect", "busy", DESK, rang("busy")),
    Way("connect", "failed", DESK, rang("failed")),
    Way("sms", "next", MESSAGE),
    Way("email", "next", {"to": ["desk@acme.example"], "subject": "Missed call", "body": "Call."}),
    Way("set_variable", "next", {"assignments": [{"name": "city", "value": "Pune"}]}),
    Way("log", "next", {"message": "Call {CallRef}."}),
    Way("reply", "next", REPLY, begins={"entry": "inbound_sms", "text": "Where is my order?"}),
    Way("passthru", "ok", LOOKUP),
    Way("passthru", "other", LOOKUP, answer=(302, {})),
    Way("passthru", "error", LOOKUP, answer=(500, {})),
    Way("passthru", "gold", SELECT, answer=(200, {"select": "gold"})),
    Way("passthru", "otherwise", SELECT, answer=(200, {"select": "silver"})),
    Way("passthru", "error", SELECT, answer=(500, {})),
    Way("condition", "indian", INDIAN),
    Way("condition", "otherwise", FOREIGN),
    Way("hours", "open", ALWAYS),
    Way("hours", "closed"),
    Way("voicemail", "next", {"prompt": "Speak."}, ({"type": "recorded", "seconds": 9},)),
    Way("voicemail", "no_message", {"prompt": "Speak."}, ({"type": "recorded", "seconds": 0},)),
]
WITHOUT_A_WAY_OUT = {"hangup", "transfer"}


def drawn_for(way: Way) -> dict[str, Any]:
    """Return a flow in which every port of the applet ends the call."""
    ports = port_names(get(way.applet), way.settings)
    ends = [hangup(f"end-{index}") for index, _ in enumerate(ports)]
    ways = " ".join(f"x.{port}>end-{index}" for index, port in enumerate(ports))
    drawn = graph(node("x", way.applet, "Under test", **way.settings), *ends, ways=ways)
    entry = way.begins.get("entry")
    return {**drawn, "entry": None, "entries": {entry: "x"}} if entry else drawn


@pytest.fixture(autouse=True)
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_call_leaves_through(api: Client, server: CustomerServer, way: Way) -> None:
    status, value = way.answer

    def answer(handler: Handler) -> None:
        handler.answer(status, {"Content-Type": "application/json"}, json.dumps(value).encode())

    server.answers["/ask"] = answer
    turn = begin(api, make_flow(api, drawn_for(way)), **way.begins)
    for event in way.events:
        turn = tell(api, turn, **event)
    assert turn["ended"]
    assert (turn["steps"][0]["node"], turn["steps"][0]["port"]) == ("x", way.port)
    assert not turn["steps"][0]["skipped"]


@pytest.mark.parametrize("way", [way for way in WAYS if way.events], ids=str)
def test_a_caller_who_hangs_up_instead_ends_the_call(
    api: Client, server: CustomerServer, way: Way
) -> None:
    turn = begin(api, make_flow(api, drawn_for(way)), **way.begins)
    turn = tell(api, turn, type="hung_up")
    assert turn["ended"]
    assert turn["steps"][0]["node"] == "x"


def test_no_way_out_is_forgotten() -> None:
    taken = {(way.applet, way.port) for way in WAYS}
    drawn = {
        (applet.slug, port.name)
        for applet in all_applets()
        for port in applet.ports
        if isinstance(port, Port)
    }
    assert drawn - taken == set()
    assert {applet.slug for applet in all_applets()} - {way.applet for way in WAYS} == (
        WITHOUT_A_WAY_OUT
    )
