"""Between claim and hand-over: may a message still be sent, as the registries stand now?

A template that was suspended while a message waited stops that message. One that was held for its hour is
judged anew by all stages; for the others the records and the hour are looked at, in the same few statements
for all messages of an account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.models import Account
from dlt.last_used import note_use
from dlt.scrub import Asked, ScrubReport, first_fault, gather_many, scrub
from sms.models import Message
from sms.pipeline.status import Move, move
from sms.states import Status


def still_allowed(messages: Sequence[Message], now: datetime) -> list[Message]:
    """Return the claimed messages that may go; the others are refused or held again."""
    by_account: dict[Account, list[Message]] = defaultdict(list)
    for message in messages:
        if message.dlt_template_id:  # DLT is for Indian numbers only
            by_account[message.account].append(message)
    stopped = {
        message.pk for account, own in by_account.items() for message in _stopped(account, own, now)
    }
    return [message for message in messages if message.pk not in stopped]


def _stopped(account: Account, messages: list[Message], now: datetime) -> list[Message]:
    facts = gather_many(account, [_asked(message, now) for message in messages])
    suspects = [
        message
        for message, known in zip(messages, facts, strict=True)
        if message.held or first_fault(known)
    ]
    stopped = [message for message in suspects if not _released(message, now)]
    gone = {message.pk for message in stopped}
    real = [
        known
        for message, known in zip(messages, facts, strict=True)
        if message.pk not in gone and not message.is_test
    ]
    note_use(real, now)
    return stopped


def _asked(message: Message, now: datetime) -> Asked:
    return Asked(
        number=message.to_number,
        body=message.body,
        at=now,
        header=message.sender,
        template_id=message.dlt_template_id,
        pe_id=message.dlt_entity_id,
        traffic_type=message.traffic_type,
    )


def _released(message: Message, now: datetime) -> bool:
    """Judge a message anew and say whether it may go now."""
    report = scrub(message.account, _asked(message, now))
    trace = with_report(message.trace, report)
    if report.findings:
        first = report.findings[0]
        words, fields = first.message[:600], {"trace": trace, "held": ""}
        move(message.pk, Move(Status.ERROR, now, "pipeline", first.code, words, fields))
        return False
    if report.held and report.held_until:
        hold(message, report.held.code, report.held.message, report.held_until, trace, now)
        return False
    mine = Message.objects.filter(pk=message.pk, claim=message.claim)
    message.held, message.trace = "", trace
    return bool(mine.update(held="", trace=trace))


def hold(
    message: Message, code: str, words: str, until: datetime, trace: list[Any], now: datetime
) -> None:
    """Put a claimed message back until its hour; that was no attempt at the carrier."""
    fields = {
        "not_before": until, "held": code, "trace": trace, "attempts": max(0, message.attempts - 1),
    }  # fmt: skip
    move(message.pk, Move(Status.CREATED, now, "pipeline", code, words, fields))


def with_report(trace: Sequence[Any], report: ScrubReport) -> list[Any]:
    """Return a trace with a new report in the place of the old one."""
    gates = {line["gate"] for line in report.stages}
    kept = [line for line in trace if line.get("gate") not in gates]
    first = next((at for at, line in enumerate(trace) if line.get("gate") in gates), len(kept))
    return [*kept[:first], *report.stages, *kept[first:]]
