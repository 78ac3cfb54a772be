"""Content templates: list, details, submission, suspension."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt.audit_trail import history_of
from dlt.forms import TemplateForm, attach
from dlt.identifiers import warning_about
from dlt.lint import lint
from dlt.matcher.limits import Limits
from dlt.matcher.template import placeholders
from dlt.models import Category, ContentTemplate, EntityState, RecordState
from dlt.queries import find_entities, find_templates, sizes
from dlt.reviews import findings_of, handset_header
from dlt.services import TemplateDraft, change, submit_template

ROWS_PER_PAGE = 25


@require_GET
@page()
def template_list(request: AccountRequest) -> HttpResponse:
    account = request.caller.account
    chosen = {
        name: request.GET.get(name, "").strip()[:100]
        for name in ("q", "state", "category", "entity")
    }
    rows = find_templates(account, **chosen)
    context = {
        "tab": "templates",
        "sizes": sizes(account),
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "found": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "states": RecordState.choices,
        "categories": Category.choices,
        "entities": find_entities(account),
        "may_submit": request.caller.may(Role.EDITOR),
    }
    return render(request, "dlt/templates.html", context)


def _row(request: AccountRequest, pk: int) -> ContentTemplate:
    rows = ContentTemplate.objects.for_account(request.caller.account)
    related = rows.select_related("entity", "submitted_by", "decided_by", "account")
    row = related.prefetch_related("headers").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_GET
@page()
def template_detail(request: AccountRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    limits = Limits()
    headers = list(row.headers.all())
    context = {
        "row": row,
        "headers": headers,
        "findings": findings_of(row),
        "variables": [
            {
                "index": hole.index,
                "tag": hole.tag,
                "name": hole.name,
                "limit": limits.longest(hole.tag),
            }
            for hole in placeholders(row.text)
        ],
        "history": history_of(request.caller.account, row),
        "shown_as": handset_header(headers[0].value, row.category) if headers else "",
        "may_submit": request.caller.may(Role.EDITOR),
        "may_decide": request.caller.may(Role.ADMIN),
    }
    return render(request, "dlt/template_detail.html", context)


def _initial(request: AccountRequest) -> dict[str, Any]:
    """Start from a rejected template when ``again`` names one."""
    again = request.GET.get("again", "")
    rows = ContentTemplate.objects.for_account(request.caller.account)
    row = rows.filter(pk=int(again)).first() if again.isdecimal() and len(again) < 15 else None
    if row is None:
        return {}
    return {
        "pe_id": row.entity.pe_id,
        "headers": list(row.headers.values_list("value", flat=True)),
        "template_id": row.template_id,
        "name": row.name,
        "category": row.category,
        "content_type": row.content_type,
        "text": row.text,
    }


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def template_new(request: AccountRequest) -> HttpResponse:
    account = request.caller.account
    form = TemplateForm(request.POST or None, account=account, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = submit_template(
                caller=request.caller, draft=TemplateDraft(**form.cleaned_data), now=timezone.now()
            )
        except DomainError as error:
            attach(form, error)
        else:
            warning = warning_about(row.template_id)
            if warning:
                messages.warning(request, warning)
            messages.success(request, f"“{row.name}” waits for approval now.")
            return redirect("dlt-template", pk=row.pk)
    context = {
        "form": form,
        "has_entities": find_entities(account).exclude(state=EntityState.INACTIVE).exists(),
        "chosen_headers": set(form["headers"].value() or []),
        **_checks(
            form["text"].value() or "", form["category"].value(), form["content_type"].value()
        ),
    }
    return render(request, "dlt/template_form.html", context)


def _checks(text: str, category: str, content_type: str) -> dict[str, Any]:
    known = category if category in Category.values else Category.SERVICE_IMPLICIT
    return {
        "text": text,
        "findings": lint(text, known, content_type or "text") if text.strip() else [],
        "length": len(text),
        "count": len(placeholders(text)),
    }


@require_POST
@page()
def template_lint(request: AccountRequest) -> HttpResponse:
    """Return what operators may object to in the text as typed so far."""
    data = request.POST
    text = data.get("text", "").replace("\r\n", "\n")[:10_000]
    checks = _checks(text, data.get("category", ""), data.get("content_type", ""))
    return render(request, "dlt/_checks.html", checks)


@require_POST
@page(Role.ADMIN)
def template_suspend(request: AccountRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        row = change(
            caller=request.caller,
            kind="template",
            pk=pk,
            verb="suspend",
            reason=reason,
            now=timezone.now(),
        )
        messages.success(request, f"“{row}” is suspended: no message is sent with it.")
    except DomainError as error:
        _refused(request, error)
    return redirect("dlt-template", pk=pk)


@require_POST
@page(Role.ADMIN)
def template_reinstate(request: AccountRequest, pk: int) -> HttpResponse:
    try:
        row = change(
            caller=request.caller, kind="template", pk=pk, verb="reinstate", now=timezone.now()
        )
        messages.success(request, f"“{row}” may be sent again.")
    except DomainError as error:
        _refused(request, error)
    return redirect("dlt-template", pk=pk)


def _refused(request: AccountRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))
