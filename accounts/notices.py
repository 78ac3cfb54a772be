"""News for people: what happened without them that they have to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.caller import Caller
from accounts.models import Account, Notice, NoticeRead, Role, User
from core.errors import DomainError
from core.live import publish_on_commit

KEPT_FOR: Final = timedelta(days=90)
LONGEST_TEXT: Final = 500
# News of one thing often comes in several pieces; the e-mail waits for the last of them.
MAIL_AFTER: Final = timedelta(seconds=30)
# Who sees what is meant for a role: those of it, and those who may do more.
_SEES: Final = {
    Role.ADMIN: (Role.ADMIN, Role.EDITOR, Role.VIEWER),
    Role.EDITOR: (Role.EDITOR, Role.VIEWER),
    Role.VIEWER: (Role.VIEWER,),
}


class NeedsPerson(DomainError):
    code = "notices.needs_person"
    message = "Notices are read by people. Sign in instead of sending a key."


@dataclass(frozen=True, slots=True)
class News:
    """What a notice says, and to whom: everybody of ``audience`` and above, or ``user`` alone."""

    kind: str
    key: str
    text: str
    link: str = ""
    audience: Role = Role.ADMIN
    user: User | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    mail: bool = False


def notify(account: Account, news: News, now: datetime) -> Notice:
    """Tell people. News of the same key takes the place of the older, unread by everybody."""
    try:
        with transaction.atomic():
            row = _renewed(account, news, now)
    except IntegrityError:  # the same news came by another way at this very moment
        row = _renewed(account, news, now)
    _announce(account)
    return row


def _renewed(account: Account, news: News, now: datetime) -> Notice:
    Notice.objects.filter(account=account, key=news.key).delete()
    wanted = news.mail and bool(getattr(settings, "EMAIL_CONFIGURED", False))
    return Notice.objects.create(
        account=account,
        at=now,
        kind=news.kind,
        text=_cut(news.text),
        link=news.link,
        audience=news.audience,
        user=news.user,
        key=news.key,
        detail=news.detail,
        mail_due=now + MAIL_AFTER if wanted else None,
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"


def settle(account: Account, keys: Iterable[str], now: datetime) -> None:
    """Say that what these notices tell of is over; nobody is mailed about it any more."""
    rows = Notice.objects.filter(account=account, key__in=list(keys), settled__isnull=True)
    if rows.update(settled=now, mail_due=None):
        _announce(account)


def detail_of(account: Account, key: str) -> dict[str, Any]:
    """Return what the notice of this key was made from, so that more can be added."""
    row = Notice.objects.filter(account=account, key=key, settled__isnull=True).first()
    return dict(row.detail) if row else {}


def notices_of(caller: Caller) -> QuerySet[Notice]:
    """Return what the caller may read, newest first, each with ``was_read``."""
    return _meant_for(caller).annotate(was_read=_read_by(caller))


def unread_of(caller: Caller) -> QuerySet[Notice]:
    """Return what still needs the caller: neither read nor settled."""
    return notices_of(caller).filter(~_read_by(caller), settled__isnull=True)


def _meant_for(caller: Caller) -> QuerySet[Notice]:
    meant = Q(user__isnull=True, audience__in=_SEES[caller.role])
    if caller.user is not None:
        meant |= Q(user=caller.user)
    return Notice.objects.filter(meant, account=caller.account).order_by("-pk")


def _read_by(caller: Caller) -> Exists:
    return Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=caller.user))


def mark_read(*, caller: Caller, ids: Iterable[int] | None, now: datetime) -> int:
    """Note that the caller has read these notices, or all; returns how many were new to them.

    Raises NeedsPerson. What is not the caller's to read is passed over.
    """
    if caller.user is None:
        raise NeedsPerson
    rows = _meant_for(caller).filter(~_read_by(caller))
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    reads = [NoticeRead(notice=row, user=caller.user, at=now) for row in rows]
    NoticeRead.objects.bulk_create(reads, ignore_conflicts=True)
    if reads:
        _announce(caller.account)
    return len(reads)


def forget_old(now: datetime) -> None:
    """Delete what happened long ago: the audit log keeps the decisions."""
    Notice.objects.filter(at__lt=now - KEPT_FOR).delete()


def _announce(account: Account) -> None:
    """Tell open pages, after the commit, to count again: how many are unread differs by person."""
    publish_on_commit(account.sid, {"type": "notices.changed"})
