"""Content templates: submit, keep as a draft, correct, and make a new version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt import services
from dlt.forms import TemplateForm, attach
from dlt.identifiers import is_provisional, warning_about
from dlt.lint import lint
from dlt.matcher.limits import Tag, known_tag
from dlt.matcher.template import placeholders
from dlt.models import Category, ContentTemplate, RecordState
from dlt.pages.details import record_or_404
from dlt.pages.kinds import names_of
from dlt.pages.registries import refused
from dlt.services import TemplateDraft
from dlt.typed_tags import retagged

MOST_VARIABLES: Final = 40
_UNAPPROVED: Final = (RecordState.DRAFT, RecordState.PENDING, RecordState.REJECTED)


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def template_new(request: AccountRequest) -> HttpResponse:
    """Submit a template or keep it as a draft.

    ``version_of`` names the one it comes after; ``tags`` (``numeric,alphanumeric``) are types for the
    variables of its text.
    """
    start = _start(request)
    form = TemplateForm(
        request.POST or None, account=request.caller.account, initial=_initial(start, request)
    )
    if request.method == "POST" and form.is_valid():
        keep = "keep" in request.POST
        try:
            draft = _draft(form, request.POST)
            put_in = services.save_draft if keep else services.submit_template
            row = put_in(caller=request.caller, draft=draft, now=timezone.now())
        except DomainError as error:
            attach(form, error)
        else:
            _thank(request, row)
            return redirect("dlt-template", pk=row.pk)
    return _form_page(request, form, start)


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def template_edit(request: AccountRequest, pk: int) -> HttpResponse:
    """Change a template: everything before its approval, what is not its text afterwards."""
    row = record_or_404(request, "template", pk)
    form = TemplateForm(
        request.POST or None,
        account=request.caller.account,
        initial=_initial(row, request, edited=True),
    )
    closed = row.state not in _UNAPPROVED
    if request.method == "POST" and form.is_valid():
        try:
            _edit(request, row, form)
        except DomainError as error:
            if error.status == 403:
                refused(request, error)
            attach(form, error)
        else:
            return redirect("dlt-template", pk=row.pk)
    return _form_page(request, form, row, edited=row, closed=closed)


def _edit(request: AccountRequest, row: ContentTemplate, form: TemplateForm) -> None:
    given, now = form.cleaned_data, timezone.now()
    changes: dict[str, Any] = {
        "name": given["name"],
        "headers": given["headers"],
        "limit": given["limit"],
        "consent": given["consent"],
        "variables": variables_in(request.POST),
    }
    if row.state in _UNAPPROVED:
        changes |= {name: given[name] for name in ("text", "category", "content_type")}
        changes["as_registered"] = given["as_registered"]
        if is_provisional(row.template_id) and given["template_id"]:
            changes["template_id"] = given["template_id"]
    elif not request.caller.may(Role.ADMIN):
        changes = {"name": given["name"]}
    edited = services.edit_template(caller=request.caller, pk=row.pk, now=now, **changes)
    if "keep" in request.POST or edited.state not in (RecordState.DRAFT, RecordState.REJECTED):
        messages.success(request, f"“{edited.name}” is saved.")
        return
    services.change(caller=request.caller, kind="template", pk=row.pk, verb="submit", now=now)
    messages.success(request, f"“{edited.name}” waits for approval now.")


def _draft(form: TemplateForm, data: Mapping[str, str]) -> TemplateDraft:
    return TemplateDraft(**form.cleaned_data, variables=variables_in(data))


def variables_in(data: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what was said about the variables beside the text."""
    said: list[dict[str, Any]] = []
    for index in range(1, MOST_VARIABLES + 1):
        if f"var_tag_{index}" not in data:
            break
        limit = data.get(f"var_limit_{index}", "").strip()
        said.append(
            {
                "tag": data.get(f"var_tag_{index}", ""),
                "limit": int(limit) if limit.isdecimal() and limit.isascii() else limit or None,
                "sample": data.get(f"var_sample_{index}", ""),
                "name": data.get(f"var_name_{index}", "").strip(),
            }
        )
    count = len(placeholders(data.get("text", "")))
    return said[:count] if "text" in data else said


def _thank(request: AccountRequest, row: ContentTemplate) -> None:
    if row.state == RecordState.DRAFT:
        messages.success(request, f"“{row.name}” is kept as a draft.")
        return
    warning = warning_about(row.template_id)
    if warning:
        messages.warning(request, warning)
    messages.success(request, f"“{row.name}” waits for approval now.")


def _start(request: AccountRequest) -> ContentTemplate | None:
    """Return the template to start from: a rejected one ``again``, or a version to follow."""
    for name in ("again", "version_of"):
        pk = request.GET.get(name, "")
        if pk.isdecimal() and pk.isascii() and len(pk) < 15:
            rows = ContentTemplate.objects.for_account(request.caller.account)
            return rows.select_related("entity", "consent_template").filter(pk=int(pk)).first()
    return None


def _initial(
    row: ContentTemplate | None, request: AccountRequest, *, edited: bool = False
) -> dict[str, Any]:
    if row is None:
        return {"pe_id": request.GET.get("pe_id", "")[:20]}
    version = not edited and "version_of" in request.GET
    unnumbered = version or is_provisional(row.template_id)
    before = row.template_id if version else row.supersedes and row.supersedes.template_id
    return {
        "pe_id": row.entity.pe_id,
        "headers": list(row.headers.values_list("value", flat=True)),
        "template_id": "" if unnumbered else row.template_id,
        "name": row.name,
        "category": row.category,
        "content_type": row.content_type,
        "limit": row.limit,
        "consent": row.consent_template.consent_id if row.consent_template else "",
        "supersedes": before or "",
        "text": _typed(row.text, request.GET.get("tags", "")) if version else row.text,
    }


def _typed(text: str, tags: str) -> str:
    """Return a text with the types that the page of typed variables suggested; others change nothing."""
    known = [known_tag(tag) for tag in tags.split(",")]
    return retagged(text, known) if len(known) == len(placeholders(text)) else text


def _form_page(
    request: AccountRequest,
    form: TemplateForm,
    start: ContentTemplate | None,
    *,
    edited: ContentTemplate | None = None,
    closed: bool = False,
) -> HttpResponse:
    text = form["text"].value() or ""
    said = variables_in(request.POST) if request.POST else (start.variables if start else [])
    context = {
        **names_of("template"),
        "form": form,
        "edited": edited,
        "closed": closed,
        "follows": start if not edited and "version_of" in request.GET else None,
        "has_entities": bool(form.fields["pe_id"].choices),  # type: ignore[attr-defined]  # a choice field
        "chosen_headers": set(form["headers"].value() or []),
        "own_id": edited.template_id if edited and not is_provisional(edited.template_id) else "",
        "variables": list(_variables(text, said)),
        "tags": [(tag.value, tag.value) for tag in Tag if tag is not Tag.VAR],
        "refused_by_portals": _refusals(form),
        "may_decide": request.caller.may(Role.ADMIN),
        **_checks(text, form["category"].value(), form["content_type"].value()),
    }
    return render(request, "dlt/template_form.html", context)


def _refusals(form: TemplateForm) -> bool:
    """Say whether the submission was held up by what portals refuse, so that it can be confirmed."""
    data = form.errors.as_data() if form.is_bound else {}
    told = str(data.get("text", ""))
    return "Operators refuse this text" in told or bool(form["as_registered"].value())


def _variables(text: str, said: list[dict[str, Any]]) -> Any:
    for hole in placeholders(text)[:MOST_VARIABLES]:
        own = said[hole.index - 1] if hole.index <= len(said) else {}
        known = known_tag(str(own.get("tag") or ""))
        yield {
            **own,
            "index": hole.index,
            "written": hole.name,
            "tag": known.value if known else "",
        }


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
@page(Role.EDITOR)
def template_variables(request: AccountRequest) -> HttpResponse:
    """Return a row of fields for each variable of the text as typed so far."""
    text = request.POST.get("text", "").replace("\r\n", "\n")[:10_000]
    context = {
        "variables": list(_variables(text, variables_in(request.POST))),
        "tags": [(tag.value, tag.value) for tag in Tag if tag is not Tag.VAR],
    }
    return render(request, "dlt/_variables.html", context)


@require_POST
@page(Role.ADMIN)
def template_operator(request: AccountRequest, pk: int) -> HttpResponse:
    """Note what one operator says of a template."""
    data = request.POST
    try:
        since = parse_date(data.get("since", ""))
    except ValueError:
        since = None
    try:
        services.set_operator_state(
            caller=request.caller,
            pk=pk,
            operator=data.get("operator", ""),
            state=data.get("state", ""),
            since=since,
            reason=data.get("reason", ""),
            now=timezone.now(),
        )
        messages.success(request, "The operator's word is noted.")
    except DomainError as error:
        refused(request, error)
    return redirect("dlt-template", pk=pk)
