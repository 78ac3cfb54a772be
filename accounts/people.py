"""Who may decide in an account."""

from __future__ import annotations

from accounts.models import Account, Role, User


def admins_of(account: Account) -> list[User]:
    """Return the account's admins who can still sign in, by name."""
    rows = User.objects.filter(
        memberships__account=account, memberships__role=Role.ADMIN, is_active=True
    )
    return list(rows.order_by("name", "pk"))
