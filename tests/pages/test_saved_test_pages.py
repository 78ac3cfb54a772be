"""The pages of saved test calls, without a script: lists, the form as JSON, and a call's replay."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, User
from flows.models import FlowTest
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, post, read, tell
from tests.flows.drawing import connect, graph, hangup, missed_call
from tests.flows.test_flows_api import send
from tests.flows.test_saved_tests import document


@pytest.fixture
def flow(api: Client, account: Account) -> str:
    build_template(build_header(build_entity(account)))
    return make_flow(api, missed_call())


@pytest.fixture
def asha(editor: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(editor)


@pytest.fixture
def vikram(viewer: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(viewer)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def saved(client: Client, address: str, **more: Any) -> Any:
    return client.post(address, {"document": json.dumps(document(**more))})


def test_a_flow_without_tests_says_what_they_are_for(asha: Client, flow: str) -> None:
    assert "Save what should happen" in page(asha, f"/flows/{flow}/tests/")


def test_a_test_is_written_run_and_deleted(asha: Client, flow: str) -> None:
    assert "New test call" in page(asha, f"/flows/{flow}/tests/new/")
    assert saved(asha, f"/flows/{flow}/tests/new/").status_code == 302
    listed = page(asha, f"/flows/{flow}/tests/")
    assert "Nobody answers" in listed
    assert "Not run yet" in listed
    assert "3 of 6 ways out taken (50%)" in listed
    told = asha.post(f"/flows/{flow}/tests/run/", follow=True).content.decode()
    assert "1 of 1 test calls passed." in told
    test = FlowTest.objects.get()
    busy = [{"do": "agent", "status": "busy"}]
    saved(asha, f"/flows/{flow}/tests/{test.sid}/", script=busy)
    told = asha.post(f"/flows/{flow}/tests/run/", follow=True).content.decode()
    assert "Expected “Sales → No answer”, went “Sales → Busy”." in told
    asha.post(f"/flows/{flow}/tests/{test.sid}/delete/")
    assert not FlowTest.objects.exists()


def test_a_document_that_is_none_comes_back_with_the_place(asha: Client, flow: str) -> None:
    address = f"/flows/{flow}/tests/new/"
    answer = saved(asha, address, callr="+91")
    assert answer.status_code == 422
    assert "This is not a test call: callr is not a key of a test call." in answer.content.decode()
    answer = asha.post(address, {"document": "{broken"})
    assert "This is not a test call: the value must be an object." in answer.content.decode()
    assert "{broken" in answer.content.decode()


def test_viewers_see_tests_and_save_none(asha: Client, vikram: Client, flow: str) -> None:
    saved(asha, f"/flows/{flow}/tests/new/")
    test = FlowTest.objects.get()
    assert "Run all" not in page(vikram, f"/flows/{flow}/tests/")
    assert "readonly" in page(vikram, f"/flows/{flow}/tests/{test.sid}/")
    assert saved(vikram, f"/flows/{flow}/tests/{test.sid}/").status_code == 403
    assert vikram.post(f"/flows/{flow}/tests/run/").status_code == 403
    page(vikram, f"/flows/{flow}/tests/tstnone/", 404)


def test_a_call_is_replayed_beside_how_it_went(
    api: Client, asha: Client, vikram: Client, flow: str
) -> None:
    turn = begin(api, flow)
    call = f"/calls/{turn['sid']}/"
    assert "Replay" not in page(asha, call)
    assert "has not ended yet" in page(asha, f"{call}replay/")
    tell(api, turn, type="dial_ended", status="no_answer")
    assert f'href="{call}replay/"' in page(asha, call)
    assert "The call would go as it went." in page(asha, f"{call}replay/")
    drawn = graph(
        connect("n2", "Sales"),
        hangup("n4"),
        ways="n2.answered>n4 n2.no_answer>n4 n2.busy>n4 n2.failed>n4",
    )
    base = read(api, f"flows/{flow}")["draft"]["hash"]
    send(api, "put", f"flows/{flow}/draft", {"graph": drawn, "base_hash": base}, 200)
    shown = page(vikram, f"{call}replay/?use=draft")
    assert "Went “n1 → Next”, now goes “Sales → No answer”." in shown
    assert "data-first-difference" in shown
    assert "+919876543210" not in shown
    assert "+919876543210" in page(asha, f"{call}replay/")
    page(asha, f"{call}replay/?use=7", 404)
    post(api, f"flows/{flow}/publish", {})
    assert "Version 1" in page(asha, f"{call}replay/?use=1")
