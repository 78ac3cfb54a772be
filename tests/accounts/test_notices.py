"""Notices: who is told what, by page, API and e-mail."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from accounts.models import Account, Notice, Role, User
from accounts.notices import News, forget_old, notify
from accounts.tasks import mail_notices
from dlt.models import DltSettings
from dlt.tasks import tell_overdue
from flowbuilder.settings.base import mail_backend
from tests.builders import build_entity, build_header, build_member, build_template

NOW = timezone.now


def news(key: str = "a", text: str = "Something stopped.", **more: Any) -> News:
    return News("dlt.stopped", key, text, "/dlt/", **more)


@pytest.fixture
def ravi(admin: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(admin)


def test_the_bell_counts_what_is_unread_and_the_page_lists_it(
    ravi: Client, account: Account
) -> None:
    notify(account, news("a", "First <b>thing</b>"), NOW())
    notify(account, news("b", "Second thing"), NOW())
    page = ravi.get("/notices/").content.decode()
    assert page.index("Second thing") < page.index("First &lt;b&gt;thing")
    assert "data-notices-count><span>2</span>" in page
    first = Notice.objects.get(key="a")
    assert ravi.post("/notices/read/", {"id": first.pk}).status_code == 302
    page = ravi.get("/notices/").content.decode()
    assert "data-notices-count><span>1</span>" in page
    assert "First" not in ravi.get("/notices/?show=unread").content.decode()
    ravi.post("/notices/read/")
    assert "data-notices-count hidden>" in ravi.get("/notices/").content.decode()
    assert "Nothing unread" in ravi.get("/notices/?show=unread").content.decode()


def test_news_of_the_same_thing_is_one_notice_and_unread_again(
    ravi: Client, account: Account
) -> None:
    notify(account, news(text="It stopped."), NOW())
    ravi.post("/notices/read/")
    notify(account, news(text="It stopped again."), NOW())
    found = ravi.get("/api/v1/notices").json()
    assert [notice["text"] for notice in found["notices"]] == ["It stopped again."]
    assert found["unread"] == 1


def test_a_key_reads_notices_but_marks_none(
    api_of: Callable[..., Client], account: Account
) -> None:
    notify(account, news(), NOW())
    key = api_of(account, Role.ADMIN)
    assert key.get("/api/v1/notices").json()["unread"] == 1
    answer = key.post("/api/v1/notices/read", "{}", content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "notices.needs_person"


@pytest.mark.parametrize("ids", ["all", [0], ["x"], [2**63], {"a": 1}, [1] * 501])
def test_ids_of_another_shape_are_refused(ravi: Client, ids: object) -> None:
    body = json.dumps({"ids": ids})
    answer = ravi.post("/api/v1/notices/read", body, content_type="application/json")
    assert answer.status_code == 400


def test_nobody_marks_what_is_not_theirs(
    account: Account, other_account: Account, client_of: Callable[[User], Client], admin: User
) -> None:
    notice = notify(account, news(), NOW())
    stranger = client_of(build_member(other_account, Role.ADMIN))
    assert stranger.post("/notices/read/", {"id": notice.pk}).status_code == 302
    assert stranger.post("/notices/read/", {"id": "9" * 30}).status_code == 302
    assert not notice.reads.exists()


def test_notices_come_in_pages(ravi: Client, account: Account) -> None:
    for number in range(53):
        notify(account, news(str(number), f"Notice {number}"), NOW())
    first = ravi.get("/api/v1/notices").json()
    rest = ravi.get(f"/api/v1/notices?cursor={first['next']}").json()
    assert [notice["text"] for notice in rest["notices"]] == ["Notice 2", "Notice 1", "Notice 0"]
    assert rest["next"] is None


def test_old_notices_are_forgotten(ravi: Client, account: Account) -> None:
    notify(account, news(), NOW() - timedelta(days=91))
    kept = notify(account, news("b"), NOW())
    forget_old(NOW())
    assert list(Notice.objects.all()) == [kept]


# --- e-mail ---------------------------------------------------------------------------------------


def test_admins_are_mailed_one_by_one_and_once(
    account: Account, admin: User, settings: Any
) -> None:
    settings.EMAIL_CONFIGURED = True
    settings.PUBLIC_URL = "https://flows.example.com"
    build_member(account, Role.ADMIN, "leela@acme.example")
    build_member(account, Role.EDITOR, "asha@acme.example")
    notify(account, news(text="Template “A” stopped. One flow uses it.", mail=True), NOW())
    mail_notices()
    assert mail.outbox == []  # it waits for more of the same
    Notice.objects.update(mail_due=NOW())
    mail_notices()
    mail_notices()
    assert [message.to for message in mail.outbox] == [[admin.email], ["leela@acme.example"]]
    assert mail.outbox[0].subject == "Acme Retail: Template “A” stopped"
    assert "https://flows.example.com/dlt/" in mail.outbox[0].body


def test_without_a_mail_server_nothing_is_kept_to_be_mailed(account: Account, admin: User) -> None:
    notify(account, news(mail=True), NOW())
    assert Notice.objects.get().mail_due is None


def test_a_mail_server_that_is_down_is_tried_again_and_given_up(
    account: Account, admin: User, settings: Any
) -> None:
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "tests.accounts.test_notices.nowhere"
    notify(account, news(mail=True), NOW())
    for attempt in range(1, 7):
        Notice.objects.update(mail_due=NOW())
        mail_notices()
        assert Notice.objects.get().mail_attempts == attempt
    assert Notice.objects.get().mail_due is None


@pytest.mark.parametrize(
    ("url", "backend"),
    [("", "dummy"), ("console:", "console"), ("smtp://a:b@c:587", "smtp"), ("smtps://c", "smtp")],
)
def test_the_address_of_the_mail_server_chooses_how_to_mail(url: str, backend: str) -> None:
    assert mail_backend(urlsplit(url).scheme).endswith(f".{backend}.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example.com", "imap://c", "https://c"])
def test_an_address_that_is_no_mail_server_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must be smtp://"):
        mail_backend(urlsplit(url).scheme or url)


# --- decisions and waiting -------------------------------------------------------------------------


def test_a_submitter_is_told_of_the_decision_with_its_reason(
    account: Account, ravi: Client, editor: User, client_of: Callable[[User], Client]
) -> None:
    template = build_template(build_header(build_entity(account)), state="pending")
    template.submitted_by, template.maker = editor, editor.email
    template.save()
    path = f"/approvals/template/{template.pk}/reject/"
    form = {"reason": "Brand name is missing", "submitted": template.submitted.isoformat()}
    assert ravi.post(path, form).status_code in {200, 204, 302}
    asha = client_of(editor)
    (notice,) = asha.get("/api/v1/notices").json()["notices"]
    assert notice["text"] == (
        "Your template “Missed call alert” was rejected by admin@acme.example."
        " Reason: Brand name is missing"
    )
    assert notice["link"] == f"/dlt/templates/{template.pk}/"
    assert "was rejected" in asha.get("/notices/").content.decode()
    assert ravi.get("/api/v1/notices").json()["notices"] == []


def test_what_waits_longer_than_promised_is_told_once_a_day(
    account: Account, ravi: Client, other_account: Account
) -> None:
    DltSettings.objects.create(account=account, sla_hours=24)
    template = build_template(build_header(build_entity(account)), state="pending")
    template.submitted = NOW() - timedelta(hours=25)
    template.save()
    tell_overdue()
    (notice,) = ravi.get("/api/v1/notices").json()["notices"]
    assert notice["text"] == "1 record waits for a decision longer than the 24 hours you promise."
    ravi.post("/notices/read/")
    tell_overdue()
    assert ravi.get("/api/v1/notices").json()["unread"] == 0
    Notice.objects.update(at=NOW() - timedelta(hours=25))
    tell_overdue()
    assert ravi.get("/api/v1/notices").json()["unread"] == 1
    template.state = "approved"
    template.save()
    tell_overdue()
    assert ravi.get("/api/v1/notices").json()["unread"] == 0
    assert not Notice.objects.filter(account=other_account).exists()
