"""Talks to the API as the builder's handset does."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

CALLER = "+919876543210"


def post(client: Client, path: str, body: object, status: int = 200) -> Any:
    answer = client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def read(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def make_flow(api: Client, drawn: object, name: str = "Support line") -> str:
    return str(post(api, "flows", {"name": name, "graph": drawn}, 201)["id"])


def begin(api: Client, flow: str, answered: int = 201, /, **more: object) -> Any:
    body = {"flow": flow, "use": "draft", "from": CALLER, **more}
    return post(api, "simulations", body, answered)


def tell(api: Client, turn: Any, answered: int = 200, /, **event: object) -> Any:
    return post(api, f"simulations/{turn['sid']}/events", event, answered)


def kinds(turn: Any) -> list[str]:
    return [instruction["type"] for instruction in turn["instructions"]]


def path(turn: Any) -> list[tuple[str, str | None]]:
    return [(step["node"], step["port"]) for step in turn["steps"]]
