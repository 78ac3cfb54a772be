"""What ends soon, what nobody uses, what fails: the registries' early warning.

Operators suspend headers that were not used for 30 days (a notice of Karix to its customers), temporary
headers end on a date, and operators announced to refuse untyped variables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from accounts.models import Account
from dlt.matcher import Tag, placeholders
from dlt.models import (
    Category,
    ContentTemplate,
    DltSettings,
    Header,
    RecordState,
)
from sms.models import Message
from sms.wording import reason_label

SUSPENDED_AFTER_DAYS: Final = 30
ENDS_WITHIN: Final = timedelta(days=45)
LOOKED_BACK: Final = timedelta(days=30)
SHOWN: Final = 100
# Fewer messages than this say nothing about a share.
ENOUGH_MESSAGES: Final = 10
FAILING_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Ending:
    """A header whose registration ends."""

    header: Header
    days_left: int

    @property
    def tone(self) -> str:
        return "bad" if self.days_left <= 7 else "warn"


@dataclass(frozen=True, slots=True)
class Idle:
    """An approved record nobody sends with. ``days`` counts from its last use or its approval."""

    kind: str
    pk: int
    name: str
    detail: str
    last_used: datetime | None
    days: int

    @property
    def days_left(self) -> int:
        """Days until operators may suspend it; negative when they may have done so."""
        return SUSPENDED_AFTER_DAYS - self.days

    @property
    def tone(self) -> str:
        return "bad" if self.days_left <= 0 else "warn"


@dataclass(frozen=True, slots=True)
class Failing:
    """A template whose messages are refused or fail, and why most of them do."""

    template_id: str
    name: str
    pk: int | None
    messages: int
    refused: int
    failed: int
    reason: str

    @property
    def share(self) -> float:
        return (self.refused + self.failed) / self.messages

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def tone(self) -> str:
        return "bad" if self.share >= 0.2 else "warn"


@dataclass(frozen=True, slots=True)
class Radar:
    """Everything on one screen; each list is cut at SHOWN."""

    ending: list[Ending]
    idle: list[Idle]
    failing: list[Failing]
    untyped: list[ContentTemplate]
    explicit: list[ContentTemplate]
    idle_days: int

    @property
    def is_clear(self) -> bool:
        return not (self.ending or self.idle or self.failing or self.untyped or self.explicit)


def radar(account: Account, now: datetime) -> Radar:
    """Look at an account's records and its messages of the last 30 days."""
    chosen = DltSettings.objects.filter(pk=account.pk).first() or DltSettings()
    return Radar(
        ending=_ending(account, now),
        idle=_idle(account, now, chosen.idle_days),
        failing=list(_failing(account, now)),
        untyped=[row for row in _approved(account) if is_untyped(row)][:SHOWN],
        explicit=list(_approved(account).filter(category=Category.SERVICE_EXPLICIT)[:SHOWN]),
        idle_days=chosen.idle_days,
    )


def _approved(account: Account) -> QuerySet[ContentTemplate]:
    rows = ContentTemplate.objects.for_account(account).filter(state=RecordState.APPROVED)
    return rows.select_related("entity").order_by("name", "pk")


def is_untyped(row: ContentTemplate) -> bool:
    """Say whether a template has a variable without a type, in its text or beside it."""
    tags = [str(variable.get("tag") or "") for variable in row.variables]
    return any(hole.tag is Tag.VAR for hole in placeholders(row.text, tags))


def _ending(account: Account, now: datetime) -> list[Ending]:
    today = now.astimezone(ZoneInfo(account.time_zone)).date()
    rows = Header.objects.for_account(account).filter(
        state=RecordState.APPROVED, valid_until__lte=today + ENDS_WITHIN
    )
    found = rows.select_related("entity").order_by("valid_until", "pk")[:SHOWN]
    return [Ending(row, _days(today, row.valid_until)) for row in found]


def _days(today: date, end: date | None) -> int:
    return (end - today).days if end else 0


def _idle(account: Account, now: datetime, days: int) -> list[Idle]:
    since = now - timedelta(days=days)
    quiet = Q(last_used__lt=since) | Q(last_used__isnull=True, decided__lt=since)
    headers = Header.objects.for_account(account).filter(quiet, state=RecordState.APPROVED)
    templates = ContentTemplate.objects.for_account(account).filter(
        quiet, state=RecordState.APPROVED
    )
    found = [
        Idle("header", row.pk, row.value, row.entity.name, row.last_used, _since(row, now))
        for row in headers.select_related("entity").order_by("last_used", "pk")[:SHOWN]
    ]
    found += [
        Idle("template", row.pk, row.name, row.template_id, row.last_used, _since(row, now))
        for row in templates.order_by("last_used", "pk")[:SHOWN]
    ]
    return sorted(found, key=lambda one: -one.days)[:SHOWN]


def _since(row: Header | ContentTemplate, now: datetime) -> int:
    began = row.last_used or row.decided or row.submitted
    return (now - began).days


def _failing(account: Account, now: datetime) -> Iterator[Failing]:
    rows = Message.objects.for_account(account).filter(
        created__gte=now - LOOKED_BACK, direction=Message.Direction.OUTBOUND
    )
    rows = rows.exclude(dlt_template_id="").exclude(origin=Message.Origin.TEST_CALL)
    bad = Q(status="error", error_code__startswith="dlt.") | Q(status="failed")
    counted = (
        rows.values("dlt_template_id")
        .annotate(
            messages=Count("pk"),
            refused=Count("pk", filter=Q(status="error", error_code__startswith="dlt.")),
            failed=Count("pk", filter=Q(status="failed")),
        )
        .filter(messages__gte=ENOUGH_MESSAGES)
    )
    worst = [
        row
        for row in counted
        if (row["refused"] + row["failed"]) / row["messages"] >= FAILING_SHARE
    ]
    worst.sort(key=lambda row: (row["refused"] + row["failed"]) / row["messages"], reverse=True)
    names = {
        row.template_id: row
        for row in ContentTemplate.objects.for_account(account).filter(
            template_id__in=[row["dlt_template_id"] for row in worst]
        )
    }
    for row in worst[:SHOWN]:
        record = names.get(row["dlt_template_id"])
        reasons = rows.filter(bad, dlt_template_id=row["dlt_template_id"]).values("error_code")
        most = reasons.annotate(times=Count("pk")).order_by("-times", "error_code").first()
        yield Failing(
            template_id=row["dlt_template_id"],
            name=record.name if record else "Not in the registry",
            pk=record.pk if record else None,
            messages=row["messages"],
            refused=row["refused"],
            failed=row["failed"],
            reason=reason_label(most["error_code"]) if most and most["error_code"] else "",
        )
