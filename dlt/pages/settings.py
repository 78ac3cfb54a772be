"""The DLT settings of an account: limits, operators, checks, times. An admin changes them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from dlt import services
from dlt.forms import attach
from dlt.settings_form import SettingsForm


@require_http_methods(["GET", "POST"])
@page(Role.ADMIN)
def dlt_settings(request: AccountRequest) -> HttpResponse:
    stored = services.settings_of(request.caller.account)
    form = SettingsForm(request.POST or None, stored=stored)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_settings(
                caller=request.caller, changes=form.changes(), now=timezone.now()
            )
        except DomainError as error:
            attach(form, error)
        else:
            messages.success(request, "Saved. It counts from the next message on.")
            return redirect("dlt-settings")
    context: dict[str, Any] = {
        "form": form,
        "limits": form.limit_fields(),
        "operators": form.operator_fields(),
        "checks": form.check_fields(),
    }
    return render(request, "dlt/settings.html", context)
