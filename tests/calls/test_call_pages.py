"""The call log and the page of a call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Account
from calls.models import Call, CallStep
from flows.models import Flow, FlowRun
from sms.states import Status
from tests.reports.sent import build_message


def build_call(account: Account, name: str = "Support line", **fields: Any) -> Call:
    started = fields.pop("started", timezone.now() - timedelta(minutes=3))
    flow, _ = Flow.objects.get_or_create(
        account=account, name=name, defaults={"draft": {}, "draft_updated": started}
    )
    run = FlowRun.objects.create(flow=flow, draft_graph={}, started=started)
    values: dict[str, Any] = {
        "adapter": "simulator",
        "from_number": "+919876543210",
        "to_number": "+918047104710",
        "status": Call.Status.COMPLETED,
        "outcome": "completed",
        "started": started,
        "ended": started + timedelta(seconds=75),
    }
    return Call.objects.create(account=account, run=run, **(values | fields))


def build_step(call: Call, index: int = 0, **fields: Any) -> CallStep:
    values: dict[str, Any] = {
        "node": "n1",
        "applet": "greeting",
        "name": "Welcome",
        "port": "next",
        "at": call.started,
        "left": call.started + timedelta(seconds=2),
    }
    return CallStep.objects.create(call=call, index=index, **(values | fields))


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_log_shows_calls_with_masked_numbers_and_their_messages(account, admin, client_of):
    call = build_call(account)
    build_message(account, call_sid=call.sid)
    build_message(account, call_sid=call.sid)
    page = text_of(client_of(admin), "/calls/")
    assert f'href="/calls/{call.sid}/"' in page
    assert "+91 98•••• 3210" in page
    assert "+919876543210" not in page
    assert "1 min 15 s" in page
    assert '<td class="segments num">2</td>' in page


@pytest.mark.parametrize(
    ("query", "expected"), [("", 2), ("kind=test", 1), ("kind=real", 1), ("kind=odd", 2)]
)
def test_the_log_filters_by_kind(account, viewer, client_of, query, expected):
    build_call(account, is_test=True)
    build_call(account)
    assert text_of(client_of(viewer), f"/calls/?{query}").count("link-row") == expected


def test_the_log_filters_by_flow(account, viewer, client_of):
    one, two = build_call(account), build_call(account, "Orders")
    page = text_of(client_of(viewer), f"/calls/?flow={two.run.flow.sid}")
    assert two.sid in page
    assert one.sid not in page


def test_the_log_goes_on_by_key(account, viewer, client_of):
    calls = [build_call(account) for _ in range(60)]
    page = text_of(client_of(viewer), f"/calls/?before={calls[10].sid}")
    assert page.count("link-row") == 10


def test_an_empty_log_says_what_to_do(account, viewer, client_of):
    assert "place a test call" in text_of(client_of(viewer), "/calls/")


def test_filters_that_match_no_call_say_so(account, viewer, client_of):
    build_call(account)
    assert "match these filters" in text_of(client_of(viewer), "/calls/?kind=test")


def test_dates_that_go_backwards_give_a_clear_message(account, viewer, client_of):
    page = text_of(client_of(viewer), "/calls/?from=2026-11-20&to=2026-11-10", 422)
    assert "before it begins" in page


def test_calls_of_another_account_are_not_listed(other_account, viewer, client_of):
    call = build_call(other_account)
    assert call.sid not in text_of(client_of(viewer), "/calls/")


@pytest.mark.parametrize("tail", ["", "live/"])
def test_a_call_of_another_account_is_not_found(other_account, admin, client_of, tail):
    call = build_call(other_account)
    assert client_of(admin).get(f"/calls/{call.sid}/{tail}").status_code == 404


def test_a_stranger_is_sent_to_sign_in(account, client):
    assert client.get("/calls/").status_code == 302
    assert client.get(f"/calls/{build_call(account).sid}/").status_code == 302


def test_a_call_shows_its_path_and_its_messages(account, editor, client_of):
    call = build_call(account)
    build_step(call)
    build_step(
        call,
        1,
        applet="connect",
        name="Sales",
        port="no_answer",
        note="Nobody answered",
        detail={"targets": ["+919812345678"]},
    )
    message = build_message(account, Status.SENT, call_sid=call.sid)
    page = text_of(client_of(editor), f"/calls/{call.sid}/")
    for words in ("Welcome", "Sales", "No answer", "Nobody answered", "+919812345678", "Sent"):
        assert words in page
    assert f'data-sid="{message.sid}"' in page


def test_a_viewer_sees_no_whole_number_on_a_call(account, viewer, client_of):
    call = build_call(account)
    build_step(call, detail={"targets": ["+919812345678"]}, note="Rang +919812345678")
    page = text_of(client_of(viewer), f"/calls/{call.sid}/")
    assert "9876543210" not in page
    assert "9812345678" not in page
    assert "+91 98•••• 5678" in page


def test_a_hidden_caller_is_named_so(account, viewer, client_of):
    call = build_call(account, from_number="")
    assert "Hidden number" in text_of(client_of(viewer), f"/calls/{call.sid}/")
    assert "Hidden number" in text_of(client_of(viewer), "/calls/")


def test_a_step_of_an_unknown_applet_is_still_shown(account, viewer, client_of):
    call = build_call(account)
    build_step(call, applet="carrier_pigeon", name="")
    assert "carrier_pigeon" in text_of(client_of(viewer), f"/calls/{call.sid}/")


def test_steps_after_the_call_and_of_another_flow_stand_under_headings(account, viewer, client_of):
    call = build_call(account, entry=Call.Entry.API)
    orders = build_call(account, "Orders").run.flow
    build_step(call, flow=call.run.flow, version=3)
    build_step(call, 1, flow=orders, version=2, ends=True)
    build_step(call, 2, flow=orders, version=2, after_call=True)
    page = text_of(client_of(viewer), f"/calls/{call.sid}/")
    assert page.count("Orders, version 2") == 1
    assert page.count("After the call") == 1
    assert "Started over the API" in page


def test_the_api_hides_numbers_and_entered_digits_from_viewers(account, viewer, editor, client_of):
    call = build_call(account)
    detail = {"rang": ["+919812345678"], "digits": "482913", "case": "VIP", "message": "sms123"}
    build_step(call, detail=detail, note="Rang +919812345678", flow=call.run.flow, version=3)
    build_message(account, call_sid=call.sid)
    hidden = client_of(viewer).get(f"/api/v1/calls/{call.sid}").content.decode()
    for secret in ("9876543210", "9812345678", "482913"):
        assert secret not in hidden
        assert secret in client_of(editor).get(f"/api/v1/calls/{call.sid}").content.decode()
    assert call.sid in hidden
    assert "sms123" in hidden
    assert "9876543210" not in client_of(viewer).get("/api/v1/calls").content.decode()


def test_the_api_says_where_a_step_is_drawn_and_what_began_the_call(account, viewer, client_of):
    call = build_call(account, entry=Call.Entry.INBOUND_SMS)
    build_step(call, flow=call.run.flow, version=3, after_call=True)
    found = client_of(viewer).get(f"/api/v1/calls/{call.sid}").json()
    (step,) = found["steps"]
    assert step["flow"] == {"id": call.run.flow.sid, "name": "Support line", "version": 3}
    assert step["after_call"] is True
    assert found["entry"] == "inbound_sms"
