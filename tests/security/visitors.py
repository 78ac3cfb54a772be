"""Who knocks: browsers and programs that report an error of ours as 500 instead of raising it."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from accounts.keys import create_key
from accounts.models import Account, Role, User
from tests.security.world import PE_ID, drawn

# Everything any door reads, in one body: each takes its own and leaves the rest.
EVERYTHING: dict[str, Any] = {
    "name": "Mine now",
    "graph": drawn(),
    "base_hash": "",
    "note": "mine",
    "flow": None,
    "type": "hung_up",
    "reason": "because",
    "role": "admin",
    "email": "new@evil.test",
    "amount": "100",
    "text": "Hello",
    "body": "Hello",
    "url": "https://evil.test/hook",
    "entity": PE_ID,
    "value": "EVILCO",
}


def stranger() -> Client:
    return Client(raise_request_exception=False)


def browser_of(user: User, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def program_of(account: Account, role: Role) -> Client:
    _, secret = create_key(account=account, name=f"{role} program", role=role)
    return Client(raise_request_exception=False, headers={"x-api-key": secret})


def knock(client: Client, method: str, address: str, *, as_json: bool) -> Any:
    """Send a body that has everything the door could want."""
    if method == "get":
        return client.get(address)
    if as_json:
        body, kind = json.dumps(EVERYTHING), "application/json"
        return getattr(client, method)(address, body, content_type=kind)
    if method == "post":
        form = {k: v for k, v in EVERYTHING.items() if isinstance(v, str)}
        return client.post(address, form)
    return getattr(client, method)(address)
