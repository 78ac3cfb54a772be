"""E-mails for notices, to those who may read them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.models import Membership, Notice, Role, User

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=5)
ATTEMPTS: Final = 6
AT_ONCE: Final = 50
_ROLES: Final = {
    Role.ADMIN: [Role.ADMIN],
    Role.EDITOR: [Role.ADMIN, Role.EDITOR],
    Role.VIEWER: list(Role),
}


def run_once(now: datetime) -> int:
    """Send what is due; returns how many notices went out. What fails is tried again."""
    if not getattr(settings, "EMAIL_CONFIGURED", False):
        return 0
    done = 0
    due = Notice.objects.filter(mail_due__lte=now).select_related("account", "user")
    for notice in due.order_by("mail_due", "pk")[:AT_ONCE]:
        # The lease: whoever moves the date first sends it.
        rows = Notice.objects.filter(pk=notice.pk, mail_due=notice.mail_due)
        if rows.update(mail_due=now + LEASE):
            done += _send(notice)
    return done


def _send(notice: Notice) -> bool:
    messages = [_message(notice, person) for person in _receivers(notice)]
    try:
        with get_connection() as connection:
            connection.send_messages(messages)
    except Exception as error:  # noqa: BLE001 -- whatever a mail server does, the notice is on the page
        logger.warning("notices.mail_failed", extra={"why": type(error).__name__})
        attempts = notice.mail_attempts + 1
        changes = {"mail_attempts": attempts} | ({"mail_due": None} if attempts >= ATTEMPTS else {})
        Notice.objects.filter(pk=notice.pk).update(**changes)
        return False
    Notice.objects.filter(pk=notice.pk).update(mail_due=None)
    return True


def _receivers(notice: Notice) -> list[User]:
    members = Membership.objects.filter(account=notice.account, user__is_active=True)
    if notice.user_id is not None:
        members = members.filter(user_id=notice.user_id)
    else:
        members = members.filter(role__in=_ROLES[Role(notice.audience)])
    return [member.user for member in members.select_related("user").order_by("pk")]


def _message(notice: Notice, person: User) -> EmailMessage:
    """One e-mail each, so that nobody sees another's address."""
    where = f"{settings.PUBLIC_URL}{notice.link or '/notices/'}"
    return EmailMessage(
        subject=f"{notice.account.name}: {_first_sentence(notice.text)}",
        body=f"{notice.text}\n\n{where}\n\nFlowbuilder, account {notice.account.name}\n",
        to=[person.email],
    )


def _first_sentence(text: str) -> str:
    sentence = " ".join(text.split()).partition(". ")[0].rstrip(".")
    return sentence if len(sentence) <= 120 else sentence[:119] + "…"
