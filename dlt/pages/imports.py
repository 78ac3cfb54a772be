"""Import: upload, columns, dry run, progress, result. Export: one address per registry and kind of file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt.exports.downloads import export, streamed
from dlt.exports.xlsx_file import xlsx_file
from dlt.imports import jobs
from dlt.imports.fields import FIELDS, LABELS, SLUG_OF, SLUGS
from dlt.imports.limits import MEGABYTE, MOST_BYTES, MOST_ROWS
from dlt.imports.report import HEADINGS, rows_of_report
from dlt.imports.wording import LINTS, REASONS, summary
from dlt.lists import entities_of
from dlt.models import Category, ImportJob
from dlt.operators import OPERATORS
from dlt.services.decisions import only_admin

State = ImportJob.State
JOBS_SHOWN: Final = 10
LIST_OF: Final = {
    "template": "dlt-templates",
    "header": "dlt-headers",
    "entity": "dlt-entities",
    "dnd": "dlt-receivers",
    "consents": "dlt-receivers",
}


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def import_new(request: AccountRequest) -> HttpResponse:
    """Show the form for a file, or take one in."""
    problem = ""
    if request.method == "POST":
        try:
            job = jobs.start_import(
                caller=request.caller,
                registry=SLUGS.get(request.POST.get("registry", ""), ""),
                upload=_upload(request),
                operator=request.POST.get("operator", ""),
                entity=request.POST.get("entity", ""),
                now=timezone.now(),
            )
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("dlt-import", sid=job.sid)
    account = request.caller.account
    recent = ImportJob.objects.for_account(account).newest_first()[:JOBS_SHOWN]
    context = {
        "problem": problem,
        "registries": [(slug, LABELS[registry]) for slug, registry in SLUGS.items()],
        "chosen": request.POST or request.GET,
        "operators": [(slug, f"{one.name}: {one.portal}") for slug, one in OPERATORS.items()],
        "entities": entities_of(account),
        "recent": [(job, summary(job)) for job in recent],
        "most_megabytes": MOST_BYTES // MEGABYTE,
        "most_bytes": MOST_BYTES,
        "most_rows": MOST_ROWS,
    }
    status = 422 if problem else 200
    return render(request, "dlt/imports/new.html", context, status=status)


def _upload(request: AccountRequest) -> File[Any]:
    """Return the file, or what was pasted from a spreadsheet; raises BadImport."""
    file = request.FILES.get("file")
    if file is not None:
        return file
    pasted = request.POST.get("pasted", "")
    if not pasted.strip():
        raise jobs.BadImport(
            field="file", problem="Choose a file, or paste rows with their header."
        )
    return File(BytesIO(pasted.encode()), name="pasted.txt")


def _job(request: AccountRequest, sid: str) -> ImportJob:
    try:
        return jobs.job_of(request.caller.account, sid)
    except DomainError as error:
        raise Http404 from error


@never_cache
@require_GET
@page()
def import_detail(request: AccountRequest, sid: str) -> HttpResponse:
    """Show an import as it stands; while a worker is at it, the page reads itself again."""
    job = _job(request, sid)
    template = (
        "dlt/imports/_state.html" if "HX-Request" in request.headers else "dlt/imports/job.html"
    )
    return render(request, template, _context(request, job))


def _context(request: AccountRequest, job: ImportJob) -> dict[str, Any]:
    caller = request.caller
    columns = jobs.columns(job)
    held = {index: name for name, index in job.mapping.items()}
    labels = {field.name: field.label for field in FIELDS[job.registry]}
    is_records = job.registry not in ("dnd", "consents")
    return {
        "job": job,
        "slug": SLUG_OF[job.registry],
        "label": LABELS[job.registry],
        "operator": OPERATORS.get(job.operator),
        "asked_columns": "columns" in request.GET and job.state == State.CHECKED,
        "working": job.state in (State.CHECKING, State.APPLYING),
        "fields": FIELDS[job.registry],
        "columns": [(column, held.get(column.index, "")) for column in columns],
        "mapped": [(column.name, labels.get(held.get(column.index, ""), "")) for column in columns],
        "doubts": jobs.guess_for(job).doubts if job.state == State.MAPPING else (),
        "entities": entities_of(caller.account),
        "says_entity": "entity" in job.mapping,
        "needs_entity": job.registry not in jobs.WITHOUT_ENTITY,
        "categories": Category.choices,
        "reasons": _told(job.counts.get("reasons", {}), REASONS),
        "warned": _told(job.counts.get("warnings", {}), LINTS),
        "percent": min(100, 100 * job.rows_done // max(job.rows_total, 1)),
        "good": job.counts.get("added", 0) + job.counts.get("changed", 0),
        "may_apply": caller.may(Role.EDITOR),
        "may_approve": caller.may(Role.ADMIN) and only_admin(caller) and is_records,
        "is_records": is_records,
        "list_page": LIST_OF.get(job.registry, ""),
    }


def _told(counts: dict[str, int], words: dict[str, str]) -> list[tuple[str, str, int]]:
    """Return codes with their words, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(code, words.get(code, code.replace("_", " ")), number) for code, number in ordered]


@require_POST
@page(Role.EDITOR)
def import_mapping(request: AccountRequest, sid: str) -> HttpResponse:
    """Take down which column is what, and begin the dry run."""
    job = _job(request, sid)
    given = {
        column.index: request.POST.get(f"column-{column.index}", "") for column in jobs.columns(job)
    }
    chosen = [name for name in given.values() if name]
    try:
        if len(set(chosen)) < len(chosen):
            twice = next(name for name in chosen if chosen.count(name) > 1)
            label = next((f.label for f in FIELDS[job.registry] if f.name == twice), twice)
            raise jobs.BadImport(field="mapping", problem=f"Two columns are chosen for {label}.")
        jobs.map_columns(
            caller=request.caller,
            sid=sid,
            mapping={name: index for index, name in given.items() if name},
            entity=request.POST.get("entity", ""),
            category=request.POST.get("category", ""),
            add_headers="add_headers" in request.POST,
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(f"{request.path.removesuffix('columns/')}?columns=1")
    return redirect("dlt-import", sid=sid)


@require_POST
@page(Role.EDITOR)
def import_apply(request: AccountRequest, sid: str) -> HttpResponse:
    try:
        approve = "approve" in request.POST
        jobs.apply_import(caller=request.caller, sid=sid, approve=approve, now=timezone.now())
    except DomainError as error:
        _refused(request, error)
    return redirect("dlt-import", sid=sid)


@require_POST
@page(Role.EDITOR)
def import_cancel(request: AccountRequest, sid: str) -> HttpResponse:
    try:
        jobs.cancel_import(caller=request.caller, sid=sid, now=timezone.now())
        messages.success(request, "The import is cancelled. Nothing was written.")
    except DomainError as error:
        _refused(request, error)
    return redirect("dlt-import-new")


def _refused(request: HttpRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))


@never_cache
@require_GET
@page()
def import_report(request: AccountRequest, sid: str, form: str) -> HttpResponse:
    """Send what became of each row."""
    job = _job(request, sid)
    if not job.report:
        raise Http404
    name = f"import-{job.sid}.{form}"
    path = Path(job.report.path)
    if form == "csv":
        return FileResponse(  # type: ignore[return-value]  # a response all the same
            path.open("rb"), as_attachment=True, filename=name, content_type="text/csv"
        )
    content = xlsx_file("Import", HEADINGS, rows_of_report(path))
    return streamed(request, content, name)  # type: ignore[return-value]  # as above


@never_cache
@require_GET
@page()
def export_file(request: AccountRequest, slug: str, form: str) -> HttpResponse:
    """Send a registry, narrowed as its list is."""
    chosen = {name: value.strip()[:100] for name, value in request.GET.dict().items()}
    try:
        return export(  # type: ignore[return-value]  # as above
            request=request,
            caller=request.caller,
            slug=slug,
            form=form,
            chosen=chosen,
            now=timezone.now(),
        )
    except DomainError as error:
        if error.status == 404:
            raise Http404 from error
        return HttpResponse(str(error), status=error.status, content_type="text/plain")
