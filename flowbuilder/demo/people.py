"""Who can sign in to the demo account."""

from __future__ import annotations

from typing import Final

from accounts.models import Account, Membership, Role, User

# Published on purpose: the demo listens on this machine only.
PASSWORD: Final = "demo-flowbuilder"  # noqa: S105
LOGINS: Final = {
    "Business user": "asha@acme.example",
    "Admin": "ravi@acme.example",
    "Read only": "meera@acme.example",
}
NAMES: Final = {
    "Business user": ("Asha Nair", Role.EDITOR),
    "Admin": ("Ravi Menon", Role.ADMIN),
    "Read only": ("Meera Iyer", Role.VIEWER),
}


def create_people(account: Account) -> dict[Role, User]:
    """Make the three logins and return them by role."""
    people = {}
    for who, email in LOGINS.items():
        name, role = NAMES[who]
        people[role] = User.objects.create_user(email, PASSWORD, name=name)
        Membership.objects.create(account=account, user=people[role], role=role)
    return people
