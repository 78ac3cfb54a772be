"""Calls as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from calls.exchanges import exchanges_of
from calls.models import Call, CallStep, PhoneNumber
from calls.trace import present_step
from core.phone_numbers import mask
from core.times import rfc3339
from flows.state import State
from sms.api.present import present as present_message
from sms.models import Message

_WAITS_OF_THE_TELEPHONE: Final = ("prompt_finished", "digits", "dial_ended", "recorded")


def present_answer(call: Call, state: State, instructions: list[dict[str, Any]]) -> dict[str, Any]:
    """What a turn answers: its instructions, and where the call stands then."""
    end = state.end
    return {
        "sid": call.sid,
        "instructions": instructions,
        "ended": end is not None,
        "ended_reason": end["text"] if end else None,
        "waiting_for": state.awaits if state.awaits in _WAITS_OF_THE_TELEPHONE else None,
    }


def present_turn(call: Call, state: State, instructions: list[dict[str, Any]]) -> dict[str, Any]:
    """What a turn of a simulated call answers: the same, and the call as a whole so far."""
    steps = present_steps(call)
    sent = any("message" in step["detail"] for step in steps)
    return {
        **present_answer(call, state, instructions),
        "steps": steps,
        "messages": present_messages(call) if sent else [],
    }


def present_steps(call: Call) -> list[dict[str, Any]]:
    return [present_step(step) for step in call.steps.order_by("index")]


def present_trace(call: Call, *, unmasked: bool) -> list[dict[str, Any]]:
    """The steps with what was asked of servers in each."""
    exchanges = exchanges_of(call, unmasked=unmasked)
    return [
        {
            **present_step(step),
            "flow": _place(step),
            "after_call": step.after_call,
            "exchanges": exchanges.get(step.index, []),
        }
        for step in steps_with_flow(call)
    ]


def steps_with_flow(call: Call) -> QuerySet[CallStep]:
    """Return the steps in order, each with the name of the flow it is drawn in, not with its drawing."""
    return call.steps.select_related("flow").defer("flow__draft").order_by("index")


def _place(step: CallStep) -> dict[str, Any] | None:
    """The flow and version a step is of: a call that was transferred goes through several."""
    flow = step.flow
    return {"id": flow.sid, "name": flow.name, "version": step.version} if flow else None


def present_messages(call: Call) -> list[dict[str, Any]]:
    rows = Message.objects.for_account(call.account).filter(call_sid=call.sid)
    return [present_message(message) for message in rows.select_related("account").order_by("pk")]


def present_call(call: Call) -> dict[str, Any]:
    """A call in a list."""
    run = call.run
    return {
        "sid": call.sid,
        "ref": call.ref,
        "from": call.from_number,
        "to": call.to_number,
        "direction": call.direction,
        "entry": call.entry,
        "status": call.status,
        "outcome": call.outcome or None,
        "is_test": call.is_test,
        "started": rfc3339(call.started),
        "ended": rfc3339(call.ended) if call.ended else None,
        "flow": {
            "id": run.flow.sid,
            "name": run.flow.name,
            "version": run.version.number if run.version else None,
        },
    }


def present_call_on_way(call: Call, at: datetime) -> dict[str, Any]:
    """A call in the list of those that went over a connection. Its number is masked, as in every list."""
    return {
        "sid": call.sid,
        "from": mask(call.from_number) if call.from_number else None,
        "at": rfc3339(at),
        "started": rfc3339(call.started),
        "outcome": call.outcome or None,
        "is_test": call.is_test,
        "page": f"/calls/{call.sid}/",
    }


def present_number(number: PhoneNumber) -> dict[str, Any]:
    flow = number.flow
    return {
        "e164": number.e164,
        "label": number.label,
        "flow": {"id": flow.sid, "name": flow.name} if flow else None,
    }
