"""A customer's web server, real and on this machine, and a network that writes down its use."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.http import FetchedResponse, OutgoingRequest, fetch

HOST = "bookings.demo.test"
OTHER_HOST = "other.demo.test"
PUBLIC = "93.184.215.14"


class CustomerServer(ThreadingHTTPServer):
    """A real server on this machine; ``answers`` maps a path to what writes the answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: dict[str, Callable[[Handler], object]] = {}
        self.released = threading.Event()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what many of these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: CustomerServer

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((self.command, self.path, headers, body))
        self.server.answers.get(self.path.partition("?")[0], Handler.say_ok)(self)

    do_GET = do_POST = do_HEAD = do_PUT = do  # noqa: N815 -- http.server looks for these

    def say_ok(self) -> None:
        self.answer(200, {"Content-Type": "text/plain; charset=utf-8"}, "grüße".encode())

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@dataclass
class Network:
    """Names as an attacker's DNS answers them, and a line to one local server; keeps a record."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    local: str = ""
    refusing: frozenset[str] = frozenset()
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        if address in self.refusing or not self.local:
            raise ConnectionRefusedError
        host, _, local_port = self.local.partition(":")
        return socket.create_connection((host, int(local_port)), seconds)


def get(path: str = "/", **wishes: Any) -> FetchedResponse:
    """Fetch a path of the customer's server."""
    return fetch(OutgoingRequest(f"http://{HOST}{path}", **wishes))


def redirect_to(url: str, status: int = 302) -> Callable[[Handler], None]:
    return lambda handler: handler.answer(status, {"Location": url, "Set-Cookie": "id=1; Path=/"})
