"""People who may look but not edit see no secret that a flow tells a customer's server."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Role
from tests.calls.talking import make_flow, post
from tests.flows.drawing import graph, hangup, passthru

SECRET = "s3cret-of-acme"
HEADERS = {"X-Api-Key": SECRET, "X-Shop": "7"}
DRAWN = graph(
    passthru("p", "Look up", url=f"https://bookings.demo.test/ask?token={SECRET}", headers=HEADERS),
    hangup("h"),
    ways="p.ok>h p.other>h p.error>h",
)


@pytest.fixture
def flow(api: Client) -> str:
    sid = make_flow(api, graph(hangup("h")))
    post(api, f"flows/{sid}/publish", {})
    draft = api.get(f"/api/v1/flows/{sid}").json()["draft"]
    body = json.dumps({"graph": DRAWN, "base_hash": draft["hash"]})
    assert api.put(f"/api/v1/flows/{sid}/draft", body, "application/json").status_code == 200
    post(api, f"flows/{sid}/publish", {})
    return sid


PATHS = [
    "flows/{}",
    "flows/{}/versions",
    "flows/{}/versions/2",
    "flows/{}/diff?from=1&to=2",
    "flows/{}/export",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_viewer_is_shown_the_flow_without_it(
    flow: str, account: Account, api_of: Callable[..., Client], path: str
) -> None:
    answer = api_of(account, Role.VIEWER).get(f"/api/v1/{path.format(flow)}")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


def test_nor_is_it_in_a_viewer_s_zip(
    flow: str, account: Account, api_of: Callable[..., Client]
) -> None:
    answer = api_of(account, Role.VIEWER).get(f"/api/v1/flows/export?ids={flow}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())


def test_an_editor_sees_what_was_set(api: Client, flow: str) -> None:
    nodes = api.get(f"/api/v1/flows/{flow}").json()["draft"]["graph"]["nodes"]
    settings = next(node for node in nodes if node["id"] == "p")["settings"]
    assert settings["headers"] == HEADERS
