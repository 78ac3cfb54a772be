"""Servers that choose among many ways, fail, lie or drown us: the caller always hears an ending."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Account, Role, User
from calls.background import run_background_requests
from calls.models import BackgroundRequest, Call, CallExchange, LastGoodAnswer
from calls.tasks import forget_old_answers
from tests.calls.talking import begin, make_flow, path, read
from tests.calls.test_passthru_calls import URL, answer_with
from tests.customer_server import HOST, CustomerServer, Handler, redirect_to
from tests.flows.drawing import graph, greeting, hangup, passthru, sms


def drawn(*ports: str, **settings: Any) -> dict[str, Any]:
    """The server, then words that tell which way the call went."""
    ends = [greeting(port, f"Went {port}.") for port in ports]
    ways = " ".join(f"p.{port}>{port}" for port in ports)
    return graph(passthru("p", "Look up", **{"url": URL, **settings}), *ends, ways=ways)


def way(turn: Any) -> str:
    assert turn["ended"]
    return str(turn["instructions"][-2]["text"])


def ask(api: Client, *ports: str, **settings: Any) -> Any:
    return begin(api, make_flow(api, drawn(*ports, **settings)))


def fail_first(times: int, status: int = 503) -> Callable[[Handler], None]:
    left = [times]

    def answer(handler: Handler) -> None:
        left[0] -= 1
        handler.answer(status if left[0] >= 0 else 200, {})

    return answer


CASES = [{"value": "gold", "label": "Gold"}, {"value": "404", "label": "Unknown"}]


@pytest.mark.parametrize(
    ("status", "answer", "port"),
    [
        (200, {"select": "gold"}, "gold"),
        (404, {}, "404"),
        (200, {"select": "silver"}, "otherwise"),
        (200, [], "otherwise"),
        (500, {"select": "silver"}, "error"),
    ],
)
def test_a_json_answer_chooses_among_many_ways(
    api: Client, server: CustomerServer, status: int, answer: object, port: str
) -> None:
    answer_with(server, status, answer, "application/json")
    turn = ask(api, "gold", "404", "otherwise", "error", route="select", cases=CASES)
    assert way(turn) == f"Went {port}."


def test_post_json_tells_the_call_with_its_types(api: Client, server: CustomerServer) -> None:
    ask(
        api, "ok", method="POST", body="json", headers={"X-Api-Key": "s3cret", "X-Ref": "{CallRef}"}
    )
    method, target, headers, body = server.seen[0]
    call, sent = Call.objects.get(), json.loads(body)
    assert (method, target) == ("POST", "/ask?shop=7")
    assert headers["content-type"] == "application/json"
    assert headers["x-api-key"] == "s3cret"
    assert headers["x-ref"] == call.ref
    assert sent["call"]["sid"] == call.sid
    assert sent["call"]["from"] == "+919876543210"
    assert sent["call"]["dial"] is None
    assert sent["flow"] == {"id": call.run.flow.sid}


def test_plain_text_can_be_used_in_later_texts(api: Client, server: CustomerServer) -> None:
    answer_with(server, 200, b"Meera \0" * 2_000, "text/plain")
    drawn = graph(
        passthru("p", "Look up", url=URL),
        greeting("g", "Hello ${{ nodes.look_up.text }}"),
        ways="p.ok>g",
    )
    turn = begin(api, make_flow(api, drawn))
    assert turn["instructions"][-2]["text"].startswith("Hello Meera Meera")
    assert CallExchange.objects.get().answer.endswith("…")
    assert len(CallExchange.objects.get().answer) <= 2_100


def test_a_server_that_fails_is_asked_again(api: Client, server: CustomerServer) -> None:
    server.answers["/ask"] = fail_first(2)
    turn = ask(api, "ok", "error", tries=3)
    assert way(turn) == "Went ok."
    assert len(server.seen) == 3
    assert turn["steps"][0]["detail"]["tries"] == 3


def test_a_server_that_refuses_is_not_asked_again(api: Client, server: CustomerServer) -> None:
    answer_with(server, 404, b"", "text/plain")
    assert way(ask(api, "ok", "error", tries=3)) == "Went error."
    assert len(server.seen) == 1


def test_all_tries_share_one_time_limit(api: Client, server: CustomerServer) -> None:
    server.answers["/ask"] = lambda handler: handler.server.released.wait(10)
    turn = ask(api, "ok", "error", tries=5, timeout_seconds=1)
    assert way(turn) == "Went error."
    assert turn["steps"][0]["ms"] < 3_000
    assert len(server.seen) == 1


# --- the last good answer -------------------------------------------------------------------------


def ask_twice(api: Client, server: CustomerServer, *, second: str, **settings: Any) -> Any:
    """Ask a server that answers, then fails, from two callers."""
    flow = make_flow(api, drawn("ok", "error", **settings))
    answer_with(server, 200, {"open": True}, "application/json")
    assert way(begin(api, flow)) == "Went ok."
    answer_with(server, 500, b"", "text/plain")
    return begin(api, flow, **{"from": second})


def test_the_last_good_answer_stands_in_for_a_failure(api: Client, server: CustomerServer) -> None:
    turn = ask_twice(api, server, second="+919876543210", last_good="same_caller")
    assert way(turn) == "Went ok."
    step = turn["steps"][0]
    assert "The server answered 500. Its last good answer was used, 1 second old." in step["note"]
    assert step["detail"]["age_seconds"] == 1
    # The trace shows what the server really said.
    assert [row.status for row in CallExchange.objects.order_by("pk")] == [200, 500]


def test_one_callers_answer_is_not_for_another(api: Client, server: CustomerServer) -> None:
    turn = ask_twice(api, server, second="+919812345678", last_good="same_caller")
    assert way(turn) == "Went error."


def test_unless_the_flow_says_so(api: Client, server: CustomerServer) -> None:
    turn = ask_twice(api, server, second="+919812345678", last_good="any_caller")
    assert way(turn) == "Went ok."


def test_an_answer_that_is_too_old_is_not_used(api: Client, server: CustomerServer) -> None:
    flow = make_flow(api, drawn("ok", "error", last_good="any_caller", last_good_minutes=10))
    begin(api, flow)
    answer_with(server, 500, b"", "text/plain")
    LastGoodAnswer.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert way(begin(api, flow)) == "Went error."


def test_old_answers_are_forgotten(api: Client, server: CustomerServer) -> None:
    ask(api, "ok", last_good="any_caller")
    forget_old_answers()
    assert LastGoodAnswer.objects.count() == 1
    LastGoodAnswer.objects.update(at=timezone.now() - timedelta(days=2))
    forget_old_answers()
    assert not LastGoodAnswer.objects.exists()


def test_answers_are_kept_only_where_they_are_wanted(api: Client, server: CustomerServer) -> None:
    ask(api, "ok")
    assert not LastGoodAnswer.objects.exists()


# --- servers that mean no good --------------------------------------------------------------------


def endless(handler: Handler) -> None:
    """Say a gigabyte comes, and send until nobody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(1024**3))
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b"x" * 65_536)


def nothing(handler: Handler) -> None:
    handler.connection.close()


@pytest.mark.parametrize(
    ("answer", "problem", "note"),
    [
        (lambda handler: handler.server.released.wait(60), "http.timeout", "did not answer within"),
        (endless, "http.too_large", "larger than"),
        (nothing, "http.bad_answer", "broke off"),
        (redirect_to("http://127.0.0.1/admin"), "", ""),
        (redirect_to("http://169.254.169.254/", 301), "", ""),
    ],
    ids=["60 seconds", "1 GB", "nothing", "302 to our network", "301 to our network"],
)
def test_the_caller_hears_an_ending_and_the_trace_says_why(
    api: Client,
    server: CustomerServer,
    answer: Callable[[Handler], object],
    problem: str,
    note: str,
) -> None:
    server.answers["/ask"] = answer
    turn = ask(api, "ok", "other", "error", timeout_seconds=1)
    exchange = CallExchange.objects.get()
    # A redirect is an answer like any other: it is never followed, wherever it leads.
    followed = "other" if exchange.status == 302 else "error"
    assert way(turn) == f"Went {followed}."
    assert exchange.problem == problem
    assert note in exchange.note
    assert note in (turn["steps"][0]["note"] or "")
    assert len(server.seen) == 1


def test_broken_json_goes_its_way_without_values(api: Client, server: CustomerServer) -> None:
    answer_with(server, 200, b'{"select": "gold"', "application/json")
    turn = ask(api, "gold", "otherwise", "error", route="select", cases=CASES)
    assert way(turn) == "Went otherwise."
    assert "cannot be read" in turn["steps"][0]["note"]
    assert CallExchange.objects.get().answer == '{"select": "gold"'


# --- the trace ------------------------------------------------------------------------------------


def trace(client: Client, turn: Any) -> Any:
    return read(client, f"calls/{turn['sid']}")["steps"][0]["exchanges"]


def test_the_trace_shows_the_exchange_without_its_secrets(
    api: Client, server: CustomerServer
) -> None:
    answer_with(server, 200, {"phone": "+919812345678", "token": "abc"}, "application/json")
    turn = ask(
        api,
        "ok",
        url=f"http://{HOST}/ask?api_key=s3cret&shop=7",
        headers={"Authorization": "Bearer s3cret", "X-Shop": "7"},
    )
    [exchange] = trace(api, turn)
    assert exchange["url"].startswith(f"http://{HOST}/ask?api_key=•••&shop=7&CallSid=")
    assert "CallFrom=%2B919876543210" in exchange["url"]
    assert exchange["headers"] == {"Authorization": "•••", "X-Shop": "7"}
    assert exchange["status"] == 200
    assert exchange["answer"] == '{"phone": "+919812345678", "token": "•••"}'
    assert exchange["tries"] == 1
    assert "s3cret" not in json.dumps(list(CallExchange.objects.values()), default=str)
    assert server.seen[0][2]["authorization"] == "Bearer s3cret"


def test_who_only_looks_sees_no_numbers(
    account: Account, api: Client, api_of: Callable[..., Client], server: CustomerServer
) -> None:
    answer_with(server, 200, {"phone": "9812345678", "mail": "meera@x.example"}, "application/json")
    turn = ask(api, "ok", method="POST", body="json")
    [exchange] = trace(api_of(account, Role.VIEWER), turn)
    shown = json.dumps(exchange, ensure_ascii=False)
    assert "9876543210" not in shown
    assert "9812345678" not in shown
    assert "meera@" not in shown
    assert "••••3210" in exchange["body"]
    assert "9812345678" in json.dumps(trace(api, turn))


def test_the_page_of_the_call_shows_it(
    client_of: Callable[[User], Client],
    editor: User,
    viewer: User,
    api: Client,
    server: CustomerServer,
) -> None:
    answer_with(server, 200, {"phone": "+919812345678"}, "application/json")
    turn = ask(api, "ok", headers={"X-Api-Key": "s3cret"})
    page = client_of(editor).get(f"/calls/{turn['sid']}/").content.decode()
    assert f"http://{HOST}/ask" in page
    assert '<dt>CallFrom</dt><dd class="mono small">+919876543210</dd>' in page
    assert "s3cret" not in page
    assert "+919812345678" in page
    masked = client_of(viewer).get(f"/calls/{turn['sid']}/").content.decode()
    assert "9876543210" not in masked
    assert "9812345678" not in masked


def test_a_request_nobody_waited_for_is_in_the_trace(
    api: Client,
    server: CustomerServer,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    server.answers["/ask"] = fail_first(1)
    with django_capture_on_commit_callbacks(execute=False):
        turn = ask(
            api, "ok", wait=False, method="POST", body="json", tries=2, headers={"X-Api-Key": "s3"}
        )
    assert trace(api, turn) == []
    run_background_requests()
    [exchange] = trace(api, turn)
    assert (exchange["status"], exchange["tries"]) == (200, 2)
    assert exchange["headers"] == {"X-Api-Key": "•••"}
    assert json.loads(server.seen[0][3])["call"]["ref"]
    row = BackgroundRequest.objects.get()
    assert (row.url, row.body, row.headers) == ("", "", [])


def test_a_number_looked_up_gets_the_message(api: Client, server: CustomerServer) -> None:
    answer_with(server, 200, {"phone": "+919812345678"}, "application/json")
    drawn = graph(
        passthru("p", "Lookup", url=URL),
        sms("s", to="dynamic", to_expression="${{ nodes.lookup.json.phone }}"),
        hangup("h"),
        ways="p.ok>s s.next>h",
    )
    turn = begin(api, make_flow(api, drawn))
    assert path(turn)[:2] == [("p", "ok"), ("s", "next")]
    assert turn["messages"][0]["to"] == "+919812345678"
