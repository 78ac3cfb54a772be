"""A carrier's hook and its floor, each behind a URL and all the middleware.

The carrier speaks as the simulated phone does but, like every carrier, is told what to do next and nothing of
the trace. The floor reads the call and writes the same rows in one transaction, and does nothing besides.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from calls.adapters.simulator import SimulatedPhone
from calls.driver import take_event
from calls.models import Call, CallEvent, CallStep
from flows.models import FlowRun


class Carrier(SimulatedPhone):
    slug: ClassVar[str] = "bench"
    shows_trace: ClassVar[bool] = False


CARRIER: Final = Carrier()
STEPS_OF_TURN: Final = range(2, 6)  # the menu left, two greetings, the connect that waits
_CHANGING: Final = ["port", "left", "skipped", "ends", "note", "detail"]


@csrf_exempt
def hook(request: HttpRequest, sid: str) -> JsonResponse:
    payload: dict[str, Any] = json.loads(request.body)
    key = payload.pop("key")
    call = Call.objects.with_flow().select_related("account").get(sid=sid)
    return JsonResponse(take_event(call, CARRIER, CARRIER.parse(payload), payload, key))


@csrf_exempt
def floor(request: HttpRequest, sid: str) -> JsonResponse:
    payload: dict[str, Any] = json.loads(request.body)
    call = Call.objects.with_flow().select_related("account").get(sid=sid)
    return JsonResponse(write_turn(call, payload))


def write_turn(call: Call, payload: dict[str, Any]) -> dict[str, Any]:
    """Write what a turn writes, and nothing else."""
    now = timezone.now()
    with transaction.atomic():
        run = FlowRun.objects.select_for_update().get(pk=call.run_id)
        CallStep.objects.bulk_create(
            [_step(call, index, now) for index in STEPS_OF_TURN],
            update_conflicts=True,
            unique_fields=["call", "index"],
            update_fields=_CHANGING,
        )
        run.state = {**run.state, "node": "sales", "awaits": "dial_ended"}
        run.save(update_fields=["state", "ended"])
        answer = {"sid": call.sid, "instructions": [], "waiting_for": "dial_ended"}
        CallEvent.objects.create(
            call=call, key=f"bare-{call.pk}", event=payload, answer=answer, at=now
        )
    return answer


def _step(call: Call, index: int, now: datetime) -> CallStep:
    return CallStep(
        call=call, index=index, node="thanks", applet="greeting", name="Thanks", port="next",
        at=now, left=now, detail={"said": "Thank you."},
    )  # fmt: skip


urlpatterns: Final[list[URLPattern]] = [
    path("hook/<str:sid>", hook),
    path("floor/<str:sid>", floor),
]
