"""No server is listened to for longer, or to more, than allowed."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from core.http import (
    BadAnswer,
    OutgoingRequest,
    TimedOut,
    TooLarge,
    fetch,
)
from tests.customer_server import (
    HOST,
    PUBLIC,
    CustomerServer,
    Handler,
    Network,
    get,
    redirect_to,
)

SHORTLY = 0.3
"""Seconds that a test of the deadline takes."""


def pour(handler: Handler) -> None:
    """Answer without an end."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b"x" * 65536)


def test_an_endless_body_is_refused_at_the_limit(server: CustomerServer) -> None:
    server.answers["/"] = pour

    with pytest.raises(TooLarge, match="larger than 262144 bytes") as failure:
        get()
    assert failure.value.may_have_arrived


def test_an_endless_body_can_be_cut_instead(server: CustomerServer) -> None:
    server.answers["/"] = pour

    response = get(cut_long_body=True, max_body_bytes=1000)

    assert (response.body, response.truncated) == (b"x" * 1000, True)


def test_a_body_of_exactly_the_limit_is_whole(server: CustomerServer) -> None:
    server.answers["/"] = lambda handler: handler.answer(200, {}, b"x" * 1000)

    response = get(max_body_bytes=1000)

    assert (len(response.body), response.truncated) == (1000, False)


@pytest.mark.parametrize("encoding", ["gzip", "X-GZIP"])
def test_a_packed_body_is_unpacked(server: CustomerServer, encoding: str) -> None:
    server.answers["/"] = lambda handler: handler.answer(
        200, {"Content-Encoding": encoding}, gzip.compress(b"hello")
    )

    assert get().body == b"hello"


def test_a_packed_body_is_not_unpacked_beyond_the_limit(server: CustomerServer) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    server.answers["/"] = lambda handler: handler.answer(200, {"Content-Encoding": "gzip"}, bomb)

    tracemalloc.start()
    with pytest.raises(TooLarge):
        get()
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak_bytes < 2_000_000


@pytest.mark.parametrize(("encoding", "body"), [("gzip", b"not packed"), ("br", b"x")])
def test_a_body_that_cannot_be_unpacked_is_a_bad_answer(
    server: CustomerServer, encoding: str, body: bytes
) -> None:
    server.answers["/"] = lambda handler: handler.answer(200, {"Content-Encoding": encoding}, body)

    with pytest.raises(BadAnswer):
        get()


def test_headers_without_an_end_are_a_bad_answer(server: CustomerServer) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.server.released.is_set():
            handler.wfile.write(b"X-More: and more\r\n" * 1000)

    server.answers["/"] = answer

    with pytest.raises(BadAnswer):
        get()


def drip(handler: Handler) -> None:
    """Send one byte after the other until the test is over; each alone arrives in time."""
    while not handler.server.released.wait(0.01):
        handler.wfile.write(b"x")


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(handler)


def drip_body(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    drip(handler)


def stay_silent(handler: Handler) -> None:
    handler.server.released.wait()


@pytest.mark.parametrize("slowly", [drip_headers, drip_body, stay_silent])
def test_a_slow_server_is_given_up_at_the_total_deadline(
    server: CustomerServer, slowly: Callable[[Handler], None]
) -> None:
    server.answers["/"] = slowly
    before = time.monotonic()

    with pytest.raises(TimedOut, match=r"within 0\.3 seconds") as failure:
        get(timeout_seconds=SHORTLY)

    assert SHORTLY <= time.monotonic() - before < SHORTLY + 1
    assert failure.value.may_have_arrived


def test_redirects_share_one_deadline(server: CustomerServer) -> None:
    server.answers["/"] = redirect_to("/next")
    server.answers["/next"] = stay_silent
    before = time.monotonic()

    with pytest.raises(TimedOut):
        get(timeout_seconds=SHORTLY, max_redirects=3)

    assert time.monotonic() - before < SHORTLY + 1


def test_a_server_that_reads_nothing_is_given_up_at_the_deadline(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.HTTP_TEST_HOSTS = {HOST: f"127.0.0.1:{listening.getsockname()[1]}"}
        with pytest.raises(TimedOut):
            get(method="POST", body=bytes(20_000_000), timeout_seconds=SHORTLY)


def test_a_name_server_that_does_not_answer_is_given_up_at_the_deadline() -> None:
    released = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        released.wait()
        return [PUBLIC]

    network = Network()
    with pytest.raises(TimedOut) as failure:
        fetch(
            OutgoingRequest("http://example.com/", timeout_seconds=SHORTLY),
            resolve=resolve,
            connect=network.connect,
        )
    released.set()

    assert network.connected == []
    assert not failure.value.may_have_arrived
