"""Bodies that declare no length: read up to a limit, through the application a server runs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from flowbuilder.asgi import application
from sms.callbacks import LARGEST, gateway_token

CHUNK = b"x" * 1024 * 1024
pytestmark = pytest.mark.django_db(transaction=True)


class ChunkedPost:
    """A client that goes on sending as long as somebody reads."""

    def __init__(self, path: str, chunks: int, content_type: bytes, chunk: bytes = CHUNK) -> None:
        self.left, self.chunk = chunks, chunk
        self.read = 0
        self.status = 0
        self.told = b""
        self.scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"localhost"), (b"content-type", content_type)],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }

    async def receive(self) -> dict[str, Any]:
        if self.left <= 0:
            await asyncio.Event().wait()  # stays for the answer
        self.left -= 1
        self.read += 1
        return {"type": "http.request", "body": self.chunk, "more_body": self.left > 0}

    async def send(self, event: dict[str, Any]) -> None:
        self.status = event.get("status", self.status)
        self.told += event.get("body", b"")

    def run(self) -> ChunkedPost:
        async_to_sync(application)(self.scope, self.receive, self.send)
        return self


@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/sms", "/v2.0/sms", "/flows/"])
@pytest.mark.parametrize(
    "content_type", [b"application/json", b"application/x-www-form-urlencoded"]
)
def test_an_endless_body_is_cut_off(path: str, content_type: bytes):
    post = ChunkedPost(path, 100_000, content_type).run()
    assert post.status == 413
    assert post.read < 20
    assert json.loads(post.told)["error"]["code"] == "too_large"


@pytest.mark.parametrize("chunks", [2, 5])
def test_a_receipt_without_a_declared_length_is_measured(chunks: int):
    path = f"/gateways/simulator/{gateway_token('simulator')}/receipts"
    post = ChunkedPost(path, chunks, b"application/json", b"x" * (LARGEST // 2 + 1)).run()
    assert post.status == 413


@pytest.mark.parametrize("path", ["/dlt/import/", "/api/v1/dlt/imports"])
def test_uploads_may_be_larger_but_not_endless(path: str):
    kind = b"multipart/form-data; boundary=x"
    endless = ChunkedPost(path, 100_000, kind).run()
    assert endless.status == 413
    assert endless.read < 70
    file = ChunkedPost(path, 40, kind).run()  # read to its end, then a stranger is sent away
    assert (file.read, file.left) == (40, 0)
    assert file.status in (401, 403)
