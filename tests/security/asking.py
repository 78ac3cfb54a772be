"""Asks the API wrong things and reads what it says to that."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.security.world import World

JSON = "application/json"
Answer = Any  # of the test client: a response that reads its JSON


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``path`` may name objects of the world: ``flows/{flow.sid}``."""

    method: str
    path: str
    body: Any = None
    named: str = ""  # the field that the answer must name
    status: int | None = None  # any refusal, unless one is the right one
    content_type: str = JSON
    more: dict[str, Any] = field(default_factory=dict)

    def of(self, client: Client, world: World) -> Answer:
        path = self.path.format(**{name: getattr(world, name) for name in world.__slots__})
        address = path if path.startswith("/") else f"/api/v1/{path}"
        if self.method == "get":
            return client.get(address, self.body)
        sent = self.body
        if self.content_type == JSON and not isinstance(sent, str | bytes):
            sent = json.dumps(sent)
        return getattr(client, self.method)(
            address, sent, content_type=self.content_type, **self.more
        )


def ask(method: str, path: str, body: Any = None, named: str = "", **more: Any) -> Asked:
    return Asked(method, path, body, named, **more)


def refusal(answer: Answer) -> dict[str, Any]:
    """Return the error after checking its shape: code, message and context, and nothing else."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.content[:500])
    assert answer["Content-Type"].startswith(JSON), answer["Content-Type"]
    told = json.loads(answer.content)
    assert set(told) == {"error"}
    error: dict[str, Any] = told["error"]
    assert set(error) == {"code", "message", "context"}
    assert error["code"] and error["message"]
    assert isinstance(error["context"], dict)
    return error


def check(asked: Asked, answer: Answer) -> None:
    error = refusal(answer)
    if asked.status is not None:
        assert answer.status_code == asked.status, error
    if asked.named:
        assert asked.named in json.dumps(error, ensure_ascii=False), error
