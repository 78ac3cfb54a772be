"""A month of calls and messages, each led through engine, pipeline and simulated carrier."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from accounts.models import Account
from applets.events import (
    DialEnded,
    DialStatus,
    DigitsGathered,
    Event,
    PromptFinished,
    Recorded,
)
from calls.adapters.simulator import PHONE
from calls.driver import Incoming, start_call, take_event
from calls.incoming_sms import sms_object
from flowbuilder.demo.records import DND
from flowbuilder.demo.templates import PE_ID, PROMOTIONAL, SERVICE
from flows.models import Flow
from sms.gateways.simulator import gateway as carrier
from sms.models import Message
from sms.pipeline import receipts, submit
from sms.services import Draft, Source, accept_message

CALLS_A_DAY: Final = (6, 12)  # on quiet and on busy days
FLOWS: Final = {
    "Missed call alert": 5,
    "Post-call confirmation": 3,
    "Appointment booking": 2,
    "Lead capture from missed call": 2,
    "Post-survey thank you": 2,
    "Front desk": 3,
    "After hours": 2,
    "Satisfaction survey": 1,
    "SMS desk": 1,
}
WRITTEN: Final = (
    "Is my order ready?",
    "Please call me back",
    "When do you open on Sunday?",
    "STOP",
)
# Destinations the simulated carrier has something against, now and then.
TROUBLE: Final = ["0021", "0022", "0024", "0024", "0025", "0026", "0026"]
ORDER, OTP = "1107167720045561093", "1107168800157203344"
FESTIVE = "1107169912068450021"
SUPPORT, NOT_YET_APPROVED = "1107166000012345678", "1107170450113920558"
# How often, by which template, with which text. The last three break DLT, as happens; promotional texts go to
# numbers whose owners do not want them, too.
API_DRAFTS: Final = [
    (
        60,
        ORDER,
        "Your Acme order {n} is out for delivery. Track it at acme.example/orders - ACMECO",
    ),
    (40, ORDER, "Your Acme order {n} is packed. Track it at acme.example/orders - ACMECO"),
    (60, OTP, "{n} is your OTP to sign in to Acme Retail. Do not share it with anyone. - ACMECO"),
    (
        12,
        FESTIVE,
        "Diwali at Acme Retail: up to 40% off until 30 Nov. Visit any store. Acme Retail",
    ),
    (4, ORDER, "Your Acme order {n} has been shipped! Track it at acme.example/orders - ACMECO"),
    (
        4,
        SUPPORT,
        "Thank you for calling Acme Corp. Your reference number is {n}. For help, call 1800-XXX.",
    ),
    (2, NOT_YET_APPROVED, "Your Acme delivery comes on 22 Nov between 10 and 12. - ACMECO"),
]


@dataclass
class Clock:
    """The time it is in the story."""

    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 -- a story, not a secret

    def __call__(self) -> datetime:
        return self.now

    def wait(self, low: float, high: float) -> None:
        self.now += timedelta(seconds=self.dice.uniform(low, high))


def create_history(account: Account, flows: dict[str, Flow], now: datetime, days: int) -> None:
    """Live through the last days."""
    clock = Clock(now)
    for start in _moments(now, days, clock.dice):
        clock.now = start
        if clock.dice.random() < 0.3:
            _send_by_api(account, clock)
        else:
            _call(flows, clock)
        _carry(clock)


def _moments(now: datetime, days: int, dice: random.Random) -> Iterator[datetime]:
    """Yield times of day when shops are open (10 to 20 h in India), fewer at weekends."""
    for days_ago in range(days, 0, -1):
        day = (now - timedelta(days=days_ago)).replace(hour=4, minute=30, second=0, microsecond=0)
        busy = CALLS_A_DAY[day.weekday() < 5] + (days - days_ago) // 8
        seconds = sorted(dice.uniform(0, 10 * 3600) for _ in range(busy + dice.randint(0, 3)))
        yield from (day + timedelta(seconds=s) for s in seconds if day + timedelta(seconds=s) < now)


def _caller(dice: random.Random) -> str:
    ending = dice.choice(TROUBLE) if dice.random() < 0.09 else f"{dice.randint(1000, 9999)}"
    return f"+9198{dice.randint(10, 99)}{dice.randint(10, 99)}{ending}"


def _send_by_api(account: Account, clock: Clock) -> None:
    weights = [weight for weight, _, _ in API_DRAFTS]
    _, template_id, text = clock.dice.choices(API_DRAFTS, weights)[0]
    promotional = template_id == FESTIVE
    unwilling = promotional and clock.dice.random() < 0.2
    draft = Draft(
        to=clock.dice.choice(list(DND)) if unwilling else _caller(clock.dice),
        body=text.format(n=clock.dice.randint(100_000, 999_999)),
        sender=PROMOTIONAL if promotional else SERVICE,
        dlt_template_id=template_id,
        dlt_entity_id=PE_ID,
    )
    accept_message(account=account, draft=draft, source=Source(), now=clock.now)


def _call(flows: dict[str, Flow], clock: Clock) -> None:
    name = clock.dice.choices(list(FLOWS), list(FLOWS.values()))[0]
    flow = flows[name]
    number = flow.numbers.values_list("e164", flat=True).first() or "+918047123300"
    incoming = Incoming(from_number=_caller(clock.dice), to_number=number)
    if name == "SMS desk":
        incoming = _texted(incoming, flow, clock)
    call, answer = start_call(flow=flow, adapter=PHONE, incoming=incoming, clock=clock)
    while not answer["ended"]:
        clock.wait(3, 20)
        event = _next_event(answer["waiting_for"], clock.dice)
        answer = take_event(call, PHONE, event, {"type": event.kind, **asdict(event)}, clock=clock)


def _texted(incoming: Incoming, flow: Flow, clock: Clock) -> Incoming:
    """The same, as an SMS: now and then by somebody who wants no more of them."""
    sms = sms_object(
        from_number=incoming.from_number,
        to_number=incoming.to_number,
        text=clock.dice.choice(WRITTEN),
        region=flow.account.region,
        now=clock.now,
    )
    return replace(incoming, entry="inbound_sms", sms=sms)


def _next_event(waiting_for: str, dice: random.Random) -> Event:
    if waiting_for == "digits":
        return DigitsGathered(dice.choices(["1", "2", "3", "", "9"], [6, 3, 1, 1, 1])[0])
    if waiting_for == "dial_ended":
        ends: list[DialStatus] = ["answered", "no_answer", "busy", "failed"]
        status = dice.choices(ends, [5, 4, 2, 1])[0]
        talk = dice.randint(20, 400) if status == "answered" else 0
        return DialEnded(status=status, talk_seconds=talk)
    if waiting_for == "recorded":
        return Recorded(dice.choice([0, 8, 14, 23, 41]))
    return PromptFinished()


def _carry(clock: Clock) -> None:
    """Let worker and carrier do their work, a few seconds later and once more after the retries."""
    for seconds in (0.4, 4, 8):
        clock.wait(seconds, seconds * 1.5)
        submit.run_once(clock.now, clock)
        reports: list[dict[str, Any]] = carrier.due_reports(clock.now)
        for raw in reports:
            receipts.keep(gateway=carrier.slug, raw=raw, now=clock.now)
        receipts.run_once(clock.now)
        if not Message.objects.unfinished().exists():
            return
