"""The SMS report, its live fragments, one message's page, and the export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from reports import message_page, queries, report_page
from reports.filters import Filters, filters_from
from sms.message_row import rows_of
from sms.models import Message

ROWS: Final = 50
MOST_LIVE_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the report, read: the filters, the zone and the clock."""

    filters: Filters
    zone: ZoneInfo
    now: datetime
    digits_hidden: bool

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.filters.period.start, self.filters.period.end


def asked_in(request: AccountRequest) -> Asked:
    """Read a request. Raises BadPeriod and BadFilter."""
    zone, now = ZoneInfo(request.caller.account.time_zone), timezone.now()
    filters = filters_from(request.GET.dict(), zone=zone, now=now)
    return Asked(filters, zone, now, digits_hidden=not request.caller.may(Role.EDITOR))


@never_cache
@require_GET
@page()
def sms_report(request: AccountRequest) -> HttpResponse:
    """Show the whole report, or say plainly what is wrong with the dates or the filters."""
    account = request.caller.account
    try:
        asked = asked_in(request)
    except DomainError as error:
        context = report_page.refused(account, str(error), request.GET.dict(), timezone.now())
        return render(request, "reports/sms.html", context, status=error.status)
    context = report_page.figures(
        account, asked.filters, asked.now, digits_hidden=asked.digits_hidden
    )
    context |= report_page.controls(account, asked.filters, asked.now) | _slice(request, asked)
    return render(request, "reports/sms.html", context)


@never_cache
@require_GET
@page()
def sms_summary(request: AccountRequest) -> HttpResponse:
    """Give the figures, charts and reasons again, for the live page."""
    try:
        asked = asked_in(request)
    except DomainError as error:
        return HttpResponse(str(error), status=error.status, content_type="text/plain")
    account = request.caller.account
    context = report_page.figures(
        account, asked.filters, asked.now, digits_hidden=asked.digits_hidden
    )
    return render(request, "reports/_summary.html", context)


@never_cache
@require_GET
@page()
def sms_rows(request: AccountRequest) -> HttpResponse:
    """Give the rows again: the slice of the address, or those of the sids asked for."""
    try:
        asked = asked_in(request)
    except DomainError as error:
        return HttpResponse(str(error), status=error.status, content_type="text/plain")
    sids = request.GET.getlist("sid")[:MOST_LIVE_ROWS]
    if not sids:
        return render(request, "reports/_messages.html", _slice(request, asked))
    found = _messages(request, asked).filter(sid__in=sids).order_by("-created", "-pk")
    context = {"rows": rows_of(found, zone=asked.zone, now=asked.now)}
    return render(request, "reports/_rows.html", context)


def _messages(request: AccountRequest, asked: Asked) -> Any:
    return queries.messages(
        request.caller.account, asked.filters, asked.span, digits_hidden=asked.digits_hidden
    )


def _slice(request: AccountRequest, asked: Asked) -> dict[str, Any]:
    older_than, newer_than = request.GET.get("before", "")[:40], request.GET.get("after", "")[:40]
    found = queries.newest(
        request.caller.account,
        _messages(request, asked),
        ROWS,
        older_than=older_than,
        newer_than=newer_than,
    )
    return {
        "filters": asked.filters,
        "query": asked.filters.query(),
        "rows": rows_of(found.rows, zone=asked.zone, now=asked.now),
        "older": found.older,
        "newer": found.newer,
        "first_slice": not found.newer,
    }


@never_cache
@require_GET
@page()
def sms_message(request: AccountRequest, sid: str) -> HttpResponse:
    """Show one message's way from acceptance to the handset."""
    return render(request, "reports/message.html", _message_context(request, sid))


@never_cache
@require_GET
@page()
def sms_message_live(request: AccountRequest, sid: str) -> HttpResponse:
    """Give the message's page again without its frame, for live updates."""
    return render(request, "reports/_message.html", _message_context(request, sid))


def _message_context(request: AccountRequest, sid: str) -> dict[str, Any]:
    message = Message.objects.for_account(request.caller.account).filter(sid=sid).first()
    if message is None:
        raise Http404
    unmasked = request.caller.may(Role.EDITOR)
    return message_page.context(message, unmasked=unmasked, now=timezone.now())
