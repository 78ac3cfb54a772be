"""Submit and edit records of every registry but templates."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt import services
from dlt.chain_hash import chain_hash
from dlt.cta import kind_of
from dlt.forms import attach
from dlt.identifiers import IdKind, made_on, problem_with
from dlt.identifiers import kind_of as id_kind
from dlt.identifiers import warning_about as id_warning
from dlt.lists import entities_of
from dlt.models import Cta, Header, Telemarketer
from dlt.operators import operator_of
from dlt.pages.details import record_or_404
from dlt.pages.kinds import names_of
from dlt.pages.registries import refused
from dlt.record_forms import FORMS, ChainForm, keep_only
from dlt.services.headers import warning_about as header_warning

VECTORS: Final = (
    ("1101172974420810001", ("1102172974420830004",)),
    ("1101172974420810001", ("1102172974420820002", "1102172974420830004")),
)
_WANTED: Final = {
    "entity": IdKind.ENTITY,
    "telemarketer": IdKind.TELEMARKETER,
    "header": IdKind.HEADER,
    "template": IdKind.TEMPLATE,
    "consent": IdKind.CONSENT,
}


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def record_new(request: AccountRequest, kind: str) -> HttpResponse:
    spec, account = FORMS[kind], request.caller.account
    initial = {name: request.GET[name][:40] for name in ("pe_id",) if name in request.GET}
    form = spec.make_form(request.POST or None, account=account, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = spec.make(request.caller, form, timezone.now())
        except DomainError as error:
            attach(form, error)
        else:
            warning = _warning_about(row)
            if warning:
                messages.warning(request, warning)
            messages.success(request, f"“{row}” waits for approval now.")
            return redirect(f"dlt-{kind}", pk=row.pk)
    return _form_page(request, kind, form)


def _warning_about(row: Any) -> str:
    if isinstance(row, Header):
        return header_warning(row.value, row.kind)
    return id_warning(getattr(row, "pe_id", "") or getattr(row, "tm_id", "") or "0" * 19)


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def record_edit(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    spec, account = FORMS[kind], request.caller.account
    row = record_or_404(request, kind, pk)
    if spec.edit is None:
        raise Http404
    form = spec.make_form(request.POST or None, account=account, initial=_initial(kind, row))
    keep_only(form, spec.editable)
    if request.method == "POST" and form.is_valid():
        try:
            changes = dict(form.cleaned_data)
            row = spec.edit(caller=request.caller, pk=pk, now=timezone.now(), **changes)
        except DomainError as error:
            if error.status in (403, 404):
                refused(request, error)
            attach(form, error)
        else:
            messages.success(request, f"“{row}” is saved.")
            return redirect(f"dlt-{kind}", pk=pk)
    return _form_page(request, kind, form, row)


def _initial(kind: str, row: Any) -> dict[str, Any]:
    names = FORMS[kind].editable
    if "headers" not in names:
        return {name: getattr(row, name) for name in names}
    values = {name: getattr(row, name) for name in names if name != "headers"}
    return {**values, "headers": [header.value for header in row.headers.all()]}


def _form_page(
    request: AccountRequest, kind: str, form: forms.Form, row: Any = None
) -> HttpResponse:
    account = request.caller.account
    needs_entity = kind not in ("entity", "telemarketer")
    missing = ""
    if row is None and needs_entity and not entities_of(account).exists():
        missing = "entity"
    elif kind == "chain" and not Telemarketer.objects.for_account(account).exists():
        missing = "telemarketer"
    context = {
        **names_of(kind),
        "form": form,
        "row": row,
        "missing": missing,
        "rows": [_field(kind, form, name) for name in form.fields],
        "chosen_headers": set(form["headers"].value() or []) if "headers" in form.fields else set(),
        "vectors": [(ids, chain_hash(ids[0], ids[1])) for ids in VECTORS],
        **(_chain_context(request, form) if isinstance(form, ChainForm) else {}),
    }
    return render(request, "dlt/record_form.html", context)


def _field(kind: str, form: forms.Form, name: str) -> dict[str, Any]:
    field = form.fields[name]
    if name == "headers":
        look = "headers"
    elif isinstance(field, forms.ChoiceField):
        look = "select"
    elif isinstance(field, forms.DateField):
        look = "date"
    else:
        look = "textarea" if isinstance(field.widget, forms.Textarea) else "text"
    return {
        "field": form[name],
        "look": look,
        "optional": not field.required,
        "id_kind": dict(FORMS[kind].ids).get(name, ""),
        "mono": name.endswith("_id") or name == "value",
    }


def _chain_context(request: AccountRequest, form: ChainForm) -> dict[str, Any]:
    """Return the hash of the chain as chosen so far, and what operators may say of it."""
    account = request.caller.account
    pe_id = str(form["pe_id"].value() or (form.fields["pe_id"].choices or [("", "")])[0][0])  # type: ignore[attr-defined]  # a choice field
    tm_ids = form.tm_ids()
    draft = services.ChainDraft(pe_id, tm_ids)
    problem = next(iter(draft.problems()), None)
    cautions: list[str] = []
    if problem is None:
        cautions = _cautions(account, pe_id, tm_ids)
    return {
        "ids": [pe_id, *tm_ids],
        "hash": "" if problem else draft.hash,
        "problem": str(problem) if tm_ids and problem else "",
        "cautions": cautions,
    }


def _cautions(account: Any, pe_id: str, tm_ids: list[str]) -> list[str]:
    entity = entities_of(account).filter(pe_id=pe_id).first()
    known = {row.tm_id: row for row in Telemarketer.objects.for_account(account)}
    members = [known[tm_id] for tm_id in tm_ids if tm_id in known]
    if entity is None:
        return []
    return services.chain_warnings(entity, members)


@require_POST
@page(Role.EDITOR)
def chain_hash_now(request: AccountRequest) -> HttpResponse:
    """Return the hash of the chain as chosen so far."""
    form = ChainForm(request.POST, account=request.caller.account)
    return render(request, "dlt/_chain_hash.html", _chain_context(request, form))


@require_GET
@page()
def id_hint(request: AccountRequest) -> HttpResponse:
    """Say what the digits of an id give away: the kind, the portal, the day it was made."""
    given = request.GET.dict()
    kind = _WANTED.get(given.pop("wanted", ""))
    if kind is None:
        raise Http404
    value = next(iter(given.values()), "").strip()[:40]
    context = {
        "value": value,
        "problem": problem_with(value, kind) if value else "",
        "kind": id_kind(value),
        "operator": operator_of(value),
        "made": made_on(value, timezone.now()),
        "unusual": id_warning(value),
    }
    return render(request, "dlt/_id_hint.html", context)


@require_GET
@page()
def cta_hint(request: AccountRequest) -> HttpResponse:
    """Say what a link or number looks like, and what a portal would refuse in it."""
    value = request.GET.get("value", "").strip()[:300]
    problem = next((str(found) for found in services.cta_problems(value)), "") if value else ""
    found = kind_of(value) if value else None
    label = Cta.Kind(found).label if found else ""
    return render(
        request, "dlt/_cta_hint.html", {"value": value, "problem": problem, "kind": label}
    )
