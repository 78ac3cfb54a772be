"""E-mails of flows: recorded with the call, sent by a worker, never the call's trouble."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Account, Role, User
from calls.adapters.simulator import PHONE
from calls.driver import Incoming, start_call
from calls.emails import PAUSES, send_emails
from calls.models import Call, CallStep, OutgoingEmail
from flows.models import Flow
from tests.calls.talking import CALLER, begin, make_flow, path, read
from tests.flows.drawing import graph, hangup, node

SETTINGS = {
    "to": ["team@acme.example"],
    "subject": "Missed call {CallRef}",
    "body": "From {CallFrom}.\nCall back.",
}


class BrokenServer(BaseEmailBackend):
    """A mail server as it was told to be; the error it gives is on the class."""

    error: Exception = OSError("no route")

    def send_messages(self, messages: Any) -> int:
        raise self.error


@pytest.fixture
def broken(settings: Any) -> type[BrokenServer]:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    return BrokenServer


def drawn(**settings: Any) -> dict[str, Any]:
    mailing = node("e", "email", "Tell the team", **{**SETTINGS, **settings})
    return graph(mailing, hangup("h"), ways="e.next>h")


def real_call(api: Client, **settings: Any) -> Call:
    """A call that is no test, on the draft."""
    flow = Flow.objects.get(sid=make_flow(api, drawn(**settings), f"Line {Flow.objects.count()}"))
    incoming = Incoming(CALLER, "+914412345678", use="draft")
    call, answer = start_call(flow=flow, adapter=PHONE, incoming=incoming)
    assert answer["ended"]
    return call


def step_of(call: Call) -> CallStep:
    return CallStep.objects.get(call=call, index=0)


def test_a_worker_sends_it_after_the_call(
    api: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as hints:
        call = real_call(api)
    assert hints
    assert mail.outbox == []
    assert step_of(call).detail == {"email": "waiting", "recipients": 1}
    send_emails()
    send_emails()
    [sent] = mail.outbox
    assert sent.to == ["team@acme.example"]
    assert sent.subject == f"Missed call {call.ref}"
    assert sent.body == "From +919876543210.\nCall back."
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert step_of(call).detail["email"] == "sent"
    assert OutgoingEmail.objects.get().sent is not None


def test_a_test_call_sends_nothing(api: Client) -> None:
    turn = begin(api, make_flow(api, drawn()))
    send_emails()
    assert path(turn) == [("e", "next"), ("h", None)]
    assert turn["steps"][0]["detail"]["email"] == "test"
    assert mail.outbox == []


def test_the_call_shows_its_emails_and_viewers_see_no_numbers(
    api: Client, account: Account, api_of: Callable[..., Client]
) -> None:
    turn = begin(api, make_flow(api, drawn()))
    [shown] = read(api, f"calls/{turn['sid']}")["emails"]
    assert shown["state"] == "test"
    assert shown["to"] == ["team@acme.example"]
    assert "+919876543210" in shown["body"]
    [masked] = read(api_of(account, Role.VIEWER), f"calls/{turn['sid']}")["emails"]
    assert masked["to"] == ["t•••@acme.example"]
    assert "9876543210" not in masked["body"]


def test_the_page_of_the_call_shows_them(
    api: Client, client_of: Callable[[User], Client], editor: User, viewer: User
) -> None:
    turn = begin(api, make_flow(api, drawn(body="<b>From</b> {CallFrom}")))
    page = client_of(editor).get(f"/calls/{turn['sid']}/").content.decode()
    assert "team@acme.example" in page
    assert "&lt;b&gt;From&lt;/b&gt; +919876543210" in page
    masked = client_of(viewer).get(f"/calls/{turn['sid']}/").content.decode()
    assert "team@acme.example" not in masked
    assert "9876543210" not in masked


def test_what_fails_is_tried_again_and_at_last_given_up(
    api: Client, broken: type[BrokenServer]
) -> None:
    call = real_call(api)
    for number, pause in enumerate(PAUSES, start=1):
        before = timezone.now()
        send_emails()
        row = OutgoingEmail.objects.get()
        assert (row.state, row.tries) == ("waiting", number)
        assert row.due is not None
        assert row.due >= before + pause
        OutgoingEmail.objects.update(due=timezone.now())
    send_emails()
    row = OutgoingEmail.objects.get()
    assert (row.state, row.tries, row.error_code) == ("failed", 6, "emails.not_sent")
    assert "no route" in step_of(call).detail["email_error"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"team@acme.example": (550, b"no such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"team@acme.example": (450, b"later")}), "waiting"),
        (smtplib.SMTPDataError(554, b"spam"), "failed"),
        (smtplib.SMTPDataError(451, b"later"), "waiting"),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), "waiting"),
        (smtplib.SMTPServerDisconnected("gone"), "waiting"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_only_what_may_pass_later_is_tried_again(
    api: Client,
    broken: type[BrokenServer],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    state: str,
) -> None:
    monkeypatch.setattr(broken, "error", error)
    real_call(api)
    send_emails()
    assert OutgoingEmail.objects.get().state == state


def test_one_that_was_interrupted_is_not_sent_again(api: Client) -> None:
    call = real_call(api)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    OutgoingEmail.objects.update(state="sending", due=an_hour_ago)
    send_emails()
    assert OutgoingEmail.objects.get().error_code == "emails.outcome_unknown"
    assert "may have arrived" in step_of(call).detail["email_error"]
    assert mail.outbox == []


def test_an_account_sends_so_many_a_day(api: Client, settings: Any) -> None:
    settings.EMAILS_PER_DAY = 1
    real_call(api)
    begin(api, make_flow(api, drawn(), "A test"))
    refused = real_call(api)
    assert step_of(refused).detail["error"] == "emails.daily_limit"
    assert "1 e-mails within a day" in step_of(refused).note
    OutgoingEmail.objects.update(created=timezone.now() - timedelta(days=2))
    assert step_of(real_call(api)).detail["email"] == "waiting"


def test_without_a_mail_server_it_is_refused(api: Client, settings: Any) -> None:
    settings.FLOW_EMAILS = False
    assert step_of(real_call(api)).detail["error"] == "emails.not_set_up"
    send_emails()
    assert mail.outbox == []


def test_without_an_address_it_is_refused(api: Client) -> None:
    call = real_call(api, to=["{nobody}"])
    assert step_of(call).detail["error"] == "emails.no_recipient"
    assert "{nobody}" in step_of(call).note


def test_values_bring_no_headers_along(api: Client) -> None:
    real_call(
        api, subject="Hi\r\nBcc: all@other.example", to=["team@acme.example\nBcc: x@y.example"]
    )
    real_call(api, subject="Hi\r\nBcc: all@other.example")
    send_emails()
    [sent] = mail.outbox
    assert sent.subject == "Hi Bcc: all@other.example"
    assert sent.recipients() == ["team@acme.example"]
    assert "\nBcc" not in sent.message().as_string()


def test_a_fault_of_ours_does_not_stop_the_call(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("calls.effects.accept_email", broken)
    call = real_call(api)
    assert step_of(call).port == "next"
    assert "could not be recorded" in step_of(call).note


def test_without_a_server_of_its_own_an_installation_writes_files(
    api: Client, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    real_call(api)
    send_emails()
    [file] = (tmp_path / "mail").iterdir()
    assert "To: team@acme.example" in file.read_text(encoding="utf-8")
