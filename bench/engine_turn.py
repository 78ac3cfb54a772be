"""One turn of a call with its database writes.

Baseline: a bare Django view with the same writes in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.measure import Row, interleave, row, timed
from bench.world import World
from calls.adapters.simulator import PHONE
from calls.driver import take_event
from calls.models import Call, CallEvent, CallStep
from flows.models import FlowRun

TURNS: Final = 150
PRESS_1: Final = {"type": "digits", "digits": "1"}
STEPS_OF_TURN: Final = range(2, 6)  # the menu left, two greetings, the connect that waits

_requests = RequestFactory()


def run(world: World) -> Iterator[Row]:
    yield from _turn_with_writes(world)


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
