"""What the template of a call's page is given: the path the call took, and its messages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from applets import registry
from applets.base import Port
from calls.call_log import duration_of, shown_number, state_of_call
from calls.emails import present_emails
from calls.exchanges import exchanges_of
from calls.masking import masked
from calls.models import Call, CallStep
from calls.present import steps_with_flow
from sms.message_row import duration_text, rows_of, short_time
from sms.models import Message


@dataclass(frozen=True, slots=True)
class StepLine:
    """One visit of a node."""

    number: int
    name: str
    label: str
    category: str
    icon: str
    port: str
    at: datetime
    time: str
    took: str
    note: str
    skipped: bool
    place: str
    """Where it is drawn, when that is another flow than that of the step before it."""
    begins_after_call: bool
    """Whether it is the first step after the call had ended."""
    details: list[tuple[str, str]]
    exchanges: list[dict[str, Any]]
    """What was asked of a server, as ``calls.exchanges`` presents it, with ``query`` taken apart."""


def lines_of(call: Call, *, zone: ZoneInfo, unmasked: bool) -> list[StepLine]:
    exchanges = exchanges_of(call, unmasked=unmasked)
    steps = list(steps_with_flow(call))
    return [
        _line(step, before, exchanges.get(step.index, []), zone=zone, unmasked=unmasked)
        for before, step in zip([None, *steps], steps, strict=False)
    ]


def _line(
    step: CallStep,
    before: CallStep | None,
    exchanges: list[dict[str, Any]],
    *,
    zone: ZoneInfo,
    unmasked: bool,
) -> StepLine:
    applet = registry.find(step.applet)
    return StepLine(
        number=step.index,
        name=step.name or step.node,
        label=applet.label if applet else step.applet,
        category=applet.category if applet else "logic",
        icon=applet.icon if applet else "workflow",
        port=_port_label(step),
        at=step.at,
        time=f"{step.at.astimezone(zone):%H:%M:%S}",
        took=duration_text(step.left - step.at) if step.left else "",
        note=step.note if unmasked else masked(step.note),
        skipped=step.skipped,
        place=_new_place(step, before),
        begins_after_call=step.after_call and not (before and before.after_call),
        details=_details(step.detail, unmasked=unmasked),
        exchanges=[_exchange_line(exchange) for exchange in exchanges],
    )


def _new_place(step: CallStep, before: CallStep | None) -> str:
    if before is None or step.flow is None or step.flow == before.flow:
        return ""
    return f"{step.flow.name}, {f'version {step.version}' if step.version else 'draft'}"


def _exchange_line(exchange: dict[str, Any]) -> dict[str, Any]:
    """Take the query and a form apart: a list of names and values is easier to read than a URL."""
    address, _, query = exchange["url"].partition("?")
    sent = exchange["body"] or ""
    form = [] if sent.startswith(("{", "[")) else parse_qsl(sent, keep_blank_values=True)
    return {
        **exchange,
        "address": address,
        "query": parse_qsl(query.partition("#")[0], keep_blank_values=True),
        "form": form,
        "json": "" if form else sent,
    }


def _port_label(step: CallStep) -> str:
    """Name the port in the applet's own words; ports of keys are named by their key."""
    applet = registry.find(step.applet)
    fixed = [port for port in applet.ports if isinstance(port, Port)] if applet else []
    return next((port.label for port in fixed if port.name == step.port), step.port)


def _details(detail: Any, *, unmasked: bool) -> list[tuple[str, str]]:
    if not isinstance(detail, dict):
        return []
    values = detail if unmasked else masked(detail)
    pairs = ((str(key), _shown(value)) for key, value in values.items())
    return [(name.replace("_", " "), text) for name, text in pairs if text]


def _shown(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def context(call: Call, *, unmasked: bool, now: datetime) -> dict[str, Any]:
    """Return everything the page says about one call."""
    zone = ZoneInfo(call.account.time_zone)
    messages = Message.objects.for_account(call.account).filter(call_sid=call.sid).order_by("pk")
    show = str if unmasked else shown_number
    return {
        "call": call,
        "flow": call.run.flow,
        "version": call.run.version.number if call.run.version else None,
        "from_number": show(call.from_number) or "Hidden number",
        "to_number": show(call.to_number),
        "state": state_of_call(call),
        "entry": call.get_entry_display() if call.entry != Call.Entry.INBOUND_CALL else "",
        "when": short_time(call.started, zone=zone, now=now),
        "duration": duration_of(call),
        "steps": lines_of(call, zone=zone, unmasked=unmasked),
        "emails": present_emails(call, unmasked=unmasked),
        "rows": rows_of(messages, zone=zone, now=now),
    }
