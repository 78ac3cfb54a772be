"""On whose behalf a request runs: one account, one role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from accounts.models import Account, Role, User
from core.errors import NotAllowed

_RANK: Final = {Role.VIEWER: 0, Role.EDITOR: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in member or an API key."""

    account: Account
    role: Role
    actor: str  # an e-mail address, or "key NAME"
    user: User | None = None

    def may(self, role: Role) -> bool:
        return _RANK[self.role] >= _RANK[role]

    def require(self, role: Role, what: str) -> None:
        """Raise NotAllowed unless the caller has ``role`` or more."""
        if not self.may(role):
            raise NotAllowed(what=what)


class AccountRequest(HttpRequest):
    """A request of a page behind sign-in."""

    caller: Caller


def caller_for(user: User, account_slug: str | None = None) -> Caller | None:
    """Return the caller a user is, in the account chosen or else the first one joined."""
    memberships = user.memberships.select_related("account").order_by("pk")
    chosen = memberships.filter(account__slug=account_slug).first() if account_slug else None
    membership = chosen or memberships.first()
    if membership is None:
        return None
    return Caller(membership.account, Role(membership.role), user.email, user)
