"""The base of every view of the API."""

from __future__ import annotations

from rest_framework.views import APIView

from accounts.caller import Caller
from accounts.models import Account


class AccountAPIView(APIView):
    """A view that works for one account: ``self.caller`` and ``self.account``."""

    @property
    def caller(self) -> Caller:
        caller = self.request.auth
        assert isinstance(caller, Caller)  # noqa: S101 -- RoleAllows let nobody else in
        return caller

    @property
    def account(self) -> Account:
        return self.caller.account
