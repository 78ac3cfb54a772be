"""What a turn does besides telephoning: messages, and requests nobody waits for."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from applets.instructions import Fetch, Instruction, SendEmail, SendSms
from calls.background import accept_request
from calls.emails import accept_email
from calls.models import Call
from calls.trace import Report
from flows.models import FlowRun
from sms.models import Message
from sms.services import Draft, Source, accept_message

logger = logging.getLogger(__name__)


def perform_effects(
    call: Call, run: FlowRun, instructions: tuple[Instruction, ...], now: datetime
) -> dict[int, Report]:
    """Carry out a turn's messages and requests; return reports by step.

    Runs in the turn's transaction, each effect in a savepoint of its own: whatever goes wrong with
    one, a bug included, is noted, and the call goes on as if it had gone well.
    """
    reports: dict[int, Report] = {}
    for instruction in instructions:
        if isinstance(instruction, SendSms):
            reports[instruction.step] = _send(call, run, instruction, now)
        elif isinstance(instruction, SendEmail):
            reports[instruction.step] = _mail(call, instruction, now)
        elif isinstance(instruction, Fetch) and not instruction.wait:
            reports[instruction.step] = _ask_later(call, instruction)
    return reports


def _send(call: Call, run: FlowRun, wanted: SendSms, now: datetime) -> Report:
    try:
        with transaction.atomic():
            message = accept_message(
                account=call.account,
                draft=_draft(wanted),
                source=_source(call, run, wanted),
                now=now,
            )
    except Exception as error:  # the promise of the SMS applet: its errors never touch the call
        logger.exception(
            "calls.message_not_accepted", extra={"call": call.sid, "step": wanted.step}
        )
        note = "The message could not be recorded; the call went on without it."
        return Report({"failure": type(error).__name__}, note)
    detail: dict[str, Any] = {"message": message.sid, "status": message.status}
    if message.error_code:
        detail["error"] = message.error_code
    return Report(detail, message.error_message)


def _draft(wanted: SendSms) -> Draft:
    return Draft(
        to=wanted.to,
        body=wanted.body,
        sender=wanted.sender,
        traffic_type=wanted.traffic_type,
        encoding=wanted.encoding,
        dlt_template_id=wanted.dlt_template_id,
        dlt_entity_id=wanted.dlt_entity_id,
        problem_code=wanted.problem_code,
        problem=wanted.problem,
    )


def _source(call: Call, run: FlowRun, wanted: SendSms) -> Source:
    flow, version = run.place
    return Source(
        origin=Message.Origin.TEST_CALL if call.is_test else Message.Origin.CALL,
        call_sid=call.sid,
        flow_sid=flow.sid,
        flow_name=flow.name,
        flow_version=version.number if version else None,
        node=wanted.node,
    )


def _mail(call: Call, wanted: SendEmail, now: datetime) -> Report:
    try:
        with transaction.atomic():
            return accept_email(call, wanted, now)
    except Exception as error:  # as with messages: never the call's trouble
        logger.exception("calls.email_not_recorded", extra={"call": call.sid, "step": wanted.step})
        note = "The e-mail could not be recorded; the call went on without it."
        return Report({"failure": type(error).__name__}, note)


def _ask_later(call: Call, fetch: Fetch) -> Report:
    try:
        with transaction.atomic():
            accept_request(call, fetch)
    except Exception as error:  # nobody waits for the answer: the call goes on
        logger.exception("calls.request_not_recorded", extra={"call": call.sid, "step": fetch.step})
        return Report({"failure": type(error).__name__}, "The request could not be recorded.")
    return Report()
