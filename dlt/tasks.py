"""What workers do for the registries. Each task is one call and may run at any time, any number of times."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.models import Account
from dlt import notices
from dlt.imports import work
from dlt.imports.jobs_kept import forget_old_files
from dlt.services.expiry import expire_headers as expire_due_headers


@shared_task(name="dlt.tasks.expire_headers")
def expire_headers() -> None:
    expire_due_headers(timezone.now())


@shared_task(name="dlt.tasks.tell_overdue")
def tell_overdue() -> None:
    now = timezone.now()
    for account in Account.objects.order_by("pk").iterator():
        notices.tell_overdue(account, now)


@shared_task(name="dlt.tasks.run_imports")
def run_imports() -> None:
    """Check and write imported files until none waits."""
    while work.run_once(timezone.now):
        pass


@shared_task(name="dlt.tasks.forget_old_imports")
def forget_old_imports() -> None:
    """Delete uploaded files and reports that nobody needs any more."""
    forget_old_files(timezone.now())
