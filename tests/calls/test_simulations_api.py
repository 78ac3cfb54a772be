"""Test calls through the API, as the builder's handset and other programs make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Account, Role
from billing.models import Balance
from calls import effects, tasks
from calls.models import Call, CallEvent, CallStep, PhoneNumber
from calls.silence import close_silent_calls
from flows.models import FlowRun
from sms.models import Message
from tests.builders import build_entity, build_header, build_template
from tests.calls.talking import CALLER, begin, kinds, make_flow, path, post, read, tell
from tests.flows.drawing import connect, graph, greeting, hangup, menu, missed_call, sms


@pytest.fixture(autouse=True)
def registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.fixture
def flow(api: Client) -> str:
    return make_flow(api, missed_call())


def test_a_missed_call_sends_its_message(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    assert kinds(turn) == ["answer", "say", "dial"]
    assert turn["instructions"][2] == {
        "type": "dial",
        "targets": ["+919812345678"],
        "strategy": "together",
        "ring_seconds": 30,
        "caller_id": "+914412345678",
        "record": False,
        "time_limit_seconds": 0,
        "whisper": None,
    }
    assert turn["waiting_for"] == "dial_ended"
    assert not turn["ended"]
    turn = tell(api, turn, type="dial_ended", status="no_answer", talk_seconds=0)
    assert turn["ended"]
    assert turn["ended_reason"] == "The flow hung up."
    assert turn["waiting_for"] is None
    assert kinds(turn) == ["hangup"]
    (message,) = turn["messages"]
    assert message["error"] is None
    assert (message["to"], message["from"], message["node"]) == (CALLER, "ACMECO", "n3")
    assert path(turn) == [("n1", "next"), ("n2", "no_answer"), ("n3", "next"), ("n4", None)]
    assert turn["steps"][2]["detail"] == {"message": message["sid"], "status": message["status"]}


def test_a_message_of_a_test_call_says_so_and_costs_nothing(api: Client, flow: str) -> None:
    tell(api, begin(api, flow), type="dial_ended", status="busy")
    message = Message.objects.get()
    call = Call.objects.get()
    assert message.is_test
    assert message.call_sid == call.sid
    assert message.flow_name == "Support line"
    assert message.flow_version is None
    assert call.ref in message.body
    assert Balance.objects.get().available_paise == 100_000


def test_an_answered_call_sends_nothing(api: Client, flow: str) -> None:
    turn = tell(api, begin(api, flow), type="dial_ended", status="answered", talk_seconds=30)
    assert turn["ended"]
    assert turn["messages"] == []


def test_a_caller_who_hangs_up_still_gets_the_message(api: Client, flow: str) -> None:
    turn = tell(api, begin(api, flow), type="hung_up")
    assert turn["ended"]
    assert turn["ended_reason"] == "The caller had hung up."
    assert turn["instructions"] == []
    assert len(turn["messages"]) == 1


def test_a_menu_is_answered_with_keys(api: Client) -> None:
    drawn = graph(
        menu("m", "1", "2"),
        sms("s"),
        hangup("h"),
        ways="m.1>s m.2>h m.no_input>h m.no_match>h s.next>h",
    )
    turn = begin(api, make_flow(api, drawn))
    assert kinds(turn) == ["answer", "gather"]
    assert turn["waiting_for"] == "digits"
    turn = tell(api, turn, type="digits", digits="")
    assert kinds(turn) == ["gather"]
    assert turn["steps"][0]["detail"] == {"said": "Choose.", "tries": 2}
    turn = tell(api, turn, type="digits", digits="1")
    assert turn["ended"]
    assert turn["messages"][0]["node"] == "s"


# --- what goes wrong ------------------------------------------------------------------------------


def test_a_refused_message_does_not_stop_the_call(api: Client) -> None:
    drawn = graph(sms("s", body="Another text."), connect("c"), ways="s.next>c")
    turn = begin(api, make_flow(api, drawn))
    assert kinds(turn) == ["dial"]
    assert turn["messages"][0]["status"] == "error"
    assert turn["messages"][0]["error"]["code"] == "dlt.template_mismatch"
    assert turn["steps"][0]["detail"]["error"] == "dlt.template_mismatch"
    assert turn["steps"][0]["note"]


def test_a_missing_variable_is_recorded_and_the_call_goes_on(api: Client) -> None:
    drawn = graph(sms("s", body="Hello {name}"), connect("c"), ways="s.next>c")
    turn = begin(api, make_flow(api, drawn))
    assert kinds(turn) == ["dial"]
    assert turn["messages"][0]["status"] == "error"
    assert "{name}" in turn["messages"][0]["error"]["message"]


@pytest.mark.parametrize("fault", [RuntimeError("bug"), KeyError("x"), SystemError()])
def test_a_bug_in_the_pipeline_does_not_reach_the_call(
    api: Client, flow: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    # The pipeline is ours and works: only a fault put into it can show that the call survives one.
    def broken(**given: Any) -> Message:
        Message.objects.create(
            account=given["account"],
            to_number="x",
            body="x",
            **dict.fromkeys(("not_before", "created", "updated"), given["now"]),
        )
        raise fault

    monkeypatch.setattr(effects, "accept_message", broken)
    turn = tell(api, begin(api, flow), type="dial_ended", status="no_answer")
    assert turn["ended"]
    assert turn["messages"] == []
    assert Message.objects.count() == 0
    assert turn["steps"][2]["detail"] == {"failure": type(fault).__name__}
    assert "the call went on" in turn["steps"][2]["note"]
    assert path(turn)[-1] == ("n4", None)


def test_an_unexpected_event_changes_nothing(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    before = FlowRun.objects.values().get()
    error = tell(api, turn, 409, type="digits", digits="1")["error"]
    assert error["code"] == "calls.unexpected_event"
    assert error["context"] == {"awaited": "dial_ended", "given": "digits"}
    assert FlowRun.objects.values().get() == before
    assert CallEvent.objects.count() == 1
    assert tell(api, turn, 409, type="prompt_finished")["error"]["code"] == error["code"]
    assert tell(api, turn, type="dial_ended", status="busy")["ended"]


def test_a_repeated_event_gets_the_same_answer(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    event = {"type": "dial_ended", "status": "no_answer", "key": "k-1"}
    first = tell(api, turn, **event)
    assert tell(api, turn, **event) == first
    assert tell(api, turn, type="hung_up", key="k-1") == first
    assert Message.objects.count() == 1
    assert CallStep.objects.count() == 4


def test_keys_of_one_call_are_nothing_to_another(api: Client, flow: str) -> None:
    one, two = begin(api, flow), begin(api, flow)
    tell(api, one, type="dial_ended", status="no_answer", key="k")
    assert tell(api, two, type="dial_ended", status="answered", key="k")["messages"] == []


def test_hanging_up_after_the_end_is_no_error(api: Client, flow: str) -> None:
    ended = tell(api, begin(api, flow), type="dial_ended", status="busy")
    again = tell(api, ended, type="hung_up")
    assert again["ended_reason"] == ended["ended_reason"]
    assert again["instructions"] == []
    assert len(again["messages"]) == 1
    assert tell(api, ended, 409, type="digits", digits="1")["error"]["code"]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "earthquake"},
        {"type": "digits", "digits": "12a"},
        {"type": "digits", "digits": "1" * 33},
        {"type": "dial_ended", "status": "exploded"},
        {"type": "dial_ended"},
        {"type": "hung_up", "talk_seconds": 1e9},
        {"type": "fetched", "status": "200"},
        {"type": "call_started"},
    ],
)
def test_a_bad_event_is_refused(api: Client, flow: str, event: dict[str, Any]) -> None:
    error = tell(api, begin(api, flow), 422, **event)["error"]
    assert error["code"] == "calls.bad_event"


@pytest.mark.parametrize("event", [{}, {"type": ""}, {"type": 3, "key": "k" * 101}])
def test_an_event_without_a_type_is_invalid(api: Client, flow: str, event: Any) -> None:
    assert tell(api, begin(api, flow), 400, **event)["error"]["code"] == "invalid"


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "read_as"),
    [("098765 43210", "+919876543210"), ("+1 415 555 2671", "+14155552671"), ("anonymous", "")],
)
def test_the_caller_s_number_is_read_as_people_write_it(
    api: Client, flow: str, number: str, read_as: str
) -> None:
    begin(api, flow, **{"from": number})
    assert Call.objects.get().from_number == read_as


@pytest.mark.parametrize("number", ["12", "Meera", "+91", "112"])
def test_what_is_no_number_cannot_call(api: Client, flow: str, number: str) -> None:
    assert begin(api, flow, 422, **{"from": number})["error"]["code"].startswith("phone.")
    assert Call.objects.count() == 0


@pytest.mark.parametrize("number", ["", None, "x" * 251])
def test_a_call_needs_a_caller(api: Client, flow: str, number: object) -> None:
    assert begin(api, flow, 400, **{"from": number})["error"]["code"] == "invalid"


def test_the_called_number_is_the_flow_s_own(api: Client, account: Account, flow: str) -> None:
    begin(api, flow)
    PhoneNumber.objects.create(account=account, e164="+918000000001")
    begin(api, flow)
    own = PhoneNumber.objects.create(account=account, e164="+918000000002")
    own.flow_id = FlowRun.objects.values_list("flow", flat=True)[0]
    own.save()
    begin(api, flow)
    begin(api, flow, to="+918000000003")
    called = Call.objects.order_by("pk").values_list("to_number", flat=True)
    assert list(called) == ["+914412345678", "+918000000001", "+918000000002", "+918000000003"]


# --- versions -------------------------------------------------------------------------------------


def test_a_call_ends_on_the_version_it_began_on(api: Client, flow: str) -> None:
    assert begin(api, flow, 422, use="live")["error"]["code"] == "flows.not_published"
    post(api, f"flows/{flow}/publish", {})
    live, draft = begin(api, flow, use="live"), begin(api, flow)
    shown = read(api, f"flows/{flow}")
    changed = graph(greeting("n1", "Changed."), connect("n2"), ways="n1.next>n2")
    answer = api.put(
        f"/api/v1/flows/{flow}/draft",
        {"graph": changed, "base_hash": shown["draft"]["hash"]},
        content_type="application/json",
    )
    assert answer.status_code == 200
    post(api, f"flows/{flow}/publish", {})
    for turn in (live, draft):
        assert len(tell(api, turn, type="dial_ended", status="no_answer")["messages"]) == 1
    assert begin(api, flow, use="live")["instructions"][1]["text"] == "Changed."
    versions = Message.objects.order_by("pk").values_list("flow_version", flat=True)
    assert list(versions) == [1, None]


def test_a_draft_with_errors_can_be_tried(api: Client) -> None:
    turn = begin(api, make_flow(api, graph()))
    assert turn["ended"]
    assert turn["ended_reason"] == "The flow has no start."
    assert kinds(turn) == ["hangup"]


# --- reading --------------------------------------------------------------------------------------


def test_a_turn_can_be_read_again(api: Client, flow: str) -> None:
    begun = begin(api, flow)
    assert read(api, f"simulations/{begun['sid']}") == begun
    ended = tell(api, begun, type="dial_ended", status="no_answer")
    again = read(api, f"simulations/{begun['sid']}")
    assert again["steps"] == ended["steps"]
    assert again["instructions"] == ended["instructions"]


def test_calls_are_listed_and_shown(api: Client, flow: str) -> None:
    sid = tell(api, begin(api, flow), type="dial_ended", status="no_answer")["sid"]
    (listed,) = read(api, "calls")["calls"]
    assert listed["sid"] == sid
    assert listed["status"] == "completed"
    assert listed["outcome"] == "flow_ended"
    assert listed["flow"] == {"id": flow, "name": "Support line", "version": None}
    shown = read(api, f"calls/{sid}")
    assert [step["node"] for step in shown["steps"]] == ["n1", "n2", "n3", "n4"]
    assert len(shown["messages"]) == 1
    assert read(api, "calls?flow=flwother")["calls"] == []
    assert read(api, "calls?cursor=1")["calls"] == []


def test_calls_of_others_do_not_exist(
    api: Client, api_of: Callable[..., Client], other_account: Account, flow: str
) -> None:
    turn = begin(api, flow)
    stranger = api_of(other_account)
    begin(stranger, flow, 404)
    tell(stranger, turn, 404, type="hung_up")
    read(stranger, f"simulations/{turn['sid']}", 404)
    read(stranger, f"calls/{turn['sid']}", 404)
    assert read(stranger, "calls")["calls"] == []


def test_viewers_cannot_make_test_calls(
    api: Client, api_of: Callable[..., Client], account: Account, flow: str
) -> None:
    viewer = api_of(account, Role.VIEWER)
    begin(viewer, flow, 403)
    turn = begin(api, flow)
    tell(viewer, turn, 403, type="hung_up")
    assert read(viewer, f"simulations/{turn['sid']}")["sid"] == turn["sid"]


def test_every_step_is_shown_live(
    api: Client,
    flow: str,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    said: list[tuple[str, Any]] = []
    monkeypatch.setattr("core.live.say", lambda group, event: said.append((group, event)))
    with django_capture_on_commit_callbacks(execute=True):
        turn = begin(api, flow)
    assert {group for group, _ in said} == {f"account.{account.sid}"}
    (heard,) = [event["steps"] for _, event in said if event["type"] == "call.step"]
    assert heard == [[step["index"], step["node"], step["port"] or ""] for step in turn["steps"]]
    assert said[0][1]["call"] == turn["sid"]


def test_a_call_nobody_ends_is_hung_up(api: Client, flow: str) -> None:
    turn = begin(api, flow)
    call = Call.objects.get()
    assert close_silent_calls(call.started) == 0
    call.started = call.started.replace(year=2020)
    call.save()
    tasks.close_silent_calls()
    again = read(api, f"simulations/{turn['sid']}")
    assert again["ended"]
    assert Call.objects.get().status == Call.Status.COMPLETED
