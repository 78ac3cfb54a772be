"""What workers do for calls."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from calls import flow_counts, last_good, silence
from calls.background import run_background_requests
from calls.emails import send_emails

__all__ = [
    "close_silent_calls",
    "count_steps",
    "forget_old_answers",
    "run_background_requests",
    "send_emails",
]


@shared_task(name="calls.tasks.close_silent_calls")
def close_silent_calls() -> None:
    silence.close_silent_calls(timezone.now())


@shared_task(name="calls.tasks.count_steps")
def count_steps() -> None:
    flow_counts.count_steps()


@shared_task(name="calls.tasks.forget_old_answers")
def forget_old_answers() -> None:
    last_good.forget_old_answers(timezone.now())
