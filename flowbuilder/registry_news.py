"""The webhook that tells customers' systems that a template is in another state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from accounts.models import Account
from core.times import rfc3339
from dlt.changes import Change
from dlt.models import ContentTemplate
from webhooks.services import TEMPLATE_STATE_CHANGED, enqueue

# Of a file of 100,000 rows each delivery holds a part.
PER_DELIVERY: Final = 500


def tell_endpoints(account: Account, changes: Sequence[Change]) -> None:
    """Queue the event for the endpoints that want it; an observer of ``dlt.changes``."""
    templates = [change for change in changes if isinstance(change.row, ContentTemplate)]
    for start in range(0, len(templates), PER_DELIVERY):
        part = templates[start : start + PER_DELIVERY]
        enqueue(
            account=account,
            event=TEMPLATE_STATE_CHANGED,
            payload=partial(_payload, part),
            at=part[0].at,
        )


def _payload(changes: Sequence[Change]) -> dict[str, Any]:
    return {"changes": [_present(change) for change in changes]}


def _present(change: Change) -> dict[str, Any]:
    row = change.row
    assert isinstance(row, ContentTemplate)  # noqa: S101 -- tell_endpoints left the others out
    return {
        "template_id": row.template_id,
        "name": row.name,
        "from": change.before,
        "to": change.after,
        "sendable": row.is_sendable,
        "reason": row.reason,
        "by": change.by,
        "at": rfc3339(change.at),
    }
