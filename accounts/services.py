"""What changes who may do what: members, roles, keys. Every change is audited."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.keys import create_key
from accounts.models import ApiKey, Membership, Role, User
from core.errors import DomainError, NotFound


class AlreadyMember(DomainError):
    code = "accounts.already_member"
    message = "{email} is a member of this account already."


class LastAdmin(DomainError):
    code = "accounts.last_admin"
    message = "{email} is the only admin. Make somebody else an admin first."


class KeyRevoked(DomainError):
    code = "accounts.key_revoked"
    message = "The key “{name}” was revoked already."
    status = 409


@transaction.atomic
def create_api_key(*, caller: Caller, name: str, role: Role, now: datetime) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret; raises NotAllowed."""
    caller.require(Role.ADMIN, "create an API key")
    row, secret = create_key(account=caller.account, name=name, role=role)
    record(
        caller=caller, action="api_key.created", target=name, at=now, role=role, lookup=row.lookup
    )
    return row, secret


@transaction.atomic
def revoke_api_key(*, caller: Caller, key_id: int, now: datetime) -> ApiKey:
    """End a key for good; raises NotAllowed, NotFound, KeyRevoked."""
    caller.require(Role.ADMIN, "revoke an API key")
    rows = ApiKey.objects.filter(account=caller.account, pk=key_id)
    key = rows.first()
    if key is None:
        raise NotFound(what="API key")
    if not rows.filter(revoked=None).update(revoked=now):
        raise KeyRevoked(name=key.name)
    record(caller=caller, action="api_key.revoked", target=key.name, at=now, lookup=key.lookup)
    return key


@transaction.atomic
def add_member(
    *, caller: Caller, email: str, name: str, role: Role, now: datetime
) -> tuple[Membership, str]:
    """Let a person in and return a first password, empty when they have signed in before.

    Raises NotAllowed, AlreadyMember.
    """
    caller.require(Role.ADMIN, "add a member")
    user = User.objects.filter(email=email).first()
    password = ""
    if user is None:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(email, password, name=name)
    try:
        with transaction.atomic():
            member = Membership.objects.create(account=caller.account, user=user, role=role)
    except IntegrityError:
        raise AlreadyMember(email=email) from None
    record(caller=caller, action="member.added", target=email, at=now, role=role)
    return member, password


def _member(caller: Caller, member_id: int) -> Membership:
    rows = Membership.objects.select_related("user").filter(account=caller.account)
    member = rows.filter(pk=member_id).first()
    if member is None:
        raise NotFound(what="member")
    return member


def _keep_an_admin(caller: Caller, member: Membership) -> None:
    # Locks the account's admins, so that two admins cannot demote each other in the same moment.
    admins = Membership.objects.select_for_update().filter(account=caller.account, role=Role.ADMIN)
    if member.role == Role.ADMIN and len(admins) == 1:
        raise LastAdmin(email=member.user.email)


@transaction.atomic
def change_role(*, caller: Caller, member_id: int, role: Role, now: datetime) -> Membership:
    """Give a member another role; raises NotAllowed, NotFound, LastAdmin."""
    caller.require(Role.ADMIN, "change roles")
    member = _member(caller, member_id)
    if member.role == role:
        return member
    _keep_an_admin(caller, member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    target = member.user.email
    record(
        caller=caller, action="member.role_changed", target=target, at=now, before=before, role=role
    )
    return member


@transaction.atomic
def remove_member(*, caller: Caller, member_id: int, now: datetime) -> str:
    """Take a member out and return the address; raises NotAllowed, NotFound, LastAdmin."""
    caller.require(Role.ADMIN, "remove a member")
    member = _member(caller, member_id)
    _keep_an_admin(caller, member)
    member.delete()
    record(caller=caller, action="member.removed", target=member.user.email, at=now)
    return member.user.email
