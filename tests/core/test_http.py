"""Other people's servers are asked politely, and each way to fail has its name."""

from __future__ import annotations

import socket
import ssl
import threading
from typing import Any

import pytest

from core.http import (
    BadAnswer,
    HeaderNotAllowed,
    OutgoingRequest,
    TooManyRedirects,
    Unreachable,
    UrlNotAllowed,
    fetch,
)
from tests.customer_server import (
    HOST,
    OTHER_HOST,
    CustomerServer,
    Network,
    get,
    redirect_to,
)


def test_a_get_carries_the_name_as_host_and_nothing_of_the_machine(
    server: CustomerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    response = get("/menu?digits=1")

    assert (response.status, response.text) == (200, "grüße")
    assert response.url == f"http://{HOST}/menu?digits=1"
    assert server.seen == [
        (
            "GET",
            "/menu?digits=1",
            {
                "host": HOST,
                "user-agent": "Flowbuilder",
                "accept": "*/*",
                "accept-encoding": "identity",
                "connection": "close",
            },
            b"",
        )
    ]


def test_a_post_sends_its_body_and_headers(server: CustomerServer) -> None:
    get(method="POST", body=b"a=1", headers={"Content-Type": "application/x-www-form-urlencoded"})

    [(method, _, headers, body)] = server.seen
    assert (method, body, headers["content-length"]) == ("POST", b"a=1", "3")
    assert headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_post_without_a_body_says_so(server: CustomerServer) -> None:
    get(method="POST")

    assert server.seen[0][2]["content-length"] == "0"


def test_an_error_status_is_an_answer(server: CustomerServer) -> None:
    server.answers["/"] = lambda handler: handler.answer(
        503, {"X-A": "1", "x-a ".strip(): "2"}, b"no"
    )

    response = get()

    assert (response.status, response.body, response.headers["x-a"]) == (503, b"no", "1, 2")


def test_a_cookie_is_neither_kept_nor_sent_back(server: CustomerServer) -> None:
    server.answers["/"] = redirect_to("/next")

    get(max_redirects=1)
    get("/next")

    assert all("cookie" not in headers for _, _, headers, _ in server.seen)


@pytest.mark.parametrize(
    ("content_type", "text"),
    [("text/plain; charset=latin-1", "Ã©"), ("text/plain; charset=klingon", "é"), ("", "é")],
)
def test_text_is_decoded_as_claimed_else_as_utf_8(
    server: CustomerServer, content_type: str, text: str
) -> None:
    server.answers["/"] = lambda handler: handler.answer(
        200, {"Content-Type": content_type}, "é".encode()
    )

    assert get().text == text


def test_the_port_of_a_test_host_does_not_matter(server: CustomerServer) -> None:
    assert fetch(OutgoingRequest(f"http://{HOST.upper()}.:12345/")).status == 200
    assert server.seen[0][2]["host"] == f"{HOST}:12345"


@pytest.mark.parametrize(
    "path", ["/a\r\nX-Evil: 1\r\n\r\nGET /b HTTP/1.1", "/a\n b", "/?q=\u0130 é\x00"]
)
def test_line_breaks_in_a_url_are_encoded_and_make_one_request(
    server: CustomerServer, path: str
) -> None:
    get(path)

    [(_, seen, headers, _)] = server.seen
    assert "x-evil" not in headers
    assert seen.isascii()
    assert seen.isprintable()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-A": "1\r\nX-Evil: 1"},
        {"X-A\r\nX-Evil": "1"},
        {"X-A": "1\x00"},
        {"X A": "1"},
        {"": "1"},
        {"X-A": "₹"},
        {"Host": "inside.example.com"},
        {"Content-Length": "0"},
        {"transfer-encoding": "chunked"},
        {"Proxy-Authorization": "x"},
    ],
)
def test_a_header_that_would_change_the_request_is_refused(
    server: CustomerServer, headers: dict[str, str]
) -> None:
    with pytest.raises(HeaderNotAllowed):
        get(headers=headers)
    assert server.seen == []


def test_a_redirect_is_an_answer_unless_following_is_asked_for(server: CustomerServer) -> None:
    server.answers["/"] = redirect_to("/next")

    assert get().status == 302
    assert len(server.seen) == 1


def test_a_redirect_is_followed_on_request(server: CustomerServer) -> None:
    server.answers["/"] = redirect_to(f"//{OTHER_HOST}/next?x=1")

    response = get(max_redirects=1)

    assert (response.status, response.url) == (200, f"http://{OTHER_HOST}/next?x=1")
    assert server.seen[1][2]["host"] == OTHER_HOST


@pytest.mark.parametrize("wanted", [1, 2, 3, 20])
def test_a_redirect_loop_stops_at_the_limit_of_three(server: CustomerServer, wanted: int) -> None:
    server.answers["/"] = redirect_to("/")

    with pytest.raises(TooManyRedirects) as failure:
        get(max_redirects=wanted)

    assert len(server.seen) == min(wanted, 3) + 1
    assert failure.value.may_have_arrived


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "http://example.com:22/",
        "http://rebinding.example/",
    ],
)
def test_a_redirect_to_the_inside_is_not_followed(server: CustomerServer, url: str) -> None:
    server.answers["/"] = redirect_to(url)
    network = Network({"rebinding.example": [["127.0.0.1"]]}, local=server.address)

    with pytest.raises(UrlNotAllowed):
        fetch(
            OutgoingRequest(f"http://{HOST}/", max_redirects=3),
            resolve=network.resolve,
            connect=network.connect,
        )

    assert len(network.connected) == 1
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [
        (301, "GET", b""),
        (302, "GET", b""),
        (303, "GET", b""),
        (307, "POST", b"x"),
        (308, "POST", b"x"),
    ],
)
def test_a_redirected_post_becomes_what_browsers_make_of_it(
    server: CustomerServer, status: int, method: str, body: bytes
) -> None:
    server.answers["/"] = redirect_to("/next", status)

    get(method="POST", body=b"x", max_redirects=1)

    assert (server.seen[1][0], server.seen[1][3]) == (method, body)


@pytest.mark.parametrize(("host", "kept"), [(HOST, True), (OTHER_HOST, False)])
def test_secrets_in_headers_do_not_follow_to_another_origin(
    server: CustomerServer, host: str, kept: bool
) -> None:
    server.answers["/"] = redirect_to(f"http://{host}/next")

    get(
        max_redirects=1, headers={"Authorization": "secret", "X-Api-Key": "secret", "Accept": "a/b"}
    )

    after = server.seen[1][2]
    assert ("authorization" in after, "x-api-key" in after) == (kept, kept)
    assert after["accept"] == "a/b"


def test_a_server_that_hangs_up_may_have_acted(server: CustomerServer) -> None:
    server.answers["/"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(BadAnswer) as failure:
        get()
    assert failure.value.may_have_arrived


def test_what_is_not_http_is_a_bad_answer(server: CustomerServer) -> None:
    server.answers["/"] = lambda handler: handler.wfile.write(b"220 mail.example.com ESMTP\r\n" * 9)

    with pytest.raises(BadAnswer):
        get()


def test_a_body_cut_short_is_a_bad_answer(server: CustomerServer) -> None:
    server.answers["/"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
    )

    with pytest.raises(BadAnswer):
        get()


def test_a_closed_port_is_unreachable_and_nothing_arrived(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.HTTP_TEST_HOSTS = {HOST: f"127.0.0.1:{listening.getsockname()[1]}"}

    with pytest.raises(Unreachable, match="it takes no connections") as failure:
        get()
    assert failure.value.code == "http.unreachable"
    assert not failure.value.may_have_arrived


@pytest.mark.parametrize("answers", [{}, {"example.com": [[]]}])
def test_an_unknown_name_is_unreachable(answers: dict[str, list[list[str]]]) -> None:
    network = Network(answers)

    with pytest.raises(Unreachable):
        fetch(
            OutgoingRequest("http://example.com/"), resolve=network.resolve, connect=network.connect
        )


def test_tls_asks_for_the_name_and_refuses_a_server_without_a_certificate(settings: Any) -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    def serve(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, pytest.raises(ssl.SSLError):
            context.wrap_socket(connection, server_side=True)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        settings.HTTP_TEST_HOSTS = {HOST: f"127.0.0.1:{listening.getsockname()[1]}"}
        with pytest.raises(Unreachable, match="TLS certificate or handshake"):
            fetch(OutgoingRequest(f"https://{HOST}/"))
        thread.join()

    assert names == [HOST]
