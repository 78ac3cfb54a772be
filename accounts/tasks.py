"""What workers do for people."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import notice_mail, notices


@shared_task(name="accounts.tasks.mail_notices")
def mail_notices() -> None:
    notice_mail.run_once(timezone.now())


@shared_task(name="accounts.tasks.forget_old_notices")
def forget_old_notices() -> None:
    notices.forget_old(timezone.now())
