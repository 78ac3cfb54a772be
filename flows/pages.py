"""Pages of flows: the list, and the page that hosts the canvas."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.caller import AccountRequest
from accounts.pages import page


@require_GET
@page()
def flow_list(request: AccountRequest) -> HttpResponse:
    return render(request, "flows/list.html", {})
