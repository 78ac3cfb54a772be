"""What the SMS report asks the database: every question starts from the account and has a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from accounts.models import Account
from dlt.models import ContentTemplate, Header
from flows.models import Flow
from reports.buckets import index_of
from reports.filters import NONE, Filters
from reports.waiting import Waited
from sms.models import Message
from sms.states import Status

GIVEN_BACK: Final = (Status.ERROR, Status.FAILED, Status.EXPIRED)
REAL: Final = ~Q(origin=Message.Origin.TEST_CALL)
CHARGED: Final = REAL & ~Q(status__in=GIVEN_BACK)
SHOWN_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """Messages of one bucket, status and reason counted together."""

    bucket: int
    status: str
    reason: str
    messages: int
    segments: int
    paise: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Time from acceptance to the handset; None when nothing arrived."""

    median: timedelta | None = None
    p95: timedelta | None = None


def messages(
    account: Account,
    filters: Filters,
    span: tuple[datetime, datetime],
    *,
    digits_hidden: bool = False,
) -> QuerySet[Message]:
    """Outbound messages accepted within ``span`` that pass the filters, in no order yet."""
    rows = Message.objects.for_account(account).filter(
        direction=Message.Direction.OUTBOUND, created__gte=span[0], created__lt=span[1]
    )
    return rows.filter(_chosen(filters), _searched(filters.q, digits_hidden=digits_hidden))


def _chosen(filters: Filters) -> Q:
    chosen = Q()
    if filters.flow:
        chosen &= Q(flow_sid="" if filters.flow == NONE else filters.flow)
    if filters.template:
        chosen &= Q(dlt_template_id=filters.template)
    if filters.header:
        chosen &= Q(sender=filters.header)
    if filters.status:
        chosen &= Q(status=filters.status)
    if filters.reason:
        code = "" if filters.reason == NONE else filters.reason
        chosen &= Q(error_code=code, status__in=GIVEN_BACK)
    if filters.tests:
        chosen &= REAL if filters.tests == "hide" else ~REAL
    return chosen


def _searched(text: str, *, digits_hidden: bool) -> Q:
    """Find by sid of message or call, by template, or by digits of the number.

    Who sees numbers masked may search for the digits that are shown or for a whole number:
    searching digit by digit would unmask it.
    """
    if not text:
        return Q()
    found = Q(sid=text) | Q(call_sid=text) | Q(template_name__icontains=text)
    digits = re.sub(r"\D", "", text)
    if not digits or re.search(r"[^\d\s+().•-]", text):
        return found
    if "•" in text:
        return found | Q(to_number__endswith=digits[-SHOWN_DIGITS:])
    if not digits_hidden:
        return found | Q(to_number__contains=digits)
    if len(digits) <= SHOWN_DIGITS:
        return found | Q(to_number__endswith=digits)
    return found | Q(to_number=f"+{digits}")


def tallies(rows: QuerySet[Message], starts: Sequence[datetime] = ()) -> list[Tally]:
    """Count everything the report shows in one pass over the rows."""
    grouped = (
        rows.annotate(bucket=index_of(starts))
        .values("bucket", "status", "error_code")
        .annotate(
            messages=Count("pk"),
            segments=Sum("parts", filter=CHARGED, default=0),
            paise=Sum("cost_paise", filter=CHARGED, default=0),
        )
        .order_by("bucket", "status", "error_code")
    )
    columns = ("bucket", "status", "error_code", "messages", "segments", "paise")
    return [Tally(*row) for row in grouped.values_list(*columns)]


def given_back_then_delivered(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Messages that arrived after their money was given back: they were not charged."""
    return rows.filter(
        REAL,
        status=Status.DELIVERED,
        history__before__in=[Status.FAILED, Status.EXPIRED],
        history__after=Status.DELIVERED,
    )


def waits(rows: QuerySet[Message]) -> Waits:
    """Return median and 95th percentile exactly, interpolated as by percentile_cont."""
    ranked = _ranked(rows, partition=None)
    wanted = [Q(rank=(F("n") + odd) / 2) for odd in (1, 2)]
    wanted += [Q(rank=1 + (19 * (F("n") - 1) + up) / 20) for up in (0, 19)]
    found = ranked.filter(wanted[0] | wanted[1] | wanted[2] | wanted[3])
    by_rank = {rank: (took, n) for rank, took, n in found.values_list("rank", "took", "n")}
    if not by_rank:
        return Waits()
    n = next(iter(by_rank.values()))[1]
    times = {rank: took for rank, (took, _) in by_rank.items()}
    return Waits(_between(times, n, 10), _between(times, n, 19))


def _between(times: dict[int, timedelta], n: int, twentieths: int) -> timedelta:
    """Interpolate at ``twentieths``/20 of the way from the shortest to the longest."""
    below, rest = divmod(twentieths * (n - 1), 20)
    low = times[1 + below]
    return low + (times[2 + below] - low) * rest / 20 if rest else low


def median_waits(rows: QuerySet[Message], starts: Sequence[datetime]) -> dict[int, timedelta]:
    """Return the median of each bucket that has one."""
    ranked = _ranked(rows.annotate(bucket=index_of(starts)), partition=F("bucket"))
    middle = ranked.filter(Q(rank=(F("n") + 1) / 2) | Q(rank=(F("n") + 2) / 2))
    found: dict[int, list[timedelta]] = {}
    for bucket, took in middle.order_by("bucket", "took").values_list("bucket", "took"):
        found.setdefault(bucket, []).append(took)
    return {bucket: sum(pair, timedelta()) / len(pair) for bucket, pair in found.items()}


def _ranked(rows: QuerySet[Message], partition: F | None) -> Any:
    """Rank delivered messages by their wait. Any: the checker loses annotations on the way."""
    by = [partition] if partition else None
    return rows.filter(status=Status.DELIVERED, delivered__isnull=False).annotate(
        took=Waited("delivered", "created"),
        rank=Window(RowNumber(), partition_by=by, order_by=F("took").asc()),
        n=Window(Count("pk"), partition_by=by),
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """Some messages, newest first, and the sids to ask for the ones before and after."""

    rows: list[Message]
    older: str = ""
    newer: str = ""


def newest(
    account: Account,
    rows: QuerySet[Message],
    size: int,
    *,
    older_than: str = "",
    newer_than: str = "",
) -> Slice:
    """Return one slice by key, never by offset: the thousandth page costs as much as the first."""
    mark = Message.objects.for_account(account).filter(sid=older_than or newer_than).first()
    if mark and older_than:
        rows = rows.filter(created__lte=mark.created).filter(
            Q(created__lt=mark.created) | Q(pk__lt=mark.pk)
        )
    elif mark:
        return _newer(rows, mark, size)
    found = list(rows.order_by("-created", "-pk")[: size + 1])
    page = found[:size]
    return Slice(
        page,
        older=page[-1].sid if len(found) > size else "",
        newer=page[0].sid if mark and page else "",
    )


def _newer(rows: QuerySet[Message], mark: Message, size: int) -> Slice:
    later = rows.filter(created__gte=mark.created).filter(
        Q(created__gt=mark.created) | Q(pk__gt=mark.pk)
    )
    found = list(later.order_by("created", "pk")[: size + 1])
    page = list(reversed(found[:size]))
    more = page[0].sid if len(found) > size else ""
    return Slice(page, older=page[-1].sid if page else "", newer=more)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filter lists offer: pairs of value and name."""

    flows: list[tuple[str, str]]
    templates: list[tuple[str, str]]
    headers: list[tuple[str, str]]


def choices(account: Account) -> Choices:
    """Offer the account's flows, templates and headers, by name."""
    flows = Flow.objects.for_account(account).order_by("name").values_list("sid", "name")
    templates = ContentTemplate.objects.for_account(account).order_by("name", "pk")
    headers = Header.objects.for_account(account).order_by("value").values_list("value", flat=True)
    return Choices(
        flows=list(flows),
        templates=list(templates.values_list("template_id", "name")),
        headers=[(value, value) for value in dict.fromkeys(headers)],
    )
