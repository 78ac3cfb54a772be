"""The approval desk: the queue on one side, the record under review on the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt import services
from dlt.approval_queue import Chosen, Waiting, key_of, makers, waiting_of, waiting_page
from dlt.forms import RejectForm
from dlt.lists import entities_of
from dlt.queries import count_waiting
from dlt.registry import LABELS
from dlt.reported_changes import reported_changes
from dlt.reviews import Review, decisions, review_of
from dlt.services import proposals

# What a page keeps of the address while people walk through the queue.
_KEPT: Final = ("kind", "entity", "maker", "q", "page")
_RESULTS: Final = "approval_results"
# Parts that a browser with JavaScript asks for alone.
_PARTS: Final = {"queue": "approvals/_queue.html", "record": "approvals/_record.html"}
MOST_AT_ONCE: Final = 200


@require_GET
@page()
def queue(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    context = _desk(request, now)
    part = _PARTS.get(request.headers.get("HX-Target", ""))
    if part:
        return render(request, part, context)
    account = request.caller.account
    context |= {
        "total": count_waiting(account),
        "kinds": LABELS.items(),
        "entities": entities_of(account),
        "makers": makers(account),
        "decisions": decisions(request.caller, now),
        "proposals": reported_changes(account),
        "results": request.session.pop(_RESULTS, None),
    }
    return render(request, "approvals/desk.html", context)


def _desk(request: AccountRequest, now: datetime) -> dict[str, Any]:
    chosen = Chosen(
        **{
            name: request.GET.get(name, "").strip()[:100]
            for name in ("kind", "entity", "maker", "q")
        }
    )
    found = waiting_page(request.caller, chosen, request.GET.get("page"), now)
    rows = list(found.object_list)
    at = key_of(request.GET.get("at", ""))
    keys = [(one.kind, one.row.pk) for one in rows]
    shown = at or (keys[0] if keys else None)
    review = review_of(request.caller, shown, now) if shown else None
    before, after = _neighbours(rows, review)
    return {
        "chosen": chosen,
        "at_chosen": at is not None and review is not None,
        "found": found,
        "rows": rows,
        "review": review,
        "before": before,
        "after": after,
        "kept": _kept(request),
        "may_decide": request.caller.may(Role.ADMIN),
        "preselect": request.GET.get("select") == "clean",
        "now": now,
    }


def _neighbours(rows: list[Waiting], review: Review | None) -> tuple[str, str]:
    """Return the keys of the records before and after the shown one, as far as this page has them."""
    keys = [one.key for one in rows]
    if review is None or review.waiting.key not in keys:
        return "", next(iter(keys), "")
    at = keys.index(review.waiting.key)
    return (keys[at - 1] if at else ""), (keys[at + 1] if at + 1 < len(keys) else "")


def _kept(request: AccountRequest) -> str:
    """Return the choices of the address, to be carried along by links and forms."""
    source = request.POST if request.method == "POST" else request.GET
    return urlencode({name: source[name] for name in _KEPT if source.get(name)})


def _back(request: AccountRequest, at: str = "") -> HttpResponse:
    """Go on with the record named, or with what waits longest when that one is decided too."""
    kept = request.POST.get("kept", "")[:1000]
    query = "&".join(part for part in (kept, f"at={at}" if key_of(at) else "") if part)
    return redirect(f"{reverse('approvals')}{'?' if query else ''}{query}")


def _following(request: AccountRequest) -> str:
    """Return the key of the record after the decided one, if it still waits."""
    key = key_of(request.POST.get("next", ""))
    found = waiting_of(request.caller, [key], timezone.now()) if key else []
    return found[0].key if found and found[0].row.state == "pending" else ""


@require_POST
@page(Role.ADMIN)
def approve(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    return _decide(request, kind, pk, "approve", "")


@require_POST
@page(Role.ADMIN)
def reject(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    form = RejectForm(request.POST)
    return _decide(request, kind, pk, "reject", form.text() if form.is_valid() else "")


def _decide(request: AccountRequest, kind: str, pk: int, verb: str, reason: str) -> HttpResponse:
    try:
        row = services.change(
            caller=request.caller,
            kind=kind,
            pk=pk,
            verb=verb,
            reason=reason,
            now=timezone.now(),
            seen=_moment(request.POST.get("seen", "")),
        )
    except DomainError as error:
        _refused(request, error)
        return _back(request, f"{kind}-{pk}")
    tail = "" if verb == "approve" else " The submitter sees your reason."
    done = "Approved" if verb == "approve" else "Rejected"
    messages.success(request, f"{done}: {row}.{tail}", extra_tags=f"undo:{kind}-{pk}")
    return _back(request, _following(request))


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


@require_POST
@page(Role.ADMIN)
def undo(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    try:
        row = services.undo(caller=request.caller, kind=kind, pk=pk, now=timezone.now())
        messages.success(request, f"Taken back: {row} waits again.")
    except DomainError as error:
        _refused(request, error)
    return _back(request, f"{kind}-{pk}")


@require_GET
@page(Role.ADMIN)
def confirm(request: AccountRequest) -> HttpResponse:
    """List what is about to be approved at once, each with its findings."""
    rows = _selected(request, request.GET.getlist("records"))
    alone = request.headers.get("HX-Target") == "bulk-body"
    ready = sum(one.may_decide for one in rows)
    context = {"selected": rows, "kept": _kept(request), "dialog": alone, "ready": ready}
    name = "approvals/_confirm.html" if alone else "approvals/confirm.html"
    return render(request, name, context)


def _selected(request: AccountRequest, texts: list[str]) -> list[Waiting]:
    keys = [key for text in texts[:MOST_AT_ONCE] if (key := key_of(text))]
    found = waiting_of(request.caller, list(dict.fromkeys(keys)), timezone.now())
    return [one for one in found if one.row.state == "pending"]


@require_POST
@page(Role.ADMIN)
def approve_many(request: AccountRequest) -> HttpResponse:
    keys = [key for text in request.POST.getlist("records")[:MOST_AT_ONCE] if (key := key_of(text))]
    names = {
        (one.kind, one.row.pk): str(one.row)
        for one in _selected(request, request.POST.getlist("records"))
    }
    done = services.change_many(
        caller=request.caller, records=dict.fromkeys(keys), verb="approve", now=timezone.now()
    )
    results = [
        {
            "key": f"{one.kind}-{one.pk}",
            "name": str(one.row) if one.row else names.get((one.kind, one.pk), LABELS[one.kind]),
            "problem": str(one.error) if one.error else "",
        }
        for one in done
    ]
    request.session[_RESULTS] = results
    approved = sum(not one["problem"] for one in results)
    if approved:
        messages.success(request, f"Approved {approved} of {len(results)}.")
    else:
        messages.error(request, "Nothing was approved.")
    return _back(request)


@require_POST
@page(Role.ADMIN)
def apply_proposal(request: AccountRequest, pk: int) -> HttpResponse:
    try:
        row = proposals.apply(caller=request.caller, pk=pk, now=timezone.now())
        messages.success(request, f"Done: {row.target} is as the operator says.")
    except DomainError as error:
        _refused(request, error)
    return _back(request)


@require_POST
@page(Role.ADMIN)
def dismiss_proposal(request: AccountRequest, pk: int) -> HttpResponse:
    try:
        row = proposals.dismiss(caller=request.caller, pk=pk, now=timezone.now())
        messages.success(request, f"Dismissed: {row.target} stays as it is.")
    except DomainError as error:
        _refused(request, error)
    return _back(request)


def _refused(request: AccountRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))
