"""Live events to the browsers of one account."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.hints import say


def group_name(account_sid: str) -> str:
    return f"account.{account_sid}"


def publish_on_commit(account_sid: str, event: dict[str, Any]) -> None:
    """Send ``event`` to every open page of the account after the commit; nobody waits for it.

    Pages that missed one read themselves again when they reconnect: the database is the record.
    """
    transaction.on_commit(lambda: say(group_name(account_sid), event))
