"""Balance, movements and prices of the account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.audit import record
from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from billing.models import Balance, LedgerEntry, Price
from billing.services import TOP_UP_LIMIT_PAISE, top_up
from core.errors import DomainError

ROWS_PER_PAGE = 25
SIGNS = {"INR": "₹", "EUR": "€", "USD": "$", "GBP": "£"}


class TopUpForm(forms.Form):
    amount = forms.DecimalField(
        label="Amount",
        min_value=1,
        max_value=TOP_UP_LIMIT_PAISE // 100,
        decimal_places=2,
        help_text="In the account's currency, as in 5000 or 5000.50.",
    )
    note = forms.CharField(label="Note", max_length=200, required=False)

    @property
    def paise(self) -> int:
        return int(self.cleaned_data["amount"] * 100)


@require_http_methods(["GET", "POST"])
@page()
def balance(request: AccountRequest) -> HttpResponse:
    """Show the balance; an admin adds to it."""
    account = request.caller.account
    form = TopUpForm(request.POST or None)
    if request.method == "POST" and _topped_up(request, form):
        return redirect("balance")
    row = Balance.objects.filter(account=account).first()
    entries = LedgerEntry.objects.for_account(account).newest_first()
    context = {
        "tab": "balance",
        "currency": SIGNS.get(account.currency, f"{account.currency} "),
        "available": row.available_paise if row else 0,
        "held": row.held_paise if row else 0,
        "found": Paginator(entries, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "prices": Price.objects.filter(account=account).order_by("-prefix"),
        "form": form,
    }
    return render(request, "settings/balance.html", context)


def _topped_up(request: AccountRequest, form: TopUpForm) -> bool:
    """Add to the balance and return True, or leave the complaint in the form."""
    caller = request.caller
    if not caller.may(Role.ADMIN):
        raise PermissionDenied
    if not form.is_valid():
        return False
    note, now = form.cleaned_data["note"], timezone.now()
    try:
        with transaction.atomic():
            top_up(account=caller.account, paise=form.paise, note=note, at=now)
            record(
                caller=caller, action="balance.topped_up", target=caller.account.slug, at=now,
                paise=form.paise, note=note,
            )  # fmt: skip
    except DomainError as error:
        form.add_error("amount", str(error))
        return False
    messages.success(request, "The balance was topped up.")
    return True
