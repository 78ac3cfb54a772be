"""The approval queue: an admin decides, everybody else may look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt import services
from dlt.audit_trail import last_decisions
from dlt.forms import RejectForm
from dlt.reviews import REASONS, waiting

DECISIONS_SHOWN = 8


@require_GET
@page()
def queue(request: AccountRequest) -> HttpResponse:
    context = {
        "reviews": waiting(request.caller, timezone.now()),
        "decisions": last_decisions(request.caller.account, DECISIONS_SHOWN),
        "reasons": REASONS,
        "may_decide": request.caller.may(Role.ADMIN),
    }
    return render(request, "approvals/queue.html", context)


@require_POST
@page(Role.ADMIN)
def approve(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    now = timezone.now()
    try:
        seen = _moment(request.POST.get("seen", ""))
        row = services.change(
            caller=request.caller, kind=kind, pk=pk, verb="approve", now=now, seen=seen
        )
        messages.success(request, f"Approved: {row}.")
    except DomainError as error:
        _refused(request, error)
    return redirect("approvals")


def _moment(text: str) -> Any:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


@require_POST
@page(Role.ADMIN)
def reject(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    form = RejectForm(request.POST)
    reason = form.text() if form.is_valid() else ""
    try:
        row = services.change(
            caller=request.caller,
            kind=kind,
            pk=pk,
            verb="reject",
            reason=reason,
            now=timezone.now(),
        )
        messages.success(request, f"Rejected: {row}. The submitter sees your reason.")
    except DomainError as error:
        _refused(request, error)
    return redirect("approvals")


def _refused(request: AccountRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))
