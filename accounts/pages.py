"""Sign-in for pages: who may open one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.caller import AccountRequest
from accounts.models import Role

P = ParamSpec("P")
Page = Callable[Concatenate[AccountRequest, P], HttpResponse]


def page(
    role: Role = Role.VIEWER,
) -> Callable[[Page[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let members with ``role`` or more in; send strangers to sign in; refuse the rest with 403."""

    def decorate(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            caller = getattr(request, "caller", None)
            if caller is None:
                if request.user.is_authenticated:
                    raise PermissionDenied
                return redirect_to_login(request.get_full_path())
            if not caller.may(role):
                raise PermissionDenied
            return view(cast(AccountRequest, request), *args, **kwargs)

        return guarded

    return decorate
