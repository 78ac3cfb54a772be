"""What is drawn for after the call runs once the call has ended, however it ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, tell
from tests.customer_server import HOST, CustomerServer
from tests.flows.drawing import graph, greeting, hangup, menu, passthru, sms


@pytest.fixture(autouse=True)
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


def survey(*after: dict[str, Any], ways: str) -> dict[str, Any]:
    """A menu and a goodbye; what stands in ``after`` begins when the call has ended."""
    drawn = graph(
        menu("m", "1", retries=0),
        hangup("h"),
        *after,
        ways=f"m.1>h m.no_input>h m.no_match>h {ways}",
    )
    return {**drawn, "entries": {"after_call": after[0]["id"]}}


THANKS = survey(sms("thanks"), hangup("z"), ways="thanks.next>z")


def path_of(turn: dict[str, Any]) -> list[str]:
    return [step["node"] for step in turn["steps"]]


def test_a_message_goes_out_after_the_flow_hung_up(api: Client) -> None:
    turn = tell(api, begin(api, make_flow(api, THANKS)), type="digits", digits="1")
    assert turn["ended"]
    assert turn["ended_reason"] == "The flow hung up."
    assert path_of(turn) == ["m", "h", "thanks", "z"]
    assert len(turn["messages"]) == 1


def test_a_message_goes_out_after_the_caller_hung_up_in_a_menu(api: Client) -> None:
    turn = tell(api, begin(api, make_flow(api, THANKS)), type="hung_up")
    assert turn["ended_reason"] == "The caller hung up."
    assert path_of(turn) == ["m", "thanks", "z"]
    assert len(turn["messages"]) == 1


def test_hanging_up_twice_sends_one_message(api: Client) -> None:
    turn = tell(api, begin(api, make_flow(api, THANKS)), type="hung_up")
    again = tell(api, turn, type="hung_up")
    assert len(again["messages"]) == 1


def test_nobody_is_spoken_to_after_the_call(api: Client) -> None:
    drawn = survey(
        greeting("hello"), sms("thanks"), hangup("z"), ways="hello.next>thanks thanks.next>z"
    )
    turn = tell(api, begin(api, make_flow(api, drawn)), type="digits", digits="1")
    assert [item["type"] for item in turn["instructions"]] == ["hangup"]
    skipped = {step["node"] for step in turn["steps"] if step["skipped"]}
    assert skipped == {"hello"}
    assert len(turn["messages"]) == 1


def test_the_values_of_the_call_are_there_after_it(api: Client) -> None:
    body = "We missed your call to {digits}. We will call you back soon. Ref {CallRef} - ACMECO"
    drawn = survey(sms("thanks", body=body), hangup("z"), ways="thanks.next>z")
    turn = tell(api, begin(api, make_flow(api, drawn)), type="digits", digits="1")
    assert "your call to 1." in turn["messages"][0]["body"]


def test_a_server_is_asked_after_the_call(api: Client, server: CustomerServer) -> None:
    drawn = survey(
        passthru("tell", url=f"http://{HOST}/ask"),
        sms("thanks"),
        hangup("z"),
        ways="tell.ok>thanks tell.other>z tell.error>z thanks.next>z",
    )
    turn = tell(api, begin(api, make_flow(api, drawn)), type="hung_up")
    assert turn["ended"]
    assert len(server.seen) == 1
    assert path_of(turn) == ["m", "tell", "thanks", "z"]
    assert turn["ended_reason"] == "The caller hung up."
