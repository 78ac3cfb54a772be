"""The call log and the page of one call."""

from __future__ import annotations

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
from calls import call_page, replay_page
from calls.call_log import (
    KINDS,
    CallFilters,
    call_filters_from,
    newest_calls,
    rows_of_calls,
)
from calls.models import Call
from calls.services import call_named
from core.errors import DomainError, NotFound
from core.periods import CUSTOM, NAMES, period_from
from flows.models import Flow

ROWS: Final = 50


@never_cache
@require_GET
@page()
def call_log(request: AccountRequest) -> HttpResponse:
    """List calls, newest first, or say plainly what is wrong with the dates."""
    account, now = request.caller.account, timezone.now()
    zone = ZoneInfo(account.time_zone)
    try:
        filters = call_filters_from(request.GET.dict(), zone=zone, now=now)
    except DomainError as error:
        filters = CallFilters(period_from({}, zone=zone, now=now, default="30d"))
        context = {**_controls(request, filters), "problem": str(error), "custom": True}
        return render(request, "calls/log.html", context, status=error.status)
    found = newest_calls(account, filters, ROWS, request.GET.get("before", "")[:40])
    context = {
        **_controls(request, filters),
        "rows": rows_of_calls(account, found.calls, zone=zone, now=now),
        "older": found.older,
        "is_first": found.is_first,
        "any_calls": bool(found.calls) or Call.objects.for_account(account).exists(),
    }
    return render(request, "calls/log.html", context)


def _controls(request: AccountRequest, filters: CallFilters) -> dict[str, Any]:
    flows = Flow.objects.for_account(request.caller.account).order_by("name")
    return {
        "filters": filters,
        "query": filters.query(),
        "period": filters.period,
        "periods": NAMES.items(),
        "flows": flows.values_list("sid", "name"),
        "kinds": KINDS.items(),
        "custom": filters.period.key == CUSTOM,
        "given_from": request.GET.get("from", ""),
        "given_to": request.GET.get("to", ""),
    }


@never_cache
@require_GET
@page()
def call(request: AccountRequest, sid: str) -> HttpResponse:
    """Show the path one call took and the messages it sent."""
    return render(request, "calls/call.html", _call_context(request, sid))


@never_cache
@require_GET
@page()
def call_live(request: AccountRequest, sid: str) -> HttpResponse:
    """Give the call's page again without its frame, for live updates."""
    return render(request, "calls/_call.html", _call_context(request, sid))


@never_cache
@require_GET
@page()
def call_replay(request: AccountRequest, sid: str) -> HttpResponse:
    """Show how a call went, and how it would go on the draft, the live version or another."""
    use = request.GET.get("use", "draft")[:10]
    try:
        found = call_named(request.caller.account, sid)
        context = replay_page.context(found, request.caller, use)
    except NotFound:
        raise Http404 from None
    return render(request, "calls/replay.html", context)


def _call_context(request: AccountRequest, sid: str) -> dict[str, Any]:
    calls = Call.objects.for_account(request.caller.account)
    found = calls.with_flow().select_related("account").filter(sid=sid).first()
    if found is None:
        raise Http404
    unmasked = request.caller.may(Role.EDITOR)
    return call_page.context(found, unmasked=unmasked, now=timezone.now())
