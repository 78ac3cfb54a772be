"""Calls whose end nobody reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from applets.events import HungUp
from calls.adapters.simulator import PHONE
from calls.driver import take_event
from calls.models import Call

LONGEST_TEST_CALL: Final = timedelta(minutes=30)
LONGEST_CALL: Final = timedelta(hours=4)
"""What carriers allow (Exotel: TimeLimit of 14400 seconds)."""

AT_ONCE: Final = 100


def close_silent_calls(now: datetime) -> int:
    """Hang up calls that are open for longer than a call can be, such as test calls of a closed
    page.

    Returns how many. Nobody reads the instructions of these answers, so any adapter may write them.
    """
    open_calls = Call.objects.filter(status=Call.Status.IN_PROGRESS).select_related("account")
    tests = open_calls.filter(is_test=True, started__lt=now - LONGEST_TEST_CALL)
    others = open_calls.filter(is_test=False, started__lt=now - LONGEST_CALL)
    silent = [*tests.order_by("pk")[:AT_ONCE], *others.order_by("pk")[:AT_ONCE]]
    for call in silent:
        take_event(call, PHONE, HungUp(), {"type": "hung_up"}, "silence")
    return len(silent)
