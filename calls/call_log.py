"""The call log: which calls there were, newest first, and what a line says of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from accounts.models import Account
from calls.models import Call
from core.periods import CUSTOM, Period, period_from
from core.phone_numbers import mask
from sms.message_row import duration_text, short_time
from sms.models import Message
from sms.wording import State

KINDS: Final = {"": "All calls", "real": "Real calls", "test": "Test calls"}


@dataclass(frozen=True, slots=True)
class CallFilters:
    period: Period
    flow: str = ""
    kind: str = ""  # "", "real", "test"

    @property
    def narrowed(self) -> bool:
        return bool(self.flow or self.kind)

    def query(self) -> str:
        """Return the query string that brings this list back."""
        period = self.period
        pairs = [("period", period.key)]
        if period.key == CUSTOM:
            pairs = [("from", period.first.isoformat()), ("to", period.last.isoformat())]
        pairs += [(n, v) for n, v in (("flow", self.flow), ("kind", self.kind)) if v]
        return urlencode(pairs)


def call_filters_from(wanted: Mapping[str, str], *, zone: ZoneInfo, now: datetime) -> CallFilters:
    """Read a query. Raises BadPeriod; a kind that does not exist means all calls."""
    kind = wanted.get("kind", "")
    flow = wanted.get("flow", "")[:40]
    period = period_from(wanted, zone=zone, now=now, default="30d")
    return CallFilters(period, flow, kind if kind in KINDS else "")


def calls_of(account: Account, filters: CallFilters) -> QuerySet[Call]:
    """Calls of a period that pass the filters, in no order yet."""
    period = filters.period
    chosen = Q(started__gte=period.start, started__lt=period.end)
    if filters.flow:
        chosen &= Q(run__flow__sid=filters.flow)
    if filters.kind:
        chosen &= Q(is_test=filters.kind == "test")
    return Call.objects.for_account(account).filter(chosen).with_flow()


@dataclass(frozen=True, slots=True)
class CallSlice:
    """Some calls, newest first, and the sid to ask for older ones."""

    calls: list[Call]
    older: str = ""
    is_first: bool = True


def newest_calls(
    account: Account, filters: CallFilters, size: int, older_than: str = ""
) -> CallSlice:
    """Return one slice by key, never by offset."""
    mark = Call.objects.for_account(account).filter(sid=older_than).first() if older_than else None
    rows = calls_of(account, filters)
    if mark:
        rows = rows.filter(pk__lt=mark.pk)
    found = list(rows.newest_first()[: size + 1])  # type: ignore[attr-defined]  # a TenantQuerySet, which select_related forgets
    page = found[:size]
    return CallSlice(page, page[-1].sid if len(found) > size else "", mark is None)


@dataclass(frozen=True, slots=True)
class CallRow:
    sid: str
    at: datetime
    time: str
    from_number: str
    to_number: str
    flow: str
    state: State
    duration: str
    messages: int
    is_test: bool


def rows_of_calls(
    account: Account, calls: Sequence[Call], *, zone: ZoneInfo, now: datetime
) -> list[CallRow]:
    """Return list lines with masked numbers; messages are counted for all of them at once."""
    sids = [call.sid for call in calls]
    counted = (
        Message.objects.for_account(account)
        .filter(call_sid__in=sids)
        .values("call_sid")
        .annotate(messages=Count("pk"))
        .order_by("call_sid")
    )
    messages = dict(counted.values_list("call_sid", "messages"))
    return [_row(call, messages.get(call.sid, 0), zone=zone, now=now) for call in calls]


def _row(call: Call, messages: int, *, zone: ZoneInfo, now: datetime) -> CallRow:
    return CallRow(
        sid=call.sid,
        at=call.started,
        time=short_time(call.started, zone=zone, now=now),
        from_number=shown_number(call.from_number),
        to_number=shown_number(call.to_number),
        flow=call.run.flow.name,
        state=state_of_call(call),
        duration=duration_of(call),
        messages=messages,
        is_test=call.is_test,
    )


def shown_number(number: str) -> str:
    """Mask a number; what is no number, such as a hidden caller, says so."""
    return mask(number) if number else "Hidden number"


# How a call ended, by the engine's codes; every other end was not what the flow meant.
TONES: Final = {"flow_ended": "ok", "caller_left": "info"}


def state_of_call(call: Call) -> State:
    if call.ended is None:
        return State("In progress", "info")
    if call.status != Call.Status.COMPLETED:
        return State(outcome_of(call), "")
    return State(outcome_of(call), TONES.get(call.outcome, "warn"))


def outcome_of(call: Call) -> str:
    """Say in words how a call ended."""
    words = (call.outcome or call.get_status_display()).replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def duration_of(call: Call) -> str:
    return duration_text(call.ended - call.started) if call.ended else ""
