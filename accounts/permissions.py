"""Which role a view of the API needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.caller import Caller
from accounts.models import Role

if TYPE_CHECKING:  # rest_framework.views reads this class from the settings while it loads
    from rest_framework.views import APIView


class RoleAllows(BasePermission):
    """Reading needs a viewer, changing an editor, unless the view names other roles.

    Those are its ``role_to_read`` and ``role_to_change``.
    """

    message = "Your role, or the role of this key, does not allow this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        caller = request.auth
        if not isinstance(caller, Caller):
            return False
        if request.method in SAFE_METHODS:
            return caller.may(getattr(view, "role_to_read", Role.VIEWER))
        return caller.may(getattr(view, "role_to_change", Role.EDITOR))
