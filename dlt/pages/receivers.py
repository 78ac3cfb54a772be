"""Receivers: look one number up, block it, write a consent down or end it; lists are imported."""

from __future__ import annotations

from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Account, Role
from accounts.pages import page
from core.errors import DomainError
from core.phone_numbers import mask
from dlt.lists import entities_of
from dlt.models import Consent, ConsentTemplate, DndNumber
from dlt.services import receivers

CATEGORIES = (
    ("1", "Banking, insurance, finance, cards"),
    ("2", "Real estate"),
    ("3", "Education"),
    ("4", "Health"),
    ("5", "Consumer goods, automobiles"),
    ("6", "Communication, entertainment, IT"),
    ("7", "Tourism and leisure"),
    ("8", "Food and beverages"),
)


@never_cache
@require_GET
@page()
def receiver_page(request: AccountRequest) -> HttpResponse:
    account = request.caller.account
    asked = request.GET.get("number", "").strip()[:40]
    found, problem = None, ""
    if asked:
        try:
            found = receivers.receiver_of(account, asked)
        except DomainError as error:
            problem = str(error)
    may_change = request.caller.may(Role.EDITOR)
    now = timezone.now()
    consents = Consent.objects.for_account(account)
    templates = ConsentTemplate.objects.for_account(account).select_related("entity")
    context = {
        "tab": "receivers",
        "asked": asked,
        "problem": problem,
        "found": found,
        "shown": (found.number if may_change else mask(found.number)) if found else "",
        "consents": [(row, _standing(row, now)) for row in found.consents] if found else [],
        "blocked": _labels(found.dnd.categories) if found and found.dnd else [],
        "categories": CATEGORIES,
        "entities": entities_of(account),
        "consent_templates": templates.order_by("name", "pk"),
        "dnd_count": DndNumber.objects.for_account(account).count(),
        "consent_count": consents.count(),
        "valid_count": consents.valid(now).count(),
        "may_change": may_change,
    }
    return render(request, "dlt/receivers.html", context)


def _labels(digits: str) -> list[str]:
    return [label for digit, label in CATEGORIES if digit in digits]


def _standing(row: Consent, now: datetime) -> tuple[str, str]:
    """Return the colour and the word for a consent."""
    if row.revoked is not None:
        return "bad", "Revoked"
    if row.expires <= now:
        return "warn", "Ended"
    return "ok", "Valid"


def _back(number: str) -> HttpResponse:
    return redirect(f"{reverse('dlt-receivers')}?{urlencode({'number': number})}")


@require_POST
@page(Role.EDITOR)
def receiver_block(request: AccountRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    categories = "".join(request.POST.getlist("categories"))
    try:
        row = receivers.block_number(
            caller=request.caller, number=number, categories=categories, now=timezone.now()
        )
        number = row.number
        messages.success(request, "The number is on the do-not-disturb list.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(number)


@require_POST
@page(Role.EDITOR)
def receiver_unblock(request: AccountRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    try:
        receivers.unblock_number(caller=request.caller, number=number, now=timezone.now())
        messages.success(request, "The number is off the do-not-disturb list.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(number)


@require_POST
@page(Role.EDITOR)
def receiver_consent(request: AccountRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    given = _midnight(request.POST.get("given", ""), request.caller.account)
    pe_id, _, consent_id = request.POST.get("purpose", "").partition("/")
    try:
        row = receivers.give_consent(
            caller=request.caller,
            number=number,
            pe_id=pe_id,
            consent_id=consent_id,
            given=given,
            now=timezone.now(),
        )
        number = row.number
        messages.success(request, "The consent is written down.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(number)


def _midnight(text: str, account: Account) -> datetime | None:
    """Return the beginning of a day in the account's time zone."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return datetime.combine(day, time(0), ZoneInfo(account.time_zone)) if day else None


@require_POST
@page(Role.EDITOR)
def receiver_revoke(request: AccountRequest, pk: int) -> HttpResponse:
    number = request.POST.get("number", "")
    try:
        row = receivers.revoke_consent(caller=request.caller, pk=pk, now=timezone.now())
        number = row.number
        messages.success(request, "The consent has ended.")
    except DomainError as error:
        if error.status == 404:
            raise Http404 from None
        messages.error(request, str(error))
    return _back(number)
