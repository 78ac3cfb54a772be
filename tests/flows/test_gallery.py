"""Every flow of the gallery: filled in it publishes, and each of its main ways comes to a sensible end."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from flows.starting_points import CATEGORIES, STARTING_POINTS, graph_of
from tests.builders import PE_ID, TEMPLATE_ID, build_entity, build_header, build_template
from tests.calls.talking import begin, make_flow, path, post, tell
from tests.customer_server import HOST, CustomerServer
from tests.flows.drawing import MISSED_CALL_BODY

pytestmark = pytest.mark.django_db

ALWAYS = {
    day: [{"opens": "00:00", "closes": "00:00"}]
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
}
REGISTERED = {
    "body": MISSED_CALL_BODY,
    "sender_id": "ACMECO",
    "dlt_template_id": TEMPLATE_ID,
    "dlt_entity_id": PE_ID,
}
FILLED_IN: dict[str, dict[str, Any]] = {
    "sms": REGISTERED,
    "reply": REGISTERED,
    "connect": {"to": ["+919812345678"]},
    "passthru": {"url": f"http://{HOST}/ask"},
}


def filled(slug: str, *, is_open: bool = True) -> dict[str, Any]:
    """A flow of the gallery with what only the account knows."""
    drawn: dict[str, Any] = copy.deepcopy(graph_of(slug) or {})
    for node in drawn["nodes"]:
        node["settings"] |= FILLED_IN.get(node["type"], {})
        if node["settings"].get("to") == "number":
            node["settings"]["to_number"] = "+919812345678"
        if node["type"] == "hours":
            node["settings"]["week"] = ALWAYS if is_open else {}
    return drawn


@pytest.fixture(autouse=True)
def _registry(account: Account) -> None:
    build_template(build_header(build_entity(account)))


@pytest.mark.parametrize("point", STARTING_POINTS[1:], ids=lambda point: point.slug)
def test_filled_in_it_publishes(api: Client, point: Any) -> None:
    flow = make_flow(api, filled(point.slug), point.label)
    post(api, f"flows/{flow}/publish", {})
    assert point.category in CATEGORIES
    assert point.runs_here
    assert point.picture.boxes


def dial(status: str) -> dict[str, Any]:
    return {
        "type": "dial_ended",
        "status": status,
        "talk_seconds": 9 if status == "answered" else 0,
    }


def press(digits: str) -> dict[str, Any]:
    return {"type": "digits", "digits": digits}


HEARD: dict[str, Any] = {"type": "prompt_finished"}
LEFT: dict[str, Any] = {"type": "recorded", "seconds": 12}
SAID_NOTHING: dict[str, Any] = {"type": "recorded", "seconds": 0}

# The flow, what happens, the applets that are passed, and how many messages go out.
WAYS: list[tuple[str, list[dict[str, Any]], str, int]] = [
    ("missed-call", [dial("answered")], "welcome team end", 0),
    ("missed-call", [dial("no_answer")], "welcome team alert end", 1),
    ("post-call-confirmation", [dial("answered")], "welcome team thanks end", 1),
    ("post-call-confirmation", [dial("busy")], "welcome team sorry end", 0),
    ("appointment", [press("1")], "menu book confirm end", 1),
    ("appointment", [press(""), press("")], "menu unheard end", 0),
    ("lead-missed-call", [], "welcome offer end", 1),
    ("survey-thank-you", [press("3")], "ask save thanks end", 1),
    ("survey-thank-you", [press(""), press("")], "ask bye end", 0),
    ("menu", [press("2"), dial("answered")], "menu support end", 0),
    ("menu", [press("1"), dial("failed")], "menu sales later end", 1),
    ("support-queue", [dial("answered")], "hours welcome agents end", 0),
    ("support-queue", [dial("no_answer"), LEFT], "hours welcome agents message bye end", 0),
    ("support-queue: closed", [SAID_NOTHING], "hours message end", 0),
    ("after-hours", [dial("answered")], "hours team end", 0),
    ("after-hours: closed", [LEFT], "hours message tell end", 1),
    ("after-hours: closed", [SAID_NOTHING], "hours message end", 0),
    ("lead-capture", [press("560001")], "code lead offer bye end", 1),
    ("lead-capture", [press(""), press("12")], "code bye end", 0),
    ("survey", [press("5"), press("4")], "first second save mood bye end", 0),
    ("survey", [press("5"), press("1"), dial("answered")], "first second save mood manager end", 0),
    ("click-to-call", [dial("answered")], "welcome team end", 0),
    ("click-to-call", [dial("no_answer")], "welcome team sorry end", 1),
    ("callback", [], "tell soon end", 1),
    ("look-up", [], "welcome ask details end", 1),
    ("sms-reply: texted", [], "answer noted end", 1),
    ("sms-reply", [], "hint end", 0),
]


@pytest.mark.parametrize(("slug", "events", "passed", "messages"), WAYS)
def test_each_main_way_comes_to_an_end_that_somebody_drew(
    api: Client,
    server: CustomerServer,
    slug: str,
    events: list[dict[str, Any]],
    passed: str,
    messages: int,
) -> None:
    name, _, how = slug.partition(": ")
    flow = make_flow(api, filled(name, is_open=how != "closed"))
    more: dict[str, Any] = {}
    if name == "click-to-call":
        more = {"entry": "api", "variables": {"name": "Asha"}}
    if how == "texted":
        more = {"entry": "inbound_sms", "text": "Is my order ready?"}
    turn = heard(api, begin(api, flow, **more))
    for event in events:
        turn = heard(api, tell(api, turn, **event))
    assert [node for node, _ in path(turn)] == passed.split()
    assert turn["ended"]
    assert "cannot be continued" not in str(turn["instructions"])
    assert len(turn["messages"]) == messages
    assert {message["status"] for message in turn["messages"]} <= {"created"}


def heard(api: Client, turn: Any) -> Any:
    """Listen to what is said until the call waits for something else."""
    while turn["waiting_for"] == "prompt_finished":
        turn = tell(api, turn, **HEARD)
    return turn


def test_every_way_is_played_of_every_flow() -> None:
    assert {way[0].partition(":")[0] for way in WAYS} == {
        point.slug for point in STARTING_POINTS[1:]
    }
