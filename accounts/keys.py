"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from accounts.models import Account, ApiKey, Role
from core.sids import new_sid

PREFIX = "fb_live_"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def create_key(*, account: Account, name: str, role: Role = Role.EDITOR) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret, which nobody can read again."""
    lookup = new_sid("", 8)
    secret = f"{PREFIX}{lookup}_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        account=account, name=name, lookup=lookup, digest=_digest(secret), role=role
    )
    return row, secret


def find_key(secret: str, now: datetime) -> ApiKey | None:
    """Return the live key with this secret; notes its use at most once a minute."""
    if not secret.startswith(PREFIX) or len(secret) > 100 or not secret.isprintable():
        return None
    lookup = secret.removeprefix(PREFIX).partition("_")[0]
    key = ApiKey.objects.select_related("account").filter(lookup=lookup, revoked=None).first()
    if key is None or not secrets.compare_digest(key.digest, _digest(secret)):
        return None
    if key.last_used is None or now - key.last_used > timedelta(minutes=1):
        ApiKey.objects.filter(pk=key.pk).update(last_used=now)
    return key
