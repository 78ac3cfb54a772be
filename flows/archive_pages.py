"""What the list of flows offers beside opening one: a copy, and the archive."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError, NotFound
from flows.archive import archive_flow, archived_flow_named, bring_back_flow
from flows.models import Flow
from flows.version_pages import flow_or_404
from flows.versions import duplicate_flow

FLOWS_PER_PAGE: Final = 50


@require_GET
@page()
def archived_list(request: AccountRequest) -> HttpResponse:
    """List the flows that were put away, the last one first."""
    rows = Flow.objects.for_account(request.caller.account).archived()
    rows = rows.select_related("live").order_by("-archived", "-pk")
    found = Paginator(rows, FLOWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "may_edit": request.caller.may(Role.EDITOR)}
    return render(request, "flows/archived.html", context)


@require_POST
@page(Role.EDITOR)
def flow_duplicate(request: AccountRequest, sid: str) -> HttpResponse:
    """Copy a flow and open the copy."""
    flow = flow_or_404(request, sid)
    copy = duplicate_flow(caller=request.caller, flow=flow, now=timezone.now())
    return redirect("flow", sid=copy.sid)


@require_POST
@page(Role.EDITOR)
def flow_archive(request: AccountRequest, sid: str) -> HttpResponse:
    """Put a flow away, or say what stands against it."""
    flow = flow_or_404(request, sid)
    try:
        archive_flow(caller=request.caller, flow=flow, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{flow.name}” is in the archive.")
    return redirect("flows")


@require_POST
@page(Role.EDITOR)
def flow_bring_back(request: AccountRequest, sid: str) -> HttpResponse:
    """Take a flow out of the archive."""
    try:
        flow = archived_flow_named(request.caller.account, sid)
    except NotFound:
        raise Http404 from None
    name = request.POST.get("name", "")
    try:
        flow = bring_back_flow(caller=request.caller, flow=flow, name=name, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("flows-archived")
    messages.success(request, f"“{flow.name}” is back.")
    return redirect("flows")
