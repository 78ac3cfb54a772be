"""What workers do for the registries. Each task is one call and may run at any time, any number of times."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from dlt.services.expiry import expire_headers as expire_due_headers


@shared_task(name="dlt.tasks.expire_headers")
def expire_headers() -> None:
    expire_due_headers(timezone.now())
