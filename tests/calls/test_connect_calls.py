"""Calls that ring people, whom a customer's server may name: a real one, on this machine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Account
from calls.models import CallExchange, CallStep, PhoneNumber
from flows.models import FlowRun
from tests.calls.talking import begin, make_flow, path, read, tell
from tests.calls.test_passthru_calls import answer_with
from tests.customer_server import HOST, CustomerServer
from tests.flows.drawing import graph, greeting, node

PORTS = ("answered", "no_answer", "busy", "failed")
URL = f"http://{HOST}/ask"


def drawn(**settings: Any) -> dict[str, Any]:
    ends = [greeting(port, f"Went {port}.") for port in PORTS]
    ways = " ".join(f"c.{port}>{port}" for port in PORTS)
    return graph(node("c", "connect", "Sales", **settings), *ends, ways=ways)


def ring(api: Client, **settings: Any) -> Any:
    return begin(api, make_flow(api, drawn(**settings)))


def dial_of(turn: Any) -> Any:
    assert turn["waiting_for"] == "dial_ended", turn
    return turn["instructions"][-1]


def test_a_server_names_the_numbers(api: Client, server: CustomerServer) -> None:
    answer_with(server, 200, b"+919812345678, 09812345679\n", "text/plain")
    turn = ring(api, source="url", url=URL)
    assert dial_of(turn)["targets"] == ["+919812345678", "+919812345679"]
    _, target, headers, _ = server.seen[0]
    assert headers["exotel-version"] == "1.0"
    assert parse_qs(urlsplit(target).query)["CallFrom"] == ["+919876543210"]
    event = {"type": "dial_ended", "status": "answered", "talk_seconds": 30}
    ended = tell(api, turn, number="+919812345679", recording_url="https://rec.example/1", **event)
    assert path(ended)[0] == ("c", "answered")
    assert ended["steps"][0]["detail"]["number"] == "+919812345679"
    [exchange] = read(api, f"calls/{turn['sid']}")["steps"][0]["exchanges"]
    assert exchange["answer"] == "+919812345678, 09812345679\n"


@pytest.mark.parametrize("kind", ["text/html; charset=UTF-8", ""])
def test_servers_that_do_not_say_what_they_send_are_understood(
    api: Client, server: CustomerServer, kind: str
) -> None:
    answer_with(server, 200, b"+919812345678", kind)
    assert dial_of(ring(api, source="url", url=URL))["targets"] == ["+919812345678"]


def test_a_page_of_html_names_nobody(api: Client, server: CustomerServer) -> None:
    answer_with(server, 200, b"<html>+919812345678</html>", "text/html")
    assert path(ring(api, source="url", url=URL))[0] == ("c", "failed")


def test_a_server_says_how_to_ring(api: Client, account: Account, server: CustomerServer) -> None:
    PhoneNumber.objects.create(account=account, e164="+914412340000")
    plan = {
        "destination": {"numbers": ["+919812345678"]},
        "outgoing_phone_number": "+914412340000",
        "max_ringing_duration": 20,
        "max_conversation_duration": 300,
        "record": True,
        "start_call_playback": {"type": "text", "value": "A caller from the shop."},
    }
    answer_with(server, 200, plan, "application/json")
    dial = dial_of(ring(api, source="url", url=URL))
    assert dial["caller_id"] == "+914412340000"
    assert (dial["ring_seconds"], dial["time_limit_seconds"], dial["record"]) == (20, 300, True)
    assert dial["whisper"]["text"] == "A caller from the shop."


def test_the_other_address_is_asked_when_the_first_fails(
    api: Client, server: CustomerServer
) -> None:
    answer_with(server, 500, b"", "text/plain")
    server.answers["/spare"] = lambda handler: handler.answer(
        200, {"Content-Type": "text/plain"}, b"+919812345678"
    )
    turn = ring(api, source="url", url=URL, fallback_url=f"http://{HOST}/spare")
    assert dial_of(turn)["targets"] == ["+919812345678"]
    assert "The other address was asked." in turn["steps"][0]["note"]
    assert [row.status for row in CallExchange.objects.order_by("pk")] == [500, 200]


def test_the_caller_goes_on_when_no_server_answers(api: Client) -> None:
    turn = ring(api, source="url", url="http://127.0.0.1/", fallback_url="http://169.254.169.254/")
    assert turn["ended"]
    assert path(turn)[0] == ("c", "failed")


def test_a_server_is_asked_again_after_an_attempt(api: Client, server: CustomerServer) -> None:
    plan = {"destination": {"numbers": ["+919812345678"]}, "fetch_after_attempt": True}
    answer_with(server, 200, plan, "application/json")
    turn = ring(api, source="url", url=URL)
    again = tell(api, turn, type="dial_ended", status="busy")
    assert dial_of(again)["targets"] == ["+919812345678"]
    asked = parse_qs(urlsplit(server.seen[1][1]).query)
    assert asked["DialCallStatus"] == ["busy"]
    assert asked["Legs[0][CauseCode]"] == ["USER_BUSY"]


def test_ringing_for_long_does_not_lose_the_next_question(
    api: Client, server: CustomerServer
) -> None:
    """The step began before the request: what counts is when the request was made."""
    plan = {"destination": {"numbers": ["+919812345678"]}, "fetch_after_attempt": True}
    answer_with(server, 200, plan, "application/json")
    turn = ring(api, source="url", url=URL)
    run = FlowRun.objects.get()
    run.state["open_step"]["at"] = (timezone.now() - timedelta(minutes=5)).isoformat()
    run.save()
    server.answers["/ask"] = lambda handler: handler.answer(
        200, {"Content-Type": "text/plain"}, b"+919812345679"
    )
    again = tell(api, turn, type="dial_ended", status="no_answer")
    assert dial_of(again)["targets"] == ["+919812345679"]
    assert CallStep.objects.get(index=0).note == ""


def test_nobody_is_rung_under_a_strangers_number(
    api: Client, account: Account, other_account: Account
) -> None:
    PhoneNumber.objects.create(account=other_account, e164="+914412340001")

    def shown(number: str) -> Any:
        settings = {"to": ["+919812345678"], "caller_id": "own", "caller_id_number": number}
        flow = make_flow(api, drawn(**settings), f"Line {number}")
        return dial_of(begin(api, flow))["caller_id"]

    PhoneNumber.objects.create(account=account, e164="+914412340002")
    assert shown("+914412340002") == "+914412340002"
    assert shown("+914412340001") == "+914412340002"
