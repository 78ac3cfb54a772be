"""Steps added up to hours: what the counts on the canvas are read from.

A step is its own count until a task adds it to its hour, so a turn of a call writes nothing more, no row is
hot, and the sum of both is exact at any moment. What was added survives the deletion of its steps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from applets.run import zone_of
from calls.models import CallStep, FlowCount

AT_ONCE: Final = 500
"""Steps added in one transaction: a few milliseconds of SQLite's only pen."""
MOST_BATCHES: Final = 40

_COLUMNS: Final = (
    "flow_id", "hour", "version", "is_test", "node", "port", "visits", "skipped", "ended",
)  # fmt: skip
_READ: Final = (
    "flow_id", "flow__account__time_zone", "at", "version", "call__is_test", "node", "port",
    "skipped", "ends",
)  # fmt: skip
_KEY: Final = _COLUMNS[:6]
_SUMS: Final = _COLUMNS[6:]


@dataclass(frozen=True, slots=True)
class _Key:
    """What steps have in common that are one row."""

    flow_id: int
    hour: datetime
    version: int
    is_test: bool
    node: str
    port: str


def count_steps() -> int:
    """Add steps that are over to their hours; return how many. Several may run at once."""
    counted = 0
    for _ in range(MOST_BATCHES):
        if not _waiting().exists():
            break
        added = _count_some()
        counted += added
        if added < AT_ONCE:
            break
    return counted


def hour_of(moment: datetime, zone: str) -> datetime:
    """Return the begin of an hour as the clocks of the zone show it: some are half an hour off."""
    return moment.astimezone(zone_of(zone)).replace(minute=0, second=0, microsecond=0)


def _waiting() -> Any:
    return CallStep.objects.filter(to_count_for__gt=0, flow__isnull=False, left__isnull=False)


@transaction.atomic
def _count_some() -> int:
    locked = _waiting().select_for_update(of=("self",), skip_locked=True)
    steps = list(locked.values_list("pk", *_READ)[:AT_ONCE])
    sums: dict[_Key, Counter[str]] = {}
    for _, flow_id, zone, at, version, is_test, node, port, skipped, ends in steps:
        key = _Key(flow_id, hour_of(at, zone), version or 0, is_test, node, port)
        sums.setdefault(key, Counter()).update(visits=1, skipped=int(skipped), ended=int(ends))
    _add(sums)
    CallStep.objects.filter(pk__in=[step[0] for step in steps]).update(to_count_for=None)
    return len(steps)


def _add(sums: dict[_Key, Counter[str]]) -> None:
    """Add to rows or make them, in one order everywhere, so that two workers never wait for each other."""
    rows = [
        [*(_stored(getattr(key, name)) for name in _KEY), *(counter[name] for name in _SUMS)]
        for key, counter in sums.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_upsert(), sorted(rows, key=str))


def _stored(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _upsert() -> str:
    """Return the statement: Django's own can set a row that is there, but not add to it."""
    table = FlowCount._meta.db_table  # noqa: SLF001 -- how Django names it
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _SUMS)
    places = ", ".join(["%s"] * len(_COLUMNS))
    return (
        f"INSERT INTO {table} ({', '.join(_COLUMNS)}) VALUES ({places})"  # noqa: S608 -- names of our own
        f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {added}"
    )
