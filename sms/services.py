"""What one can do with messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Account
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from dlt.scrub import Asked
from sms.models import DeliveryReceipt, Message, new_message_sid
from sms.pipeline import bill, compose, receipts, scrub
from sms.pipeline.status import Move, announce, record
from sms.registry import gateway_named, route
from sms.states import Status
from sms.tasks import process_receipts, submit_messages


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to send. Everything is text as given; the pipeline judges it."""

    to: str
    body: str
    sender: str = ""
    traffic_type: str | None = None  # None: from the template's category
    encoding: str = "auto"
    dlt_template_id: str = ""
    dlt_entity_id: str = ""
    # Set when the body or the recipient could not be worked out: the message is refused with this.
    problem_code: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a message comes from."""

    origin: str = Message.Origin.API
    call_sid: str = ""
    flow_sid: str = ""
    flow_name: str = ""
    flow_version: int | None = None
    node: str = ""


class CannotRender(DomainError):
    """The text or the recipient could not be worked out; the finding's own code is kept."""

    code = "sms.cannot_render"
    message = "{problem}"

    def __init__(self, problem: str, code: str) -> None:
        super().__init__(problem=problem)
        self.finding_code = code or self.code


@transaction.atomic
def accept_message(*, account: Account, draft: Draft, source: Source, now: datetime) -> Message:
    """Make the message's row and judge it. A refusal is a row in ``error``, never an exception.

    No broker and no network is touched here; a worker is told after the commit.
    """
    trace = compose.Trace()
    message = _message_as_given(account, draft, source, now)
    try:
        _judge(message, draft, trace)
    except DomainError as error:
        _refuse(message, error, trace)
    message.trace = trace.lines
    message.save()
    if message.status == Status.ERROR:
        _note_refusal(message, now)
        return message
    _hold(message, now)
    if message.status == Status.CREATED:
        announce(message, now)
        enqueue_on_commit(submit_messages)
    return message


def judge_message(*, account: Account, draft: Draft, at: datetime) -> Message:
    """Say what would become of a message at a time: the row as ``accept_message`` would make it, unsaved.

    Everything but the balance is asked; nothing is stored, held or sent.
    """
    trace = compose.Trace()
    message = _message_as_given(account, draft, Source(), at)
    try:
        _judge(message, draft, trace)
    except DomainError as error:
        _refuse(message, error, trace)
    message.trace = trace.lines
    return message


def _message_as_given(account: Account, draft: Draft, source: Source, now: datetime) -> Message:
    return Message(
        account=account,
        sid=new_message_sid(),
        origin=source.origin,
        to_number=draft.to[:40],
        sender=draft.sender[:20],
        body=draft.body,
        traffic_type=draft.traffic_type or Message.TrafficType.MARKETING,
        dlt_template_id=draft.dlt_template_id[:40],
        dlt_entity_id=draft.dlt_entity_id[:40],
        payment_type=account.payment_type,
        gateway=route(source.origin),
        call_sid=source.call_sid,
        flow_sid=source.flow_sid,
        flow_name=source.flow_name,
        flow_version=source.flow_version,
        node=source.node,
        not_before=now,
        created=now,
        updated=now,
    )


def _judge(message: Message, draft: Draft, trace: compose.Trace) -> None:
    """Lead a message through the gates; raises the DomainError of the first that refuses."""
    if draft.problem:
        raise CannotRender(draft.problem, draft.problem_code)
    number = compose.recipient(draft.to, message.account.region, trace)
    message.to_number = number.e164
    compose.segments(draft.body, draft.encoding, trace)
    asked = Asked(
        number=number.e164,
        body=draft.body,
        at=message.created,
        header=draft.sender,
        template_id=draft.dlt_template_id,
        pe_id=draft.dlt_entity_id,
        traffic_type=draft.traffic_type or "",
    )
    cleared = scrub.clear(account=message.account, number=number, asked=asked, trace=trace)
    # Segments are billed on the registered text, which is what goes on the wire.
    cut = compose.segments(cleared.body, draft.encoding, compose.Trace())
    message.sender, message.body = cleared.sender, cleared.body
    message.encoding, message.parts = cut.encoding, cut.parts
    message.dlt_template_id, message.dlt_entity_id = cleared.template_id, cleared.entity_id
    message.template_name, message.dlt_category = cleared.template_name, cleared.category
    message.traffic_type = draft.traffic_type or cleared.traffic_type
    message.held, message.not_before = cleared.held, cleared.held_until or message.not_before
    message.cost_paise = bill.price(
        account=message.account, number=number.e164, parts=cut.parts, trace=trace
    )


def _refuse(message: Message, error: DomainError, trace: compose.Trace) -> None:
    message.status = Status.ERROR
    message.error_code = getattr(error, "finding_code", error.code)
    message.error_message = str(error)[:600]
    message.template_name = getattr(error, "template_name", "")
    if all(line["ok"] for line in trace.lines):
        trace.refused(error.code.partition(".")[0], error)


def _note_refusal(message: Message, now: datetime) -> None:
    step = Move(Status.ERROR, now, "pipeline", message.error_code, message.error_message)
    record(message, Status.CREATED, step)


def _hold(message: Message, now: datetime) -> None:
    """Set the money aside, last of all; without enough of it the message becomes a refusal."""
    trace = compose.Trace(message.trace)
    try:
        bill.hold(message, now)
    except DomainError as error:
        trace.refused("balance", error)
        message.cost_paise = 0
        message.status, message.error_code = Status.ERROR, error.code
        message.error_message = str(error)
        message.save()
        _note_refusal(message, now)
        return


@transaction.atomic
def receive_receipt(*, gateway: str, raw: dict[str, Any], now: datetime) -> DeliveryReceipt:
    """Keep what a carrier reports before anybody tries to understand it; raises UnknownGateway."""
    gateway_named(gateway)
    receipt = receipts.keep(gateway=gateway, raw=raw, now=now)
    enqueue_on_commit(process_receipts)
    return receipt
