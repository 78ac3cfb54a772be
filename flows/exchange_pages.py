"""The page that takes flows in from files."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from flows.exchange.files import LARGEST_UPLOAD
from flows.exchange.imports import Target, import_flows, look_into
from flows.models import Flow
from flows.services import flow_named

MOST_CHOICES: Final = 500


@require_http_methods(["GET", "POST"])
@page(Role.EDITOR)
def flow_import(request: AccountRequest) -> HttpResponse:
    """Show what a file would do, then do it; the file is sent both times and never kept."""
    caller = request.caller
    chosen = request.POST.get("into", "")
    context: dict[str, Any] = {"into": chosen, "most_bytes": LARGEST_UPLOAD}
    if request.method == "POST":
        try:
            context |= _answer(request, chosen)
        except DomainError as error:
            context["problem"] = str(error)
    flows = Flow.objects.for_account(caller.account).in_use().order_by("name", "pk")
    context["flows"] = flows[:MOST_CHOICES]
    return render(request, "flows/import.html", context)


def _answer(request: AccountRequest, chosen: str) -> dict[str, Any]:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return {"problem": "Choose a file first."}
    into = flow_named(request.caller.account, chosen) if chosen else None
    name, data = upload.name or "file", upload.read(LARGEST_UPLOAD + 1)
    base_hash = request.POST.get("base_hash", "")
    # What is replaced must have been looked at: without the hash of that draft it is a dry run.
    if request.POST.get("action") != "import" or (into and not base_hash):
        rows = look_into(caller=request.caller, filename=name, data=data, into=into)
        return {"rows": rows, "base_hash": into.draft_hash if into else "", "dry": True}
    target = Target(into, base_hash) if into else None
    rows = import_flows(
        caller=request.caller, filename=name, data=data, now=timezone.now(), into=target
    )
    return {"rows": rows, "dry": False}
