"""What one can do with calls and telephone numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account
from calls.adapters.simulator import PHONE
from calls.driver import Answer, Incoming, start_call, take_event
from calls.incoming_sms import is_sender_name, sms_object
from calls.models import Call, PhoneNumber
from calls.present import present_turn
from calls.recording import document_of
from calls.run_variables import checked_variables
from core.errors import DomainError, NotFound
from core.phone_numbers import is_withheld, parse_e164
from flows.models import Flow, FlowTest
from flows.state import State
from flows.tests.services import create_test

# What is shown as the called number when the account has none yet: the guide's own example.
EXAMPLE_NUMBER: Final = "+914412345678"


class FlowNotLive(DomainError):
    """A number can only ring a flow that has a version to run."""

    code: ClassVar[str] = "calls.flow_not_live"
    message: ClassVar[str] = "Publish “{name}” before a number rings it."


@dataclass(frozen=True, slots=True)
class Beginning:
    """What begins a test run besides a call."""

    entry: str = "inbound_call"
    """``inbound_call``, ``inbound_sms`` or ``api``."""
    text: str = ""
    """The body of the SMS, for ``inbound_sms``."""
    variables: dict[str, Any] = field(default_factory=dict)
    """Values to begin with, for ``api``."""


def start_simulation(
    *,
    flow: Flow,
    use: str,
    from_number: str,
    to_number: str,
    account: Account,
    beginning: Beginning = Beginning(),
) -> Answer:
    """Begin a test call on the simulated phone, or what an SMS or the API begins.

    Raises:
        NotPublished: ``use`` is ``live`` and the flow has no version.
        NotAPhoneNumber and its kin: a number cannot be one.
        BadVariables: the values cannot be a run's.
    """
    region = account.region
    called = parse_e164(to_number, region) if to_number else _number_of(flow)
    incoming = Incoming(
        from_number=_sender(from_number, region, beginning.entry),
        to_number=called,
        is_test=True,
        use=use,
        entry=beginning.entry,
        sms=_sms(from_number, called, region, beginning.text)
        if beginning.entry == "inbound_sms"
        else {},
        variables=checked_variables(beginning.variables),
    )
    _, answer = start_call(flow=flow, adapter=PHONE, incoming=incoming)
    return answer


def _sender(number: str, region: str, entry: str) -> str:
    """Return who calls or writes: a number, a name that an SMS can come from, or nothing when withheld."""
    if entry == "inbound_sms" and is_sender_name(number):
        return number.strip()
    return "" if _says_withheld(number) and entry != "inbound_sms" else parse_e164(number, region)


def _sms(from_number: str, to_number: str, region: str, text: str) -> dict[str, Any]:
    return sms_object(
        from_number=from_number,
        to_number=to_number,
        text=text,
        region=region,
        now=timezone.now(),
    )


def continue_simulation(*, call: Call, payload: dict[str, Any], key: str = "") -> Answer:
    """Give an event of the simulated phone to a call. Raises BadEvent, UnexpectedEvent,
    EventInProgress."""
    return take_event(call, PHONE, PHONE.parse(payload), payload, key)


def simulation_named(account: Account, sid: str) -> Call:
    """Return a test call of the account's. Raises NotFound."""
    return _found(account, sid, adapter=PHONE.slug)


def call_named(account: Account, sid: str) -> Call:
    """Return a call of the account's. Raises NotFound."""
    return _found(account, sid)


def turn_of(call: Call) -> Answer:
    """Return where a simulated call stands, with the instructions it was last given."""
    last = call.events.filter(answer__isnull=False).order_by("-pk").first()
    instructions = last.answer["instructions"] if last and last.answer else []
    return present_turn(call, State.from_json(call.run.state), instructions)


def save_as_test(
    *, caller: Caller, flow: Flow, call_sid: str, name: str, now: datetime
) -> FlowTest:
    """Make a saved test of a test call that expects what happened. Raises NotFound, CallNotEnded and what
    ``create_test`` raises."""
    call = _found(caller.account, call_sid, adapter=PHONE.slug, is_test=True, run__flow=flow)
    document = document_of(call, name.strip() or _free_name(flow, call)).to_json()
    return create_test(caller, flow, document, now)


def _free_name(flow: Flow, call: Call) -> str:
    """Name a test after the time of its call: what it shows, a person can say later."""
    local = call.started.astimezone(ZoneInfo(flow.account.time_zone))
    name = f"Call of {local:%-d %b %Y, %H:%M:%S}"
    taken = set(flow.tests.filter(name__startswith=name).values_list("name", flat=True))
    return next(
        one
        for one in chain((name,), (f"{name} ({number})" for number in count(2)))
        if one not in taken
    )


@transaction.atomic
def ring_flow(*, caller: Caller, e164: str, flow: Flow | None, now: datetime) -> PhoneNumber:
    """Let a number ring a flow, or none. Raises NotFound, FlowNotLive."""
    number = PhoneNumber.objects.for_account(caller.account).filter(e164=e164).first()
    if number is None:
        raise NotFound(what="number")
    if flow is not None and flow.live_id is None:
        raise FlowNotLive(name=flow.name)
    number.flow = flow
    number.save(update_fields=["flow"])
    named = flow.name if flow else ""
    record(caller=caller, action="number.flow_chosen", target=e164, at=now, flow=named)
    return number


def _found(account: Account, sid: str, **conditions: Any) -> Call:
    calls = Call.objects.for_account(account).with_flow().select_related("account")
    call = calls.filter(sid=sid, **conditions).first()
    if call is None:
        raise NotFound(what="call")
    return call


def _says_withheld(number: str) -> bool:
    return bool(number.strip()) and is_withheld(number)


def _number_of(flow: Flow) -> str:
    own = PhoneNumber.objects.for_account(flow.account).order_by("pk")
    number = own.filter(flow=flow).first() or own.first()
    return number.e164 if number else EXAMPLE_NUMBER
