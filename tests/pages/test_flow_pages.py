"""The list of flows and the page that hosts the canvas."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.caller import caller_for
from accounts.models import Account, Role, User
from flows.models import Flow
from flows.services import create_flow, issues_of_draft
from flows.starting_points import STARTING_POINTS
from flows.thumbnail import thumbnail
from tests.builders import build_member

ClientOf = Callable[[User], Client]


def make(user: User, name: str = "Support line") -> Flow:
    caller = caller_for(user)
    assert caller
    return create_flow(caller=caller, name=name, now=timezone.now())


def test_the_first_flow_is_asked_for(client_of: ClientOf, editor: User, viewer: User):
    assert "Build your first call flow" in client_of(editor).get("/flows/").content.decode()
    assert "data-open" not in client_of(viewer).get("/flows/").content.decode()


@pytest.mark.parametrize("point", STARTING_POINTS, ids=lambda point: point.slug)
def test_a_flow_begins_with_a_starting_point(client_of: ClientOf, editor: User, point):
    answer = client_of(editor).post("/flows/", {"name": "New one", "start": point.slug})
    flow = Flow.objects.get()
    assert answer["Location"] == f"/flows/{flow.sid}/"
    assert len(flow.draft["nodes"]) >= (3 if point.graph else 0)
    wrong = {issue.code for issue in issues_of_draft(flow)}
    assert not {code for code in wrong if "unknown" in code or "port" in code}, wrong


def test_a_name_is_taken_once(client_of: ClientOf, editor: User):
    make(editor)
    page = client_of(editor).post("/flows/", {"name": "Support line", "start": "blank"})
    assert "There is another flow called" in page.content.decode()
    assert "data-open-now" in page.content.decode()


def test_viewers_make_no_flows(client_of: ClientOf, viewer: User):
    assert client_of(viewer).post("/flows/", {"name": "x"}).status_code == 403
    assert not Flow.objects.exists()


def test_flows_of_other_accounts_are_not_seen(
    client_of: ClientOf, viewer: User, other_account: Account
):
    foreign = make(build_member(other_account, Role.EDITOR), "Secret line")
    assert "Secret line" not in client_of(viewer).get("/flows/").content.decode()
    assert client_of(viewer).get(f"/flows/{foreign.sid}/").status_code == 404


def test_the_list_is_searched(client_of: ClientOf, editor: User):
    make(editor, "Support line")
    make(editor, "Diwali offer")
    page = client_of(editor).get("/flows/?q=diwali").content.decode()
    assert "Diwali offer" in page
    assert "Support line" not in page


def test_the_canvas_gets_its_data(client_of: ClientOf, editor: User):
    flow = make(editor, "Lines & <b>more</b>")
    page = client_of(editor).get(f"/flows/{flow.sid}/").content.decode()
    found = re.search(r'<script id="builder-data" type="application/json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert data["flow"]["id"] == flow.sid
    assert {applet["slug"] for applet in data["applets"]} >= {"greeting", "sms", "passthru"}
    assert data["urls"]["back"] == "/flows/"
    assert f'data-flow="{flow.sid}"' in page


@pytest.mark.parametrize(
    "graph",
    [
        {},
        {"nodes": [{"id": "a", "type": "nothing"}]},
        {"nodes": [{"id": "a", "type": "sms"}], "layout": {"a": {"x": "wide", "y": None}}},
        {
            "nodes": [{"id": "a", "type": "sms"}],
            "connections": [{"from": "a", "port": "next", "to": "gone"}],
        },
    ],
)
def test_pictures_of_odd_graphs(graph: dict[str, object]):
    thumbnail(graph)
