"""Events on their way to one browser: all while there are few, the latest of each while many."""

from __future__ import annotations

from typing import Any, Final

from calls.live_counts import TYPE as COUNTS
from calls.live_counts import add_up, key_of

KEPT_IN_ORDER: Final = 40
MOST: Final = 200

Event = dict[str, Any]


class LiveBuffer:
    """Collects events between two flushes and never grows past a bound."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._counts: dict[object, Event] = {}

    def __bool__(self) -> bool:
        return bool(self._events or self._counts)

    def add(self, event: Event) -> None:
        if event.get("type") == COUNTS:
            known = self._counts.get(key_of(event))
            self._counts[key_of(event)] = add_up(known, event) if known else event
            return
        self._events.append(event)
        if len(self._events) > 2 * MOST:
            self._events = _bounded(self._events)

    def take(self) -> list[Event]:
        """Empty the buffer. A quiet page sees each status of a message; a busy one the latest. Counts of a
        flow are added up."""
        events, self._events = self._events, []
        counts, self._counts = list(self._counts.values()), {}
        shown = events if len(events) <= KEPT_IN_ORDER else _bounded(events)
        return [*shown, *counts]


def _bounded(events: list[Event]) -> list[Event]:
    latest: dict[object, Event] = {}
    for number, event in enumerate(events):
        key: object = number
        if str(event.get("type", "")).startswith("message."):
            key = event.get("sid")
        latest.pop(key, None)
        latest[key] = event
    return list(latest.values())[-MOST:]
