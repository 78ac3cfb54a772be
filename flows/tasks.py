"""What workers do for flows. Each task is one call and may run at any time, any number of times."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from flows.audio.work import convert_next


@shared_task(name="flows.tasks.convert_audio")
def convert_audio() -> None:
    """Convert uploaded recordings until none waits."""
    while convert_next(timezone.now):
        pass
