"""The last good answer of a customer's server, given again when the server fails."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from applets.events import Fetched
from applets.instructions import Fetch
from calls.models import Call, LastGoodAnswer
from calls.requests import failed
from flows.models import FlowRun

KEPT_FOR: Final = timedelta(days=1)
"""As old as an answer may be at most that a flow can ask for."""
_GOOD: Final = range(200, 400)


def with_last_good(
    call: Call, run: FlowRun, fetch: Fetch, fetched: Fetched, now: datetime
) -> Fetched:
    """Return the answer, or the last good one in its place; keep it when it is good.

    Must run under the lock of the run.
    """
    if not fetch.last_good_minutes:
        return fetched
    key = _key(call, run, fetch)
    if failed(fetched):
        return _instead(call, key, fetch, fetched, now)
    if fetched.status in _GOOD:
        LastGoodAnswer.objects.update_or_create(
            account=call.account,
            key=key,
            defaults={
                "at": now,
                "status": fetched.status,
                "json": fetched.json,
                "text": fetched.text,
                "content_type": fetched.content_type,
            },
        )
    return fetched


def _instead(call: Call, key: str, fetch: Fetch, fetched: Fetched, now: datetime) -> Fetched:
    oldest = now - timedelta(minutes=fetch.last_good_minutes)
    known = LastGoodAnswer.objects.filter(account=call.account, key=key, at__gte=oldest).first()
    if known is None:
        return fetched
    age = max(1, round((now - known.at).total_seconds()))
    why = fetched.note or f"The server answered {fetched.status}."
    return replace(
        fetched,
        status=known.status,
        json=known.json,
        text=known.text,
        content_type=known.content_type,
        problem="",
        age_seconds=age,
        note=f"{why} Its last good answer was used, {_spoken(age)} old.",
    )


def _spoken(seconds: int) -> str:
    if seconds >= 2 * 60:
        return f"{seconds // 60} minutes"
    return f"{seconds} second{'s' if seconds > 1 else ''}"


def _key(call: Call, run: FlowRun, fetch: Fetch) -> str:
    flow, _ = run.place
    parts = [flow.sid, run.state.get("node"), fetch.last_good_key, call.is_test]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def forget_old_answers(now: datetime) -> None:
    """Delete what no flow can use any more."""
    LastGoodAnswer.objects.filter(at__lt=now - KEPT_FOR).delete()
