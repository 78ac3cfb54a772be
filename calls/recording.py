"""A call that was made, as the script of a saved test call: what its caller, the agents and the customers'
servers did."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from applets.events import DialEnded, DigitsGathered, Event, HungUp, Recorded
from calls.adapter import BadEvent, VoiceAdapter
from calls.adapters.simulator import PHONE
from calls.driver import START_KEY
from calls.models import Call, CallExchange, CallStep
from core.errors import DomainError
from core.plain import check_plain
from flows.tests.document import DAY, MOST_ENTRIES, MOST_SERVERS, SCHEMA, Document, read
from flows.tests.judging import MATCH
from sms.models import Message
from sms.states import Status

ADAPTERS: Final[dict[str, VoiceAdapter]] = {PHONE.slug: PHONE}
# What the tests' check does not ask, because it depends on what else is sent.
_NOT_JUDGED: Final = ("billing.",)


class CallNotEnded(DomainError):
    """Nobody knows yet what becomes of it."""

    code: ClassVar[str] = "calls.not_ended"
    message: ClassVar[str] = "This call has not ended yet. Try again when it has."


class CannotReplay(DomainError):
    """What happened in the call was not kept in a form that can be played again."""

    code: ClassVar[str] = "calls.cannot_replay"
    message: ClassVar[str] = "This call cannot be played again: {problem}."


def document_of(call: Call, name: str) -> Document:
    """Return a call as a test that expects what happened. Raises CallNotEnded, CannotReplay."""
    state: dict[str, Any] = call.run.state
    if call.ended is None:
        raise CallNotEnded
    zone = call.account.time_zone
    local = call.started.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    return read(
        {
            "schema": SCHEMA,
            "name": name,
            "entry": call.entry,
            "caller": call.from_number,
            "called": call.to_number,
            "at": local.isoformat(),
            "zone": zone,
            "ref": call.ref,
            "sid": call.sid,
            "sms": state["call"].get("sms") or {},
            "variables": _given_variables(call),
            "script": list(_script(call)),
            "servers": list(_servers(call)),
            "expect": {
                "path": {"exact": True, "steps": [_step(call, step) for step in steps_of(call)]},
                "ended": (state.get("end") or {}).get("code"),
                "messages": [_message(row) for row in messages_of(call)],
                "variables": state.get("variables", {}),
            },
        }
    )


def _given_variables(call: Call) -> dict[str, Any]:
    """Return the values a call over the API began with."""
    began = call.events.filter(key=START_KEY).first()
    return dict(began.event.get("variables", {})) if began else {}


def steps_of(call: Call) -> list[CallStep]:
    return list(call.steps.select_related("flow").order_by("index"))


def messages_of(call: Call) -> list[Message]:
    rows = Message.objects.for_account(call.account).filter(call_sid=call.sid)
    return list(rows.order_by("pk"))


def flow_of(call: Call, step: CallStep) -> str:
    """Return the sid of the flow a step is in, empty for the one the call began in."""
    return "" if step.flow is None or step.flow_id == call.run.flow_id else step.flow.sid


def _script(call: Call) -> Iterator[dict[str, Any]]:
    adapter = ADAPTERS.get(call.adapter)
    if adapter is None:
        raise CannotReplay(
            problem=f"the line “{call.adapter}” keeps its events in words of its own"
        )
    before = call.started
    events = call.events.exclude(key=START_KEY).order_by("pk")[: MOST_ENTRIES + 1]
    if len(events) > MOST_ENTRIES:
        raise CannotReplay(problem=f"more than {MOST_ENTRIES} things happened in it")
    for row in events:
        entry = _entry(_parsed(adapter, row.event))
        if entry:
            yield {**entry, "after_seconds": _pause(entry, before, row.at)}
        before = row.at


def _parsed(adapter: VoiceAdapter, raw: Any) -> Event:
    try:
        return adapter.parse(raw)
    except BadEvent as error:
        raise CannotReplay(problem="one of its events cannot be read") from error


def _entry(event: Event) -> dict[str, Any] | None:
    if isinstance(event, DigitsGathered):
        return {"do": "keys", "digits": event.digits} if event.digits else {"do": "nothing"}
    if isinstance(event, DialEnded):
        talk = event.talk_seconds
        agent = {"do": "agent", "status": event.status, "talk_seconds": talk}
        return {**agent, "number": event.number, "recording_url": event.recording_url}
    if isinstance(event, Recorded):
        return {"do": "record", "seconds": event.seconds, "recording_url": event.recording_url}
    if isinstance(event, HungUp):
        return {"do": "hang_up", "talk_seconds": event.talk_seconds}
    return None  # the end of a prompt: comes by itself


def _pause(entry: dict[str, Any], before: datetime, at: datetime) -> int:
    """Return the seconds that passed before it, without what the script counts itself."""
    counted = entry.get("talk_seconds", 0) + entry.get("seconds", 0)
    passed = int((at - before).total_seconds())
    return int(min(DAY, max(0, passed - counted)))


def _servers(call: Call) -> Iterator[dict[str, Any]]:
    """Yield what servers answered, in order. What is kept of an answer for the trace is its beginning; the
    last one of each applet is kept whole."""
    exchanges: dict[int, list[CallExchange | None]] = defaultdict(list)
    for row in call.exchanges.order_by("pk"):
        exchanges[row.step].append(row)
    asked = [
        (step, exchange)
        for step in steps_of(call)
        for exchange in exchanges.get(step.index) or ([None] if _status_of(step, None) else [])
    ]
    visits = Counter(step.node for step, _ in asked)
    kept = call.run.state.get("nodes", {})
    for step, exchange in asked[:MOST_SERVERS]:
        visits[step.node] -= 1
        last = kept.get(step.node, {}) if visits[step.node] == 0 else {}
        yield _server(step, exchange, last if "json" in last else {})


def _server(step: CallStep, exchange: CallExchange | None, last: dict[str, Any]) -> dict[str, Any]:
    """Return one answer; ``last``: what the applet kept of it, where it did."""
    status = _status_of(step, exchange)
    value = last.get("json") if last else _value_of(exchange)
    problem = step.detail.get("problem") or (exchange.problem if exchange else "")
    taken = step.detail.get("ms") or (exchange.milliseconds if exchange else 0)
    return {
        "node": step.node,
        "status": status or 200,
        "json": value if check_plain(value) is None else None,
        "text": str(last.get("text") or "") if value is None else "",
        "delay_ms": min(60_000, int(taken)),
        "failure": "" if status else str(problem or "http.failed")[:60],
    }


def _status_of(step: CallStep, exchange: CallExchange | None) -> int:
    """Return the status of an answer, as the applet took it: an earlier one may have stood in."""
    told = step.detail.get("status")
    if isinstance(told, int) and not isinstance(told, bool):
        return told
    return exchange.status if exchange else 0


def _value_of(exchange: CallExchange | None) -> Any:
    """Return the JSON that was answered, or None where it was none or too long to be kept whole."""
    if exchange is None or "json" not in exchange.answer_type:
        return None
    try:
        return json.loads(exchange.answer)
    except (ValueError, RecursionError):
        return None


def _step(call: Call, step: CallStep) -> dict[str, Any]:
    return {"node": step.node, "port": step.port, "flow": flow_of(call, step)}


def _message(message: Message) -> dict[str, Any]:
    return {"to": message.to_number, "text": message.body, "verdict": verdict_of(message)}


def verdict_of(message: Message) -> str | None:
    """Return ``match``, the code we refused it with, or None where tests cannot say."""
    if message.status != Status.ERROR:
        return MATCH
    return None if message.error_code.startswith(_NOT_JUDGED) else message.error_code
