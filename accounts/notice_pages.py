"""The page of notices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.notices import mark_read, notices_of, unread_of
from accounts.pages import page

NOTICES_PER_PAGE = 50
LONGEST_ID = 18


@never_cache
@require_GET
@page()
def notice_list(request: AccountRequest) -> HttpResponse:
    """List what happened, newest first."""
    only_unread = request.GET.get("show") == "unread"
    rows = unread_of(request.caller) if only_unread else notices_of(request.caller)
    context = {
        "found": Paginator(rows.order_by("-at", "-pk"), NOTICES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "only_unread": only_unread,
        "unread": unread_of(request.caller).count(),
    }
    return render(request, "notices/list.html", context)


@require_POST
@page()
def notices_read(request: AccountRequest) -> HttpResponse:
    """Note that the person read one notice, or all of them."""
    given = request.POST.get("id", "")
    one = [int(given)] if given.isascii() and given.isdecimal() and len(given) <= LONGEST_ID else []
    mark_read(caller=request.caller, ids=one if given else None, now=timezone.now())
    return redirect("notices")
