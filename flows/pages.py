"""Pages of flows: the list, and the page that hosts the canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods

from accounts.caller import AccountRequest
from accounts.models import Account, Role
from accounts.pages import page
from applets.catalogue import catalogue
from core.errors import DomainError, NotFound
from flows.issues import Issue
from flows.live_issues import live_issues
from flows.models import Flow
from flows.present import present_flow
from flows.services import create_flow, draft_differs, flow_named
from flows.starting_points import CATEGORIES, STARTING_POINTS, graph_of
from flows.thumbnail import Thumbnail, thumbnail

FLOWS_PER_PAGE = 24
PROBLEMS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class FlowCard:
    """One flow in the list."""

    flow: Flow
    numbers: list[str]
    changed: bool
    applets: int
    picture: Thumbnail
    # What is wrong with what calls run, in the words of the builder.
    problems: list[Issue]

    @property
    def more_problems(self) -> int:
        """How many the card has no room for."""
        return max(0, len(self.problems) - PROBLEMS_SHOWN)


def _card(flow: Flow, problems: list[Issue]) -> FlowCard:
    return FlowCard(
        flow=flow,
        numbers=sorted(number.e164 for number in flow.numbers.all()),
        changed=flow.live is not None and draft_differs(flow),
        applets=len(flow.draft.get("nodes", [])),
        picture=thumbnail(flow.draft),
        problems=problems,
    )


def _cards(account: Account, flows: list[Flow]) -> list[FlowCard]:
    live = live_issues(account, flows)
    return [_card(flow, live.get(flow.pk, [])) for flow in flows]


def _flows(account: Account, wanted: str) -> QuerySet[Flow]:
    rows = Flow.objects.for_account(account).in_use()
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(numbers__e164__contains=wanted)).distinct()
    related = rows.select_related("live", "account").prefetch_related("numbers")
    return related.order_by("-draft_updated", "-pk")


@require_http_methods(["GET", "POST"])
@page()
def flow_list(request: AccountRequest) -> HttpResponse:
    """List the account's flows; the dialog makes a new one."""
    complaint = ""
    if request.method == "POST":
        if not request.caller.may(Role.EDITOR):
            raise PermissionDenied
        try:
            flow = create_flow(
                caller=request.caller,
                name=request.POST.get("name", ""),
                graph=graph_of(request.POST.get("start", "")),
                now=timezone.now(),
            )
        except DomainError as error:
            complaint = str(error)
        else:
            return redirect("flow", sid=flow.sid)
    account = request.caller.account
    wanted = request.GET.get("q", "").strip()[:100]
    found = Paginator(_flows(account, wanted), FLOWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "cards": _cards(account, list(found)),
        "q": wanted,
        "any": Flow.objects.for_account(account).in_use().exists(),
        "archived": Flow.objects.for_account(account).archived().count(),
        "starts": [point for point in STARTING_POINTS if point.runs_here],
        "kinds": CATEGORIES.items(),
        "complaint": complaint,
        "name": request.POST.get("name", ""),
        "start": request.POST.get("start", "") or request.GET.get("start", "missed-call"),
        "may_edit": request.caller.may(Role.EDITOR),
    }
    return render(request, "flows/list.html", context)


@ensure_csrf_cookie
@require_GET
@page()
def flow_builder(request: AccountRequest, sid: str) -> HttpResponse:
    """Host the canvas; everything it needs to draw at once is in the page."""
    try:
        flow = flow_named(request.caller.account, sid)
    except NotFound:
        raise Http404 from None
    return render(request, "flows/builder.html", {"flow": flow, "data": _data(request, flow)})


def _data(request: AccountRequest, flow: Flow) -> dict[str, Any]:
    caller = request.caller
    account = caller.account
    known = catalogue()
    return {
        "flow": present_flow(flow, caller),
        "applets": known["applets"],
        "categories": known["categories"],
        "variables": known["variables"],
        "objects": known["objects"],
        "user": {
            "name": caller.user.name if caller.user else caller.actor,
            "initials": caller.user.initials() if caller.user else "?",
        },
        "account": {
            "name": account.name,
            "region": account.region,
            "currency": account.currency,
            "time_zone": account.time_zone,
        },
        "urls": {"back": "/flows/", "messages": "/reports/sms/"},
    }
