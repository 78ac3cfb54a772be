"""Delivering queued events."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from webhooks.delivery import run_once


@shared_task(name="webhooks.tasks.deliver_due")
def deliver_due() -> None:
    run_once(timezone.now())
