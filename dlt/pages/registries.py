"""The seven registries: lists, bulk actions, and changes of one record's state."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError, NotAllowed
from dlt import services
from dlt.lists import FILTERS, SORTS, find, records_per_entity, sizes, templates_per_header
from dlt.pages.kinds import filters_of, names_of
from dlt.registry import PLURALS
from dlt.services.decisions import Done
from dlt.transitions import VERBS, Verb

ROWS_PER_PAGE: Final = 25
MOST_AT_ONCE: Final = 500
MOST_TOLD: Final = 5
# Approving and rejecting is done on the approval desk, where the record is shown whole.
ON_THE_DESK: Final = frozenset({"approve", "reject", "supersede"})


@require_GET
@page()
def record_list(request: AccountRequest, kind: str) -> HttpResponse:
    account = request.caller.account
    names = ("q", "sort", *FILTERS[kind])
    chosen = {name: request.GET.get(name, "").strip()[:100] for name in names}
    counts = sizes(account)
    rows = find(account, kind, q=chosen["q"], sort=chosen["sort"], chosen=chosen)
    # Sorting ids alone is several times faster than sorting whole rows.
    pks = rows.prefetch_related(None).values_list("pk", flat=True)
    found = Paginator(pks, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    by_pk = rows.in_bulk(list(found))
    context = {
        **names_of(kind),
        "counts": counts,
        "has_any": counts[kind],
        "chosen": chosen,
        "narrowed": any(value for name, value in chosen.items() if name != "sort"),
        "filters": filters_of(account, kind, chosen),
        "sort": chosen["sort"] if chosen["sort"] in SORTS[kind] else next(iter(SORTS[kind])),
        "found": found,
        "rows": [by_pk[pk] for pk in found if pk in by_pk],
        "used": _used(request, kind, list(found)),
        "bulk_verbs": bulk_verbs(request, kind),
        "may_submit": request.caller.may(Role.EDITOR),
    }
    return render(request, "dlt/list.html", context)


def _used(request: AccountRequest, kind: str, pks: list[int]) -> dict[int, Any]:
    """Return how much hangs on each record shown."""
    if kind == "header":
        return dict(templates_per_header(request.caller.account, pks))
    if kind == "entity":
        return dict(records_per_entity(request.caller.account, pks))
    return {}


def bulk_verbs(request: AccountRequest, kind: str) -> list[Verb]:
    """Return what this caller may do to many records at once."""
    return [
        verb
        for verb in VERBS[kind].values()
        if verb.name not in ON_THE_DESK and request.caller.may(verb.role)
    ]


@require_POST
@page(Role.EDITOR)
def record_bulk(request: AccountRequest, kind: str) -> HttpResponse:
    """Do the same to each ticked record; each stands or falls by itself, and what failed is told."""
    address = reverse(f"dlt-{PLURALS[kind]}")
    query = request.POST.get("query", "")[:1000]
    back = redirect(f"{address}?{query}" if query else address)
    verb = VERBS[kind].get(request.POST.get("verb", ""))
    pks = [int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) < 15]
    if verb is None or verb.name in ON_THE_DESK or not pks:
        messages.error(request, "Tick some records and choose what to do with them.")
        return back
    if not request.caller.may(verb.role):
        raise PermissionDenied
    reason = request.POST.get("reason", "").strip()
    if verb.needs_reason and not reason:
        messages.error(request, f"“{verb.label}” needs a reason. Nothing was changed.")
        return back
    done = services.change_many(
        caller=request.caller,
        records=[(kind, pk) for pk in dict.fromkeys(pks[:MOST_AT_ONCE])],
        verb=verb.name,
        reason=reason,
        now=timezone.now(),
    )
    _tell(request, verb, done)
    return back


def _tell(request: AccountRequest, verb: Verb, done: list[Done]) -> None:
    failed = [one for one in done if one.error]
    fine = len(done) - len(failed)
    if fine:
        what = "record" if fine == 1 else "records"
        messages.success(request, f"{fine} {what} {verb.past.replace('_', ' ')}.")
    if not failed:
        return
    told = " ".join(str(one.error) for one in failed[:MOST_TOLD])
    more = len(failed) - MOST_TOLD
    rest = f" And {more} more." if more > 0 else ""
    messages.error(request, f"{len(failed)} of {len(done)} were left as they are. {told}{rest}")


@require_POST
@page(Role.EDITOR)
def record_change(request: AccountRequest, kind: str, pk: int, verb: str) -> HttpResponse:
    """Do one thing to one record; ``dlt.transitions`` says who may."""
    if verb not in VERBS[kind]:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        row = services.change(
            caller=request.caller, kind=kind, pk=pk, verb=verb, reason=reason, now=timezone.now()
        )
        messages.success(request, f"{row}: {row.state_label.lower()} now.")
    except DomainError as error:
        refused(request, error)
    return redirect(f"dlt-{kind}", pk=pk)


@require_POST
@page(Role.ADMIN)
def record_undo(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    try:
        row = services.undo(caller=request.caller, kind=kind, pk=pk, now=timezone.now())
        messages.success(request, f"Taken back: {row} is {row.state_label.lower()} again.")
    except DomainError as error:
        refused(request, error)
    return redirect(f"dlt-{kind}", pk=pk)


def refused(request: AccountRequest, error: DomainError) -> None:
    """Tell a refusal; what is not there or not allowed has pages of its own."""
    if error.status == 404:
        raise Http404
    if isinstance(error, NotAllowed):
        raise PermissionDenied
    messages.error(request, str(error))
