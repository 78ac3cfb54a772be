"""E-mails of flows: a row in the call's transaction, then a worker's job. The row is the record.

A call is never touched by what becomes of its e-mails. One whose worker died while it was sending is not
sent again: it may have arrived.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from celery import shared_task
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.utils import timezone

from applets.instructions import SendEmail
from calls.models import Call, OutgoingEmail
from calls.trace import Report, amend_step
from core.masking import mask_personal
from core.tasks import enqueue_on_commit
from core.times import rfc3339

logger = logging.getLogger(__name__)

AT_ONCE: Final = 20
LEASE: Final = timedelta(minutes=5)
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Before the second and later tries; after the last one it has failed."""
_DAY: Final = timedelta(days=1)
_PERMANENT: Final = 500
_LONGEST_ERROR: Final = 300

State = OutgoingEmail.State


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an e-mail is not sent; an empty code: it is."""

    code: str = ""
    message: str = ""


NOT_REFUSED: Final = Refused()


def accept_email(call: Call, wanted: SendEmail, now: datetime) -> Report:
    """Record an e-mail inside the call's transaction; a worker is told after the commit."""
    refused = Refused(wanted.problem_code, wanted.problem)
    if not refused.code:
        refused = _refusal(call, now)
    code, problem = refused.code, refused.message
    state = State.REFUSED if code else State.TEST if call.is_test else State.WAITING
    OutgoingEmail.objects.create(
        account=call.account,
        call=call,
        step=wanted.step,
        node=wanted.node,
        to=list(wanted.to),
        subject=wanted.subject,
        body=wanted.body,
        state=state,
        error_code=code,
        error=problem[:_LONGEST_ERROR],
        created=now,
        due=now if state == State.WAITING else None,
    )
    if state == State.WAITING:
        enqueue_on_commit(send_emails)
    detail: dict[str, Any] = {"email": str(state), "recipients": len(wanted.to)}
    if code:
        detail["error"] = code
    note = "A test call sends no e-mail; it is only recorded." if state == State.TEST else problem
    return Report(detail, note)


def _refusal(call: Call, now: datetime) -> Refused:
    """Return why an e-mail may not be sent. Test calls send none, so they need nothing."""
    if call.is_test:
        return NOT_REFUSED
    if not settings.FLOW_EMAILS:
        return Refused("emails.not_set_up", "No mail server is set up here (EMAIL_URL).")
    most: int = settings.EMAILS_PER_DAY
    sent = OutgoingEmail.objects.for_account(call.account).filter(created__gt=now - _DAY)
    if sent.exclude(state__in=[State.TEST, State.REFUSED]).count() >= most:
        return Refused("emails.daily_limit", f"The account has sent {most} e-mails within a day.")
    return NOT_REFUSED


@shared_task(name="calls.tasks.send_emails")
def send_emails() -> None:
    """Send what is due. Whoever claims a row first sends it."""
    now = timezone.now()
    _give_up_interrupted(now)
    due = OutgoingEmail.objects.filter(state=State.WAITING, due__lte=now)
    for email in due.order_by("due", "pk")[:AT_ONCE]:
        unclaimed = OutgoingEmail.objects.filter(pk=email.pk, state=State.WAITING, due=email.due)
        if unclaimed.update(state=State.SENDING, due=now + LEASE):
            _send(email)


def _send(email: OutgoingEmail) -> None:
    tries = email.tries + 1
    try:
        EmailMessage(
            subject=email.subject,
            body=email.body,
            to=email.to,
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    except Exception as error:  # noqa: BLE001 -- whatever a mail server does, it is recorded
        logger.warning("calls.email_failed", extra={"email": email.pk, "why": type(error).__name__})
        _failed(email, error, tries)
        return
    _settle(email, state=State.SENT, tries=tries, sent=timezone.now(), due=None)


def _failed(email: OutgoingEmail, error: Exception, tries: int) -> None:
    told = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR].replace("\0", "")
    if _is_permanent(error) or tries > len(PAUSES):
        code = "emails.not_sent"
        _settle(email, state=State.FAILED, tries=tries, error_code=code, error=told, due=None)
    else:
        again = timezone.now() + PAUSES[tries - 1]
        _settle(email, state=State.WAITING, tries=tries, error=told, due=again)


def _is_permanent(error: Exception) -> bool:
    """Tell whether another try would fail in the same way."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # the operator's to mend
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= _PERMANENT
    return isinstance(error, BadHeaderError | UnicodeError)


def _give_up_interrupted(now: datetime) -> None:
    """Say of e-mails whose worker died that nobody knows; the mail server may have taken them."""
    for email in OutgoingEmail.objects.filter(state=State.SENDING, due__lte=now)[:AT_ONCE]:
        told = "The worker stopped while it was sending: it may have arrived."
        _settle(
            email, state=State.FAILED, error_code="emails.outcome_unknown", error=told, due=None
        )


def _settle(email: OutgoingEmail, **fields: Any) -> None:
    rows = OutgoingEmail.objects.filter(pk=email.pk, state=State.SENDING)
    if not rows.update(**fields):
        return
    detail = {"email": str(fields["state"])}
    if fields.get("error"):
        detail["email_error"] = fields["error"]
    amend_step(email.call_id, email.step, detail)


def present_emails(call: Call, *, unmasked: bool) -> list[dict[str, Any]]:
    """A call's e-mails as the API shows them."""
    show = str if unmasked else mask_personal
    return [
        {
            "node": email.node,
            "to": [show(address) for address in email.to],
            "subject": show(email.subject),
            "body": show(email.body),
            "state": email.state,
            "tries": email.tries,
            "error": {"code": email.error_code, "message": show(email.error)}
            if email.error_code
            else None,
            "created": rfc3339(email.created),
            "sent": rfc3339(email.sent) if email.sent else None,
        }
        for email in OutgoingEmail.objects.for_account(call.account)
        .filter(call=call)
        .order_by("pk")
    ]
