"""Which template is this? The page asks the public API while somebody types or pastes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.caller import AccountRequest
from accounts.pages import page
from dlt.lint import MAX_LENGTH
from dlt.models import ContentTemplate


@require_GET
@page()
def which_template(request: AccountRequest) -> HttpResponse:
    context = {
        "tab": "match",
        "has_templates": ContentTemplate.objects.for_account(request.caller.account).exists(),
        "text": request.GET.get("text", "")[:MAX_LENGTH],
        "longest": MAX_LENGTH,
    }
    return render(request, "dlt/match.html", context)
