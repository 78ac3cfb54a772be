"""A message as one line of a list: the same on the report, on a call's page and in live updates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.phone_numbers import mask
from sms.models import Message
from sms.states import Status
from sms.wording import State, is_dnd, reason_label, state_of


@dataclass(frozen=True, slots=True)
class MessageRow:
    sid: str
    at: datetime
    time: str
    to: str
    flow: str
    flow_sid: str
    template: str
    header: str
    segments: int
    status: str
    state: State
    outcome: str
    is_test: bool


def rows_of(messages: Iterable[Message], *, zone: ZoneInfo, now: datetime) -> list[MessageRow]:
    """Return list lines with masked numbers and times of the account's zone."""
    return [row_of(message, zone=zone, now=now) for message in messages]


def row_of(message: Message, *, zone: ZoneInfo, now: datetime) -> MessageRow:
    return MessageRow(
        sid=message.sid,
        at=message.created,
        time=short_time(message.created, zone=zone, now=now),
        to=mask(message.to_number),
        flow=message.flow_name,
        flow_sid=message.flow_sid,
        template=message.template_name or message.dlt_template_id,
        header=message.sender,
        segments=message.parts,
        status=message.status,
        state=state_of(message.status, message.error_code, message.held),
        outcome=outcome(message),
        is_test=message.is_test,
    )


def short_time(moment: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """Give the time alone for today, the day with it for other days."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M:%S}"
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"


def outcome(message: Message) -> str:
    """Say how long the receipt took, or why there will be none; nothing while it may still come."""
    if message.status == Status.DELIVERED and message.delivered:
        return duration_text(message.delivered - message.created)
    if message.status not in {Status.ERROR, Status.FAILED, Status.EXPIRED}:
        return ""
    if is_dnd(message.error_code):
        return "Subscriber's preference"
    return reason_label(message.error_code) if message.error_code else ""


def duration_text(took: timedelta) -> str:
    """``0.8 s``, ``21 s``, ``2 min 5 s``, ``3 h 10 min``, ``2 days``."""
    seconds = max(0.0, took.total_seconds())
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 1:
        return f"{rest} s"
    if minutes < 60:
        return f"{minutes} min {rest} s"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} days"
