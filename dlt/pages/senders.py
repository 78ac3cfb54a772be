"""Entities and headers: lists and submission."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt.forms import EntityForm, HeaderForm, attach
from dlt.identifiers import warning_about as id_warning
from dlt.models import EntityState, Header, RecordState
from dlt.queries import (
    find_entities,
    find_headers,
    records_per_entity,
    sizes,
    templates_per_header,
)
from dlt.services import register_entity, submit_header
from dlt.services.headers import warning_about as header_warning

ROWS_PER_PAGE = 25


def _chosen(request: AccountRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:100] for name in names}


@require_GET
@page()
def header_list(request: AccountRequest) -> HttpResponse:
    account = request.caller.account
    chosen = _chosen(request, "q", "state", "kind", "entity")
    found = Paginator(find_headers(account, **chosen), ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    used = templates_per_header(account)
    context = {
        "tab": "headers",
        "sizes": sizes(account),
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "found": found,
        "rows": [(row, used.get(row.pk, 0)) for row in found],
        "states": RecordState.choices,
        "kinds": Header.Kind.choices,
        "may_submit": request.caller.may(Role.EDITOR),
    }
    return render(request, "dlt/headers.html", context)


@require_GET
@page()
def entity_list(request: AccountRequest) -> HttpResponse:
    account = request.caller.account
    chosen = _chosen(request, "q", "state")
    found = Paginator(find_entities(account, **chosen), ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = records_per_entity(account)
    context = {
        "tab": "entities",
        "sizes": sizes(account),
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "found": found,
        "rows": [(row, counts.get(row.pk, {})) for row in found],
        "states": EntityState.choices,
        "may_submit": request.caller.may(Role.EDITOR),
    }
    return render(request, "dlt/entities.html", context)


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def header_new(request: AccountRequest) -> HttpResponse:
    form = HeaderForm(request.POST or None, account=request.caller.account)
    if request.method == "POST" and form.is_valid():
        try:
            row = submit_header(caller=request.caller, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            attach(form, error)
        else:
            _thank(request, row.value, header_warning(row.value, row.kind))
            return redirect("dlt-headers")
    return render(request, "dlt/header_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def entity_new(request: AccountRequest) -> HttpResponse:
    form = EntityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = register_entity(caller=request.caller, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            attach(form, error)
        else:
            _thank(request, row.name, id_warning(row.pe_id))
            return redirect("dlt-entities")
    return render(request, "dlt/entity_form.html", {"form": form})


def _thank(request: AccountRequest, name: str, warning: str) -> None:
    if warning:
        messages.warning(request, warning)
    messages.success(request, f"“{name}” waits for approval now.")
