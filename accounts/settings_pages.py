"""Settings: members, API keys, the account's log of decisions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.forms import ApiKeyForm, MemberForm, RoleForm
from accounts.models import ApiKey, AuditEvent, Membership, Role
from accounts.pages import page
from accounts.services import (
    add_member,
    change_role,
    create_api_key,
    remove_member,
    revoke_api_key,
)
from core.errors import DomainError

ROWS_PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
@page()
def members(request: AccountRequest) -> HttpResponse:
    """List who works in the account; an admin adds people here."""
    form = MemberForm(request.POST or None)
    added, password = None, ""
    if request.method == "POST" and not request.caller.may(Role.ADMIN):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data["role"] = Role(data["role"])
        try:
            added, password = add_member(caller=request.caller, now=timezone.now(), **data)
            form = MemberForm()
        except DomainError as error:
            form.add_error(None, str(error))
    rows = Membership.objects.filter(account=request.caller.account).select_related("user")
    context = {
        "tab": "members",
        "rows": rows.order_by("user__name", "pk"),
        "form": form,
        "added": added,
        "password": password,
        "roles": Role.choices,
    }
    return render(request, "settings/members.html", context)


@require_POST
@page(Role.ADMIN)
def member_role(request: AccountRequest, pk: int) -> HttpResponse:
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            row = change_role(caller=request.caller, member_id=pk, role=role, now=timezone.now())
            messages.success(request, f"{row.user.email} is now: {role.label}.")
        except DomainError as error:
            _refused(request, error)
    return redirect("members")


@require_POST
@page(Role.ADMIN)
def member_remove(request: AccountRequest, pk: int) -> HttpResponse:
    try:
        email = remove_member(caller=request.caller, member_id=pk, now=timezone.now())
        messages.success(request, f"{email} is no longer a member.")
    except DomainError as error:
        _refused(request, error)
    return redirect("members")


@never_cache
@require_http_methods(["GET", "POST"])
@page(Role.ADMIN)
def api_keys(request: AccountRequest) -> HttpResponse:
    """List the keys; a new one is shown this once."""
    form = ApiKeyForm(request.POST or None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made, secret = create_api_key(
            caller=request.caller, name=data["name"], role=Role(data["role"]), now=timezone.now()
        )
        form = ApiKeyForm()
    rows = ApiKey.objects.filter(account=request.caller.account).order_by("-pk")
    context = {"tab": "keys", "rows": rows, "form": form, "made": made, "secret": secret}
    return render(request, "settings/keys.html", context)


@require_POST
@page(Role.ADMIN)
def api_key_revoke(request: AccountRequest, pk: int) -> HttpResponse:
    try:
        key = revoke_api_key(caller=request.caller, key_id=pk, now=timezone.now())
        messages.success(request, f"The key “{key.name}” was revoked.")
    except DomainError as error:
        _refused(request, error)
    return redirect("api-keys")


def _refused(request: AccountRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))


@require_GET
@page(Role.ADMIN)
def audit_log(request: AccountRequest) -> HttpResponse:
    """Show who decided what, newest first."""
    rows = AuditEvent.objects.filter(account=request.caller.account)
    wanted = request.GET.get("q", "").strip()[:100]
    if wanted:
        rows = rows.filter(
            Q(actor__icontains=wanted) | Q(action__icontains=wanted) | Q(target__icontains=wanted)
        )
    found = Paginator(rows.order_by("-at", "-pk"), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "settings/audit.html", {"tab": "audit", "found": found, "q": wanted})
