"""Sign-in and sign-out, and the choice between accounts."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.caller import AccountRequest
from accounts.forms import SignInForm
from accounts.pages import page


class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    http_method_names = ["post"]


@require_POST
@page()
def switch_account(request: AccountRequest) -> HttpResponse:
    """Work in another account the person is a member of; anything else changes nothing."""
    slug = request.POST.get("account", "")
    user = request.caller.user
    if user and user.memberships.filter(account__slug=slug).exists():
        request.session["account"] = slug
    return redirect("flows")
