"""Customers' webhooks: registering addresses and queueing events for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import Account
from core.errors import DomainError
from core.http import check_url
from core.tasks import enqueue_on_commit
from webhooks.models import Delivery, Endpoint
from webhooks.signing import new_secret
from webhooks.tasks import deliver_due

TEMPLATE_STATE_CHANGED = "dlt.template.state_changed"
EVENTS = ("v2.sms.outbound.updated", TEMPLATE_STATE_CHANGED)


class UnknownEvent(DomainError):
    code = "webhooks.unknown_event"
    message = "There is no event {event!r}. Choose one of: {known}."


def create_endpoint(*, account: Account, url: str, event: str) -> Endpoint:
    """Register an address; raises UrlNotAllowed or UnknownEvent. The secret is shown this once."""
    if event not in EVENTS:
        raise UnknownEvent(event=event, known=", ".join(EVENTS))
    check_url(url)
    return Endpoint.objects.create(account=account, url=url, event=event, secret=new_secret())


def enqueue(
    *, account: Account, event: str, payload: Callable[[], dict[str, Any]], at: datetime
) -> None:
    """Queue an event for each endpoint that wants it, in the caller's transaction.

    ``payload`` is only worked out when somebody listens.
    """
    endpoints = Endpoint.objects.for_account(account).filter(event=event, active=True)
    listening = list(endpoints.order_by("pk"))
    if not listening:
        return
    body = payload()
    Delivery.objects.bulk_create(
        Delivery(account=account, endpoint=endpoint, event=event, payload=body, created=at, due=at)
        for endpoint in listening
    )
    enqueue_on_commit(deliver_due)
