"""Requests nobody waits for: a row first, then a worker's job. The row is the record."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final, Literal, cast

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from applets.instructions import Fetch
from calls.exchanges import store_exchange
from calls.models import BackgroundRequest, Call
from calls.requests import perform
from calls.trace import amend_step
from core.tasks import enqueue_on_commit

logger = logging.getLogger(__name__)

AT_ONCE: Final = 20
KEPT_FOR: Final = timedelta(hours=1)
"""A request that no worker took within this time is of no use to the customer any more."""


@shared_task(name="calls.tasks.run_background_requests")
def run_background_requests() -> None:
    """Ask for every request that waits. One that was claimed is never asked twice: better lost
    than doubled."""
    waiting = BackgroundRequest.objects.filter(
        Q(claimed__isnull=True) & Q(created__gt=timezone.now() - KEPT_FOR)
    )
    for request in waiting.order_by("pk")[:AT_ONCE]:
        unclaimed = BackgroundRequest.objects.filter(pk=request.pk, claimed__isnull=True)
        if unclaimed.update(claimed=timezone.now()):
            _ask(request)


def accept_request(call: Call, fetch: Fetch) -> None:
    """Record a request inside the call's transaction; a worker is told after the commit."""
    BackgroundRequest.objects.create(
        call=call,
        step=fetch.step,
        method=fetch.method,
        url=fetch.url,
        form=[list(pair) for pair in fetch.form],
        body=fetch.body or "",
        headers=[list(pair) for pair in fetch.headers],
        tries=fetch.tries,
        timeout_seconds=fetch.timeout_seconds,
        created=timezone.now(),
    )
    enqueue_on_commit(run_background_requests)


def _ask(request: BackgroundRequest) -> None:
    asked_at = timezone.now()
    fetch = _fetch_of(request)
    asked = perform(fetch)
    answer = asked.fetched
    # The query names the caller: what is done is kept with the trace alone, its secrets left out.
    BackgroundRequest.objects.filter(pk=request.pk).update(
        done=timezone.now(), url="", form=[], body="", headers=[]
    )
    store_exchange(request.call_id, fetch, asked, asked_at)
    amend_step(request.call_id, request.step, {"status": answer.status, "ms": answer.milliseconds})
    logger.info(
        "calls.background_request_done", extra={"request": request.pk, "status": answer.status}
    )


def _fetch_of(request: BackgroundRequest) -> Fetch:
    return Fetch(
        method=cast("Literal['GET', 'POST']", request.method),
        url=request.url,
        form=_pairs(request.form),
        timeout_seconds=request.timeout_seconds,
        step=request.step,
        body=request.body or None,
        headers=_pairs(request.headers),
        tries=request.tries,
    )


def _pairs(stored: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in stored)
