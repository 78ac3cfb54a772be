"""What passed between a call and a customer's server, kept for the trace.

Secrets are hidden before anything is stored; telephone numbers and the like are stored and hidden from
those who may not see them when they are shown.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from applets.instructions import Fetch
from calls.models import Call, CallExchange
from calls.requests import Asked
from core.masking import HIDDEN, is_secret, mask_personal, without_secrets
from core.times import rfc3339

_LONGEST_URL: Final = 4_000
_LONGEST_BODY: Final = 2_000
_LONGEST_HEADER: Final = 200
_LONGEST_NOTE: Final = 300


def store_exchange(call_id: int, fetch: Fetch, asked: Asked, at: datetime) -> None:
    """Keep one exchange with the step that asked for it."""
    fetched = asked.fetched
    CallExchange.objects.create(
        call_id=call_id,
        step=fetch.step,
        at=at,
        method=fetch.method,
        url=without_secrets(fetch.url)[:_LONGEST_URL],
        headers=[[name, _header(name, value)] for name, value in fetch.headers],
        body=_body(fetch),
        status=fetched.status,
        problem=fetched.problem,
        note=fetched.note[:_LONGEST_NOTE],
        answer_type=fetched.content_type,
        answer=without_secrets(asked.head),
        milliseconds=fetched.milliseconds,
        tries=fetched.tries,
    )


def _header(name: str, value: str) -> str:
    return HIDDEN if is_secret(name) else without_secrets(value)[:_LONGEST_HEADER]


def _body(fetch: Fetch) -> str:
    sent = urlencode(fetch.form) if fetch.body is None else fetch.body
    shown = without_secrets(sent)
    return f"{shown[:_LONGEST_BODY]}…" if len(shown) > _LONGEST_BODY else shown


def exchanges_of(call: Call, *, unmasked: bool) -> dict[int, list[dict[str, Any]]]:
    """Return a call's exchanges by step, oldest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in call.exchanges.order_by("pk"):
        found[row.step].append(_present(row, unmasked=unmasked))
    return found


def _present(row: CallExchange, *, unmasked: bool) -> dict[str, Any]:
    show = str if unmasked else mask_personal
    return {
        "at": rfc3339(row.at),
        "method": row.method,
        "url": show(row.url),
        "headers": {name: show(value) for name, value in row.headers},
        "body": show(row.body) or None,
        "status": row.status or None,
        "problem": row.problem or None,
        "note": show(row.note) or None,
        "answer_type": row.answer_type or None,
        "answer": show(row.answer) or None,
        "ms": row.milliseconds,
        "tries": row.tries,
    }
