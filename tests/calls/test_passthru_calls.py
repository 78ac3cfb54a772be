"""Calls that ask a customer's server: a real one, on this machine."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Account
from applets.events import Fetched, HungUp
from calls import driver
from calls.adapters.simulator import PHONE
from calls.background import run_background_requests
from calls.models import BackgroundRequest, Call, CallEvent, CallStep
from calls.requests import Asked
from flows.models import FlowRun
from sms.models import Message
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, kinds, make_flow, path, read, tell
from tests.customer_server import HOST, CustomerServer, Handler
from tests.flows.drawing import graph, greeting, hangup, menu, passthru, sms

URL = f"http://{HOST}/ask?shop=7"


def asking(**settings: Any) -> dict[str, Any]:
    """A menu, then the server, then words that tell which way the call went."""
    return graph(
        menu("m", "1"),
        passthru("p", "Look up", **{"url": URL, **settings}),
        greeting("ok", "OK"),
        greeting("other", "Other"),
        greeting("error", "Error"),
        ways="m.1>p p.ok>ok p.other>other p.error>error",
    )


def answer_with(server: CustomerServer, status: int, value: object, kind: str) -> None:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()

    def answer(handler: Handler) -> None:
        handler.answer(status, {"Content-Type": kind}, body)

    server.answers["/ask"] = answer


def ask(api: Client, drawn: dict[str, Any] | None = None) -> Any:
    turn = begin(api, make_flow(api, drawn or asking()))
    return tell(api, turn, type="digits", digits="1")


def said(turn: Any) -> str:
    return str(turn["instructions"][0]["text"])


@pytest.mark.parametrize(
    ("status", "way"), [(200, "OK"), (302, "Other"), (201, "Error"), (404, "Error"), (500, "Error")]
)
def test_the_status_chooses_the_way(
    api: Client, server: CustomerServer, status: int, way: str
) -> None:
    answer_with(server, status, b"", "text/plain")
    turn = ask(api)
    assert said(turn) == way
    step = turn["steps"][1]
    assert step["detail"]["status"] == status
    assert step["detail"]["host"] == HOST
    assert "CallFrom" not in json.dumps(step)


def test_the_server_is_told_of_the_call(api: Client, server: CustomerServer) -> None:
    ask(api)
    method, target, headers, body = server.seen[0]
    address, _, query = target.partition("?")
    sent = {name: values[0] for name, values in parse_qs(query).items()}
    call = Call.objects.get()
    assert (method, address, body) == ("GET", "/ask", b"")
    assert sent["shop"] == "7"
    assert sent["CallSid"] == call.sid
    assert sent["CallRef"] == call.ref
    assert sent["CallFrom"] == sent["From"] == "+919876543210"
    assert sent["digits"] == '"1"'
    assert sent["flow_id"] == call.run.flow.sid
    assert headers["user-agent"].startswith("Flowbuilder")


def test_post_sends_a_form(api: Client, server: CustomerServer) -> None:
    ask(api, asking(method="POST"))
    method, target, headers, body = server.seen[0]
    assert (method, target) == ("POST", "/ask?shop=7")
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode())["CallFrom"] == ["+919876543210"]


def lookup_then_sms() -> dict[str, Any]:
    return graph(
        passthru("p", "Look up", url=URL),
        sms("s", body='Hello ${{ nodes.look_up.json.customer.name ?? "there" }}'),
        hangup("h"),
        ways="p.ok>s p.other>s p.error>s s.next>h",
    )


@pytest.mark.parametrize(
    ("value", "kind", "body"),
    [
        ({"customer": {"name": "Meera"}}, "application/json", "Hello Meera"),
        ({"customer": {"name": "Meera"}}, "text/html", "Hello there"),
        ({"customer": {}}, "application/json; charset=utf-8", "Hello there"),
        (b"{not json", "application/json", "Hello there"),
        (b"[" * 100_000, "application/json", "Hello there"),
        ({"customer": {"name": "a\0b"}}, "application/json", "Hello there"),
        ({"customer": {"name": "x"}, "filler": "x" * 20_000}, "application/json", "Hello there"),
        (b'{"customer": {"name": NaN}}', "application/json", "Hello there"),
        ({"customer": {"name": "{CallFrom}"}}, "application/json", "Hello {CallFrom}"),
    ],
)
def test_a_json_answer_is_kept_for_later_texts(
    api: Client, server: CustomerServer, value: object, kind: str, body: str
) -> None:
    answer_with(server, 200, value, kind)
    turn = begin(api, make_flow(api, lookup_then_sms()))
    assert turn["ended"]
    assert Message.objects.get().body == body


def test_the_recipient_may_come_from_the_answer(
    api: Client, account: Account, server: CustomerServer
) -> None:
    build_template(build_header(build_entity(account)))
    answer_with(server, 200, {"phone": "098123 45678"}, "application/json")
    message = sms("s", to="dynamic", to_expression="nodes.p.json.phone")
    drawn = graph(passthru("p", url=URL), message, hangup("h"), ways="p.ok>s s.next>h")
    turn = begin(api, make_flow(api, drawn))
    assert turn["messages"][0]["error"] is None
    assert turn["messages"][0]["to"] == "+919812345678"


def test_a_server_that_is_too_slow_is_an_error(api: Client, server: CustomerServer) -> None:
    def wait(handler: Handler) -> None:
        handler.server.released.wait(10)

    server.answers["/ask"] = wait
    turn = ask(api, asking(timeout_seconds=1))
    assert said(turn) == "Error"
    assert turn["steps"][1]["detail"]["problem"] == "http.timeout"
    assert "did not answer within 1 seconds" in turn["steps"][1]["note"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://a b/",
        "http://",
    ],
)
def test_our_own_network_is_not_asked(api: Client, url: str) -> None:
    turn = ask(api, asking(url=url))
    assert said(turn) == "Error"
    assert turn["steps"][1]["detail"]["status"] == 0
    assert turn["steps"][1]["note"]


def test_a_fault_of_the_client_is_an_error(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("core.http.fetch", broken)
    turn = ask(api)
    assert said(turn) == "Error"
    assert turn["steps"][1]["note"] == "The server could not be asked."


def test_what_was_said_before_the_server_was_asked_is_still_said(
    api: Client, server: CustomerServer
) -> None:
    drawn = graph(
        greeting("g", "One moment."),
        passthru("p", url=URL),
        passthru("q", url=URL),
        greeting("b", "Thank you."),
        ways="g.next>p p.ok>q q.ok>b",
    )
    turn = begin(api, make_flow(api, drawn))
    assert kinds(turn) == ["answer", "say", "say", "hangup"]
    assert len(server.seen) == 2
    assert path(turn)[1:3] == [("p", "ok"), ("q", "ok")]
    assert CallEvent.objects.count() == 1


def test_a_repeated_event_asks_nobody_again(api: Client, server: CustomerServer) -> None:
    turn = begin(api, make_flow(api, asking()))
    event = {"type": "digits", "digits": "1", "key": "k"}
    assert tell(api, turn, **event) == tell(api, turn, **event)
    assert len(server.seen) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_event_while_it_is_worked_on_is_told_so(
    api: Client, server: CustomerServer
) -> None:
    """A carrier that asks again before the server answered must not make the call ask twice."""
    asked = threading.Event()

    def wait(handler: Handler) -> None:
        asked.set()
        handler.server.released.wait(10)
        handler.answer(200, {})

    server.answers["/ask"] = wait
    turn = begin(api, make_flow(api, asking()))
    event = {"type": "digits", "digits": "1", "key": "k"}
    answers: list[Any] = []

    def first() -> None:
        from django.db import connection

        answers.append(tell(api, turn, **event))
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert asked.wait(10)
    assert tell(api, turn, 409, **event)["error"]["code"] == "calls.event_in_progress"
    assert (
        tell(api, turn, 409, type="digits", digits="1")["error"]["context"]["awaited"] == "fetched"
    )
    assert read(api, f"simulations/{turn['sid']}")["waiting_for"] is None
    hung_up = tell(api, turn, type="hung_up")
    assert not hung_up["ended"]
    server.released.set()
    thread.join(10)
    assert answers[0]["ended"]
    assert answers[0]["instructions"] == []
    assert answers[0]["steps"][2]["skipped"]
    assert tell(api, turn, **event) == answers[0]


def test_an_answer_lost_with_its_process_becomes_an_error(
    api: Client, server: CustomerServer
) -> None:
    turn = begin(api, make_flow(api, asking()))
    tell(api, turn, type="digits", digits="1", key="k")
    # As if the process had died while the server was thinking, an hour ago.
    call, run = Call.objects.get(), FlowRun.objects.get()
    run.state |= {
        "awaits": "fetched",
        "node": "p",
        "end": None,
        "open_step": {
            "index": 1,
            "at": (timezone.now() - timedelta(hours=1)).isoformat(),
            "detail": {},
            "note": "",
        },
    }
    run.ended = None
    run.save()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    CallEvent.objects.filter(key="k").update(answer=None, at=an_hour_ago)
    again = tell(api, turn, type="digits", digits="1", key="k")
    assert said(again) == "Error"
    assert "lost when the server restarted" in CallStep.objects.get(call=call, index=1).note
    assert driver.take_event(call, PHONE, HungUp(), {}, "bye")["ended"]


def test_an_answer_that_comes_after_it_was_given_up_changes_nothing(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = begin(api, make_flow(api, asking()))
    call = Call.objects.get()

    def think_for_an_hour(_: object) -> Asked:
        run = FlowRun.objects.get()
        run.state["open_step"]["at"] = (timezone.now() - timedelta(hours=1)).isoformat()
        run.save()
        CallEvent.objects.filter(answer__isnull=True).update(at=timezone.now() - timedelta(hours=1))
        # Meanwhile the caller leaves, which shows that the request is lost.
        driver.take_event(call, PHONE, HungUp(), {}, "bye")
        return Asked(Fetched(200))

    monkeypatch.setattr(driver, "perform", think_for_an_hour)
    late = tell(api, turn, type="digits", digits="1")
    assert late["ended"]
    assert late["instructions"] == []
    assert path(late)[1] == ("p", "error")


def test_nobody_waits_for_an_asynchronous_request(
    api: Client,
    server: CustomerServer,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as hints:
        turn = ask(api, asking(wait=False))
    assert said(turn) == "OK"
    assert server.seen == []
    assert hints
    run_background_requests()
    run_background_requests()
    assert len(server.seen) == 1
    assert "CallSid=" in server.seen[0][1]
    request = BackgroundRequest.objects.get()
    assert request.done is not None
    assert request.url == ""
    assert CallStep.objects.get(index=1).detail["status"] == 200


def test_a_request_that_waited_too_long_is_dropped(api: Client, server: CustomerServer) -> None:
    ask(api, asking(wait=False))
    BackgroundRequest.objects.update(created=timezone.now() - timedelta(hours=2))
    run_background_requests()
    assert server.seen == []


def test_a_request_that_cannot_be_recorded_does_not_stop_the_call(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("calls.effects.accept_request", broken)
    turn = ask(api, asking(wait=False))
    assert said(turn) == "OK"
    assert turn["steps"][1]["note"].endswith("The request could not be recorded.")
