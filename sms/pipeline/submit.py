"""Fourth stage: claim, hand over to the carrier, note what it said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Final, assert_never

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from core.sids import new_sid
from sms.gateway import Outcome, Refused, Submission, Submitted, Unknown, Unreachable
from sms.models import DeliveryReceipt, Message, StatusChange
from sms.pipeline.recheck import still_allowed
from sms.pipeline.status import Move, announce, move
from sms.registry import gateway_named
from sms.states import Status

logger = logging.getLogger(__name__)

CLAIMED_AT_ONCE: Final = 50
# Longer than any gateway may take, so that a lease that runs out means a worker died.
LEASE: Final = timedelta(seconds=120)
SECONDS_TO_WAIT_FOR_A_THREAD: Final = 10.0
RETRY_AFTER: Final = [timedelta(seconds=s) for s in (2, 5, 30, 120, 600, 1800, 3600)]

_carriers = ThreadPoolExecutor(CLAIMED_AT_ONCE, thread_name_prefix="carrier")
# One for each carrier thread that is free: nothing is claimed that would have to wait for a thread while
# its lease runs.
_free = BoundedSemaphore(CLAIMED_AT_ONCE)


def run_once(now: datetime, clock: Callable[[], datetime] = timezone.now) -> int:
    """Submit what waits, at most one batch; returns how many messages were claimed.

    ``clock`` tells when each carrier answered.
    """
    if not Message.objects.waiting(now).exists():
        return 0
    claimed, ready = _claim_for_free_threads(now)
    for message, outcome in _submit_together(ready, now):
        settle(message, outcome, max(now, clock()))
    return claimed


def _claim_for_free_threads(now: datetime) -> tuple[int, list[Message]]:
    """Return how many messages were claimed, and those of them that may still be sent."""
    free = int(_free.acquire(timeout=SECONDS_TO_WAIT_FOR_A_THREAD))
    while free and free < CLAIMED_AT_ONCE and _free.acquire(blocking=False):
        free += 1
    ready: list[Message] = []
    try:
        claimed = claim(now, free) if free else []
        ready = still_allowed(claimed, now)
    finally:
        for _ in range(free - len(ready)):
            _free.release()
    return len(claimed), ready


@transaction.atomic
def claim(now: datetime, limit: int = CLAIMED_AT_ONCE) -> list[Message]:
    """Take messages for this worker alone: one compare-and-set UPDATE, one winner a row.

    Alerting goes before marketing, the oldest first.
    """
    token = new_sid("", 20)
    next_in_line = Message.objects.waiting(now).order_by("traffic_type", "pk").values("pk")[:limit]
    if connection.features.has_select_for_update_skip_locked:
        next_in_line = next_in_line.select_for_update(skip_locked=True)
    waiting = list(next_in_line.values_list("pk", flat=True))
    Message.objects.filter(pk__in=waiting, status=Status.CREATED).update(
        status=Status.PENDING,
        claim=token,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        updated=now,
    )
    mine = Message.objects.filter(pk__in=waiting, claim=token).select_related("account")
    messages = list(mine.order_by("traffic_type", "pk"))
    StatusChange.objects.bulk_create(
        StatusChange(
            message=message,
            before=Status.CREATED,
            after=Status.PENDING,
            at=now,
            actor="pipeline",
        )
        for message in messages
    )
    for message in messages:
        announce(message, now)
    return messages


def _submit_together(messages: list[Message], now: datetime) -> Iterator[tuple[Message, Outcome]]:
    """Hand messages over at the same time, so that a slow carrier does not add up."""
    waiting: dict[Future[Outcome | None], Message] = {
        _carriers.submit(_submit, message, now): message for message in messages
    }
    for done in as_completed(waiting):
        outcome = done.result()
        if outcome is not None:
            yield waiting[done], outcome


def _submit(message: Message, now: datetime) -> Outcome | None:
    """Hand one message over, if it still is this worker's; None when the lease was lost meanwhile."""
    submission = Submission(
        reference=message.sid,
        to=message.to_number,
        sender=message.sender,
        body=message.body,
        encoding=message.encoding,
        parts=message.parts,
        dlt_entity_id=message.dlt_entity_id,
        dlt_template_id=message.dlt_template_id,
    )
    try:
        if not _renew(message, now):
            return None
        return gateway_named(message.gateway).submit(submission, now)
    except Exception as error:
        # Nobody knows how far it came, and a second SMS is worse than a late one.
        logger.exception("sms.gateway_failed", extra={"sid": message.sid})
        return Unknown(type(error).__name__)
    finally:
        connection.close()
        _free.release()


def _renew(message: Message, now: datetime) -> bool:
    """Begin the lease anew, unless somebody else has taken the message: then it is not sent twice."""
    mine = Message.objects.filter(pk=message.pk, claim=message.claim, status=Status.PENDING)
    return bool(mine.update(lease_until=now + LEASE))


def settle(message: Message, outcome: Outcome, at: datetime) -> None:
    """Note what a carrier said of one claimed message."""
    match outcome:
        case Submitted(message_id, words):
            submitted(message, message_id, words, at)
        case Refused(code, words):
            move(message.pk, Move(Status.FAILED, at, "carrier", code, words))
        case Unreachable(words):
            _try_later(message, words, at)
        case Unknown(words):
            _note_unknown(message, words)
        case _:
            assert_never(outcome)


def submitted(message: Message, message_id: str, words: str, at: datetime) -> None:
    """Note the carrier's id; its receipt may have come first, so the status may be past ``sent``."""
    fields = {"gateway_message_id": message_id, "error_code": "", "error_message": ""}
    if not move(message.pk, Move(Status.SENT, at, "carrier", words=words, fields=fields)):
        Message.objects.filter(pk=message.pk).update(gateway_message_id=message_id)
    DeliveryReceipt.objects.filter(
        gateway=message.gateway, gateway_message_id=message_id, outcome="unmatched"
    ).update(understood=None, outcome="")


def _try_later(message: Message, words: str, at: datetime) -> None:
    if message.attempts > len(RETRY_AFTER):
        move(message.pk, Move(Status.FAILED, at, "pipeline", "gateway.unreachable", words))
        return
    later = at + RETRY_AFTER[message.attempts - 1]
    step = Move(Status.CREATED, at, "pipeline", "gateway.unreachable", words, {"not_before": later})
    move(message.pk, step)


def _note_unknown(message: Message, words: str) -> None:
    """Keep the message pending: the receipt or the sweeper settles it, nobody sends it again."""
    Message.objects.filter(pk=message.pk, status=Status.PENDING).update(
        error_code="sms.outcome_unknown",
        error_message=f"The carrier did not answer ({words}). Its receipt will settle this message.",
    )


def settle_lost_leases(now: datetime) -> int:
    """Look after messages whose worker died or whose carrier never answered."""
    lost = Message.objects.lease_ran_out(now).select_related("account").order_by("pk")[:100]
    for message in lost:
        found = gateway_named(message.gateway).find(message.sid)
        if isinstance(found, Submitted):
            submitted(message, found.message_id, found.words, now)
        elif found is None:
            move(message.pk, Move(Status.CREATED, now, "sweeper", "sms.lease_ran_out"))
        else:
            _note_unknown(message, found.words)
            Message.objects.filter(pk=message.pk).update(lease_until=None)
    return len(lost)
