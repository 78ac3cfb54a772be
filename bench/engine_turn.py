"""One turn of a call with its database writes, and the engine without any.

Baselines: a bare Django view with the same writes in one transaction, and a bare loop that
dispatches by a dictionary.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applets.events import CallStarted
from applets.run import CallFacts
from bench.measure import Row, interleave, row, timed
from bench.world import Node, World, graph_of
from calls.adapters.simulator import PHONE
from calls.driver import take_event
from calls.models import Call, CallEvent, CallStep
from flows.engine import advance
from flows.graph import parse
from flows.models import FlowRun
from flows.program import upgraded
from flows.state import State

TURNS: Final = 150
WALKS: Final = 200
NODES: Final = 60
PRESS_1: Final = {"type": "digits", "digits": "1"}
STEPS_OF_TURN: Final = range(2, 6)  # the menu left, two greetings, the connect that waits

_requests = RequestFactory()


def run(world: World) -> Iterator[Row]:
    yield from _turn_with_writes(world)
    if world.store == "SQLite":  # the engine knows no store: once is enough
        yield from _engine_alone()


def query_counts(world: World) -> Iterator[str]:
    """Say how many statements a turn takes."""
    for name, view in (("engine", _engine_view), ("bare view", _bare_view)):
        call = world.waiting_call(world.plain)
        with CaptureQueriesContext(connection) as captured:
            view(_request(), call)
        yield f"one turn, {name}: {len(captured)} statements"


def _turn_with_writes(world: World) -> Iterator[Row]:
    def sample(view: Callable[[HttpRequest, Call], JsonResponse]) -> float:
        call, request = world.waiting_call(world.plain), _request()
        return timed(lambda: view(request, call))

    taken = interleave(
        {"engine": lambda: sample(_engine_view), "bare": lambda: sample(_bare_view)}, TURNS
    )
    yield row(
        ("engine turn, 4 steps, with its writes", taken["engine"]),
        ("bare view, same writes", taken["bare"]),
        store=world.store,
    )


def _request() -> HttpRequest:
    return _requests.post("/", json.dumps(PRESS_1), content_type="application/json")


def _engine_view(request: HttpRequest, call: Call) -> JsonResponse:
    payload = json.loads(request.body)
    return JsonResponse(take_event(call, PHONE, PHONE.parse(payload), payload))


def _bare_view(request: HttpRequest, call: Call) -> JsonResponse:
    """Write what a turn writes, and nothing else."""
    payload, now = json.loads(request.body), timezone.now()
    with transaction.atomic():
        run = FlowRun.objects.select_for_update().get(pk=call.run_id)
        CallStep.objects.bulk_create(
            [_step(call, index, now) for index in STEPS_OF_TURN],
            update_conflicts=True,
            unique_fields=["call", "index"],
            update_fields=["port", "left", "skipped", "note", "detail"],
        )
        run.state = {**run.state, "node": "sales", "awaits": "dial_ended"}
        run.save(update_fields=["state", "ended"])
        answer = {"sid": call.sid, "instructions": [], "waiting_for": "dial_ended"}
        CallEvent.objects.create(
            call=call, key=f"bare-{call.pk}", event=payload, answer=answer, at=now
        )
    return JsonResponse(answer)


def _step(call: Call, index: int, now: datetime) -> CallStep:
    return CallStep(
        call=call, index=index, node="thanks", applet="greeting", name="Thanks", port="next",
        at=now, left=now, detail={"said": "Thank you."},
    )  # fmt: skip


# --- the engine alone -----------------------------------------------------------------------------


def _engine_alone() -> Iterator[Row]:
    nodes: list[Node] = [
        (f"n{number}", "greeting", {"say": "Thank you."}) for number in range(NODES - 1)
    ]
    nodes.append(("end", "hangup", {}))
    drawn = graph_of(nodes)
    graph = upgraded(parse(drawn))
    state = State(CallFacts("+919812345678", "+918047123300", "cal", "7KQ2M9XW4D"))
    now = datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
    exits = _exits(drawn)
    assert len(advance(graph, state, CallStarted(), now).steps) == NODES
    taken = interleave(
        {
            "engine": lambda: timed(lambda: advance(graph, state, CallStarted(), now)) / NODES,
            "loop": lambda: timed(lambda: _dispatch(drawn["entry"], exits)) / NODES,
        },
        WALKS,
    )
    yield row(
        ("advance(), pure, one step", taken["engine"]),
        ("loop over a dict of functions", taken["loop"]),
        unit="us",
        scale=1e6,
    )
    rates = {name: [1 / seconds for seconds in values] for name, values in taken.items()}
    yield row(
        ("advance(), pure", rates["engine"]),
        ("loop over a dict of functions", rates["loop"]),
        unit="steps/s",
        scale=1,
    )


def _say(said: list[str]) -> str:
    said.append("Thank you.")
    return "next"


def _end(said: list[str]) -> str:
    said.append("hangup")
    return ""


_TYPES: Final[dict[str, Callable[[list[str]], str]]] = {"greeting": _say, "hangup": _end}
_Exits = dict[str, tuple[str, dict[str, str]]]


def _exits(drawn: dict[str, Any]) -> _Exits:
    leads = {(c["from"], c["port"]): c["to"] for c in drawn["connections"]}
    return {
        node["id"]: (node["type"], {"next": leads.get((node["id"], "next"), "")})
        for node in drawn["nodes"]
    }


def _dispatch(node: str, exits: _Exits) -> list[tuple[str, str]]:
    """Walk from node to node as barely as one can, keeping what was said and where it went."""
    said: list[str] = []
    steps: list[tuple[str, str]] = []
    while node:
        kind, leads = exits[node]
        port = _TYPES[kind](said)
        steps.append((node, port))
        node = leads.get(port, "")
    return steps
