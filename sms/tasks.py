"""What workers do for messages. Each task is one call and may run at any time, any number of times."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from sms.gateways import simulator
from sms.pipeline import receipts, submit

BATCHES_A_TASK = 100


@shared_task(name="sms.tasks.submit_messages")
def submit_messages() -> None:
    """Submit until nothing waits, or until the carrier keeps every thread busy for seconds."""
    for _ in range(BATCHES_A_TASK):
        if not submit.run_once(timezone.now()):
            return


@shared_task(name="sms.tasks.process_receipts")
def process_receipts() -> None:
    for _ in range(BATCHES_A_TASK):
        if not receipts.run_once(timezone.now()):
            return


@shared_task(name="sms.tasks.run_simulated_carrier")
def run_simulated_carrier() -> None:
    """Let the simulated carrier report, through the same door as a real one's receipts."""
    now = timezone.now()
    with transaction.atomic():
        for raw in simulator.gateway.due_reports(now):
            receipts.keep(gateway=simulator.gateway.slug, raw=raw, now=now)
    process_receipts()


@shared_task(name="sms.tasks.settle_lost_leases")
def settle_lost_leases() -> None:
    submit.settle_lost_leases(timezone.now())
