"""Recordings in calls: played from their address, left out when they are not there, and messages recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from flows.models import Audio
from flows.tasks import convert_audio
from tests.calls.talking import begin, kinds, make_flow, path, post, read, tell
from tests.customer_server import HOST, CustomerServer
from tests.flows.drawing import graph, hangup, menu, node, passthru
from tests.flows.sounds import a_wav


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def recording(api: Client, *, convert: bool = True) -> str:
    sid = str(api.post("/api/v1/audio", {"file": a_wav()}).json()["sid"])
    if convert:
        convert_audio()
    return sid


def greeted_by(sid: str) -> dict[str, Any]:
    return graph(
        node("n1", "greeting", "Welcome", source="audio", audio=sid, loop=2),
        menu("n2", "1", "2"),
        hangup("n3"),
        ways="n1.next>n2 n2.1>n3 n2.2>n3 n2.no_input>n3 n2.no_match>n3",
    )


def codes(api: Client, drawn: object) -> list[tuple[str, str | None]]:
    issues = post(api, "flows/validate", {"graph": drawn})["issues"]
    return [(issue["code"], issue["setting"]) for issue in issues if issue["severity"] == "error"]


def test_a_recording_is_played_from_an_address_that_needs_no_key(api: Client):
    turn = begin(api, make_flow(api, greeted_by(recording(api))))
    assert kinds(turn) == ["answer", "play", "gather"]
    play = turn["instructions"][1]
    assert play["loop"] == 2
    assert play["url"].startswith("http")
    heard = Client().get("/audio/" + play["url"].rpartition("/audio/")[2])
    assert heard.status_code == 200
    assert heard["Content-Type"] == "audio/wav"


def test_a_menu_asks_with_a_recording(api: Client):
    sid = recording(api)
    asked = menu("n1", "1", prompt_source="audio", prompt_audio=sid)
    flow = make_flow(api, graph(asked, hangup("n2"), ways="n1.1>n2 n1.no_input>n2 n1.no_match>n2"))
    prompt = begin(api, flow)["instructions"][-1]["prompt"]
    assert prompt["type"] == "play"
    assert "/audio/" in prompt["url"]


@pytest.mark.parametrize("state", ["converting", "failed"])
def test_a_recording_that_is_not_ready_is_left_out_and_the_trace_says_so(api: Client, state: str):
    sid = recording(api, convert=False)
    Audio.objects.filter(sid=sid).update(state=state)
    turn = begin(api, make_flow(api, greeted_by(sid)))
    assert kinds(turn) == ["answer", "gather"]
    assert turn["steps"][0]["note"] == "The recording to be played is not ready: it was left out."


def test_a_deleted_recording_leaves_a_question_without_a_prompt(api: Client):
    asked = node("n1", "gather", prompt_source="audio", prompt_audio="audgone", retries=0)
    flow = make_flow(api, graph(asked, hangup("n2"), ways="n1.next>n2 n1.no_input>n2"))
    turn = begin(api, flow)
    assert turn["instructions"][-1]["prompt"] is None
    told = "The recording to be played does not exist any more: it was left out."
    assert turn["steps"][0]["note"] == told
    after = tell(api, turn, type="digits", digits="4711")
    assert after["steps"][0]["note"] == told
    assert path(after) == [("n1", "next"), ("n2", None)]


def test_a_recording_of_another_account_is_none(api: Client, other_account: Any, api_of: Any):
    theirs = recording(api_of(other_account))
    turn = begin(api, make_flow(api, greeted_by(theirs)))
    assert kinds(turn) == ["answer", "gather"]
    assert codes(api, greeted_by(theirs)) == [("flows.recording_missing", "audio")]


def test_a_flow_is_not_published_with_a_recording_that_callers_cannot_hear(api: Client):
    assert codes(api, greeted_by("audgone")) == [("flows.recording_missing", "audio")]
    waiting = recording(api, convert=False)
    assert codes(api, greeted_by(waiting)) == [("flows.recording_not_ready", "audio")]
    convert_audio()
    assert codes(api, greeted_by(waiting)) == []
    bad = api.post("/api/v1/audio", {"file": a_wav(seconds=0)}).json()["sid"]
    convert_audio()
    assert codes(api, greeted_by(bad)) == [("flows.recording_not_ready", "audio")]


def test_only_what_is_heard_must_be_there(api: Client):
    drawn = greeted_by("audgone")
    drawn["nodes"][0]["settings"] |= {"source": "say", "say": "Hello."}
    assert codes(api, drawn) == []


def test_a_recording_that_a_draft_or_a_live_version_plays_is_not_deleted(api: Client):
    sid = recording(api)
    flow = make_flow(api, greeted_by(sid), "Front desk")
    error = api.delete(f"/api/v1/audio/{sid}").json()["error"]
    assert error["code"] == "audio.in_use"
    assert error["message"].startswith("“Front desk” plays this recording.")
    assert read(api, f"audio/{sid}")["uses"] == [
        {"flow": flow, "name": "Front desk", "live": False}
    ]
    post(api, f"flows/{flow}/publish", {"note": ""})
    draft = read(api, f"flows/{flow}")["draft"]
    drawn = greeted_by(sid)
    drawn["nodes"][0]["settings"] = {"say": "Hello."}
    body = {"graph": drawn, "base_hash": draft["hash"]}
    saved = api.put(f"/api/v1/flows/{flow}/draft", body, content_type="application/json")
    assert saved.status_code == 200
    assert [use["live"] for use in read(api, f"audio/{sid}")["uses"]] == [True]
    assert api.delete(f"/api/v1/audio/{sid}").status_code == 409
    post(api, f"flows/{flow}/publish", {"note": ""})
    assert api.delete(f"/api/v1/audio/{sid}").status_code == 204


def voicemail() -> dict[str, Any]:
    return graph(
        node("n1", "voicemail", "Message", prompt="Leave a message."),
        node("n2", "greeting", say="Thank you, {CallFrom}."),
        hangup("n3"),
        ways="n1.next>n2 n1.no_message>n3 n2.next>n3",
    )


def test_a_message_is_left(api: Client):
    turn = begin(api, make_flow(api, voicemail()))
    assert turn["waiting_for"] == "recorded"
    assert turn["instructions"][-1]["max_seconds"] == 120
    heard = "https://carrier.example/m.wav"
    after = tell(api, turn, type="recorded", seconds=12, recording_url=heard)
    assert path(after)[0] == ("n1", "next")
    assert after["steps"][0]["detail"].items() >= {"recording_url": heard, "seconds": 12}.items()


def test_no_message_is_left(api: Client):
    turn = begin(api, make_flow(api, voicemail()))
    assert path(tell(api, turn, type="recorded", seconds=0)) == [("n1", "no_message"), ("n3", None)]


def test_hanging_up_ends_a_message(api: Client):
    turn = begin(api, make_flow(api, voicemail()))
    after = tell(api, turn, type="hung_up", talk_seconds=9)
    assert path(after)[:2] == [("n1", "next"), ("n2", "next")]
    assert after["ended"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "m.wav"])
def test_where_a_message_lies_is_an_address(api: Client, url: str):
    turn = begin(api, make_flow(api, voicemail()))
    refused = tell(api, turn, 422, type="recorded", seconds=2, recording_url=url)
    assert refused["error"]["code"] == "calls.bad_event"


def test_an_extension_of_three_digits_is_reached(api: Client):
    extensions = menu("n1", "101", "202", max_digits=3)
    ways = "n1.101>n2 n1.202>n3 n1.no_input>n3 n1.no_match>n3"
    flow = make_flow(api, graph(extensions, hangup("n2"), hangup("n3"), ways=ways))
    turn = begin(api, flow)
    assert turn["instructions"][-1]["max_digits"] == 3
    assert path(tell(api, turn, type="digits", digits="101")) == [("n1", "101"), ("n2", None)]


def test_digits_are_kept_under_the_name_that_was_chosen(api: Client):
    asked = node("n1", "gather", prompt="Order?", variable="order_number")
    thanks = node("n2", "greeting", say="Order {order_number}.")
    ways = "n1.next>n2 n1.no_input>n3 n2.next>n3"
    drawn = graph(asked, thanks, hangup("n3"), ways=ways)
    turn = tell(api, begin(api, make_flow(api, drawn)), type="digits", digits="4711")
    assert turn["instructions"][0]["text"] == "Order 4711."
    issues = post(api, "flows/validate", {"graph": drawn})["issues"]
    assert [issue["code"] for issue in issues if "order_number" in issue["message"]] == []


def test_a_server_is_told_where_the_message_lies(api: Client, server: CustomerServer):
    server.answers["/ask"] = lambda handler: handler.answer(200, {}, b"")
    drawn = graph(
        node("n1", "voicemail", prompt="Leave a message."),
        passthru("n2", url=f"http://{HOST}/ask"),
        hangup("n3"),
        ways="n1.next>n2 n1.no_message>n3 n2.ok>n3 n2.other>n3 n2.error>n3",
    )
    turn = begin(api, make_flow(api, drawn))
    heard = "https://carrier.example/m.wav"
    tell(api, turn, type="recorded", seconds=12, recording_url=heard)
    asked = parse_qs(urlsplit(server.seen[0][1]).query)
    assert asked["RecordingUrl"] == [heard]
    assert asked["CallType"] == ["voicemail"]
