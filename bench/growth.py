"""What a turn, the call log and the counts cost as flows grow and calls pile up.

Baseline: the same with 10 applets, or with the fewest calls. ``BENCH_CALLS=1000000`` goes on to a million.
What was measured before the next calls were stored cannot be taken in turn with what comes after it, so on
SQLite, which works in our own thread, it is processor time: others on the machine disturb it less.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from accounts.models import Account
from applets.events import DigitsGathered
from applets.run import zone_of
from bench.hook import CARRIER
from bench.measure import Clock, Row, Sample, cpu, interleave, row, timed
from bench.world import SALES, WELCOME, Node, World, graph_of, publish
from calls.call_log import CallFilters, newest_calls
from calls.count_report import Wanted, count, last_calls
from calls.driver import take_event
from calls.flow_counts import count_steps
from calls.models import Call, CallEvent, CallStep
from core.periods import period_from
from flows.models import Flow, FlowRun
from flows.services import live_graph

SIZES: Final = (10, 100, 1_000)
STORED: Final = (1_000, 10_000, 100_000, 1_000_000)
MOST: Final = int(os.environ.get("BENCH_CALLS", "100000"))
SAMPLES: Final = 60
STEPS: Final = (
    ("welcome", "next"),
    ("menu", "1"),
    ("thanks", "next"),
    ("hold", "next"),
    ("sales", "busy"),
)
AT_ONCE: Final = 5_000


def run(world: World) -> Iterator[Row]:
    yield from _graphs(world)
    yield from _calls(world)


# --- large flows ----------------------------------------------------------------------------------


def _graphs(world: World) -> Iterator[Row]:
    flows = {size: publish(world.account, f"{size} applets", _flow_of(size)) for size in SIZES}
    taken = interleave({str(size): _turn_in(world, flow) for size, flow in flows.items()}, SAMPLES)
    for size in SIZES[1:]:
        yield row(
            (f"turn with its writes, flow of {size:,} applets", taken[str(size)]),
            ("in a flow of 10", taken["10"]),
            store=world.store,
        )


def _flow_of(size: int) -> dict[str, object]:
    walked = [*WELCOME, *SALES]
    beside: list[Node] = [
        (f"b{number}", "greeting", {"say": "Beside."}) for number in range(size - len(walked))
    ]
    drawn = graph_of([*walked, *beside])  # all behind the connect's port that nobody takes
    drawn["connections"] = [
        {**way, "port": "answered"} if way["from"] == "sales" else way
        for way in drawn["connections"]
    ]
    return drawn


def _turn_in(world: World, flow: Flow, clock: Clock = timed) -> Sample:
    def sample() -> float:
        call, raw = world.waiting_call(flow), {"type": "digits", "digits": "1"}
        return clock(lambda: take_event(call, CARRIER, DigitsGathered("1"), raw, "k"))

    return sample


# --- many calls -----------------------------------------------------------------------------------


def _calls(world: World) -> Iterator[Row]:
    fewest: dict[str, list[float]] = {}
    stored = 0
    for number in STORED:
        if number > MOST:
            break
        _store_calls(world.plain, number - stored)
        stored = number
        taken = interleave(_readers(world), SAMPLES, warm_up=3)
        for name, values in taken.items():
            if not fewest.get(name):
                fewest[name] = values
                continue
            yield row(
                (f"{name}, {number:,} calls stored", values),
                (f"with {STORED[0]:,}", fewest[name]),
                store=world.store,
            )
    assert live_graph(world.plain)


def _readers(world: World) -> dict[str, Sample]:
    account, flow, now = world.account, world.plain, timezone.now()
    filters = CallFilters(period_from({}, zone=zone_of(account.time_zone), now=now, default="30d"))
    day = Wanted(now - timedelta(days=1), now)
    month = Wanted(now - timedelta(days=30), now)
    deep = _in_the_middle(account)
    clock = cpu if world.store == "SQLite" else timed
    return {
        "turn with its writes": _turn_in(world, flow, clock),
        "call log, newest 50": lambda: clock(lambda: newest_calls(account, filters, 50)),
        "call log, 50 from its middle": lambda: clock(
            lambda: newest_calls(account, filters, 50, deep)
        ),
        "counts of a flow, 24 hours": lambda: clock(lambda: count(flow, day)),
        "counts of a flow, 30 days": lambda: clock(lambda: count(flow, month)),
        "last calls of a connection": lambda: clock(lambda: last_calls(flow, "menu", "1", month)),
    }


def _in_the_middle(account: Account) -> str:
    ids = Call.objects.for_account(account).order_by("pk").values_list("pk", flat=True)
    first, last = ids.first() or 0, ids.last() or 0
    calls = Call.objects.for_account(account).filter(pk__gte=(first + last) // 2)
    return calls.order_by("pk").values_list("sid", flat=True)[0]


def _store_calls(flow: Flow, number: int) -> None:
    """Store ended calls of five steps and three events over the last month."""
    now = timezone.now()
    for begin in range(0, number, AT_ONCE):
        size = min(AT_ONCE, number - begin)
        ages = [timedelta(seconds=(begin + n) * 2_590_000 / number) for n in range(size)]
        _store_some(flow, [now - age for age in ages])
    while count_steps():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _store_some(flow: Flow, times: list[datetime]) -> None:
    runs = FlowRun.objects.bulk_create(
        FlowRun(flow=flow, version=flow.live, state={}, started=at, ended=at) for at in times
    )
    calls = Call.objects.bulk_create(
        Call(
            account=flow.account, run=run, adapter="simulator", from_number="+919812345678",
            to_number="+918047123300", status=Call.Status.COMPLETED, outcome="flow_ended",
            started=run.started, ended=run.started,
        )
        for run in runs
    )  # fmt: skip
    CallStep.objects.bulk_create(
        CallStep(
            call=call, index=index, flow=flow, version=1, node=node, applet="greeting", name=node,
            port=port, at=call.started, left=call.started, ends=index == len(STEPS) - 1,
            to_count_for=flow.pk,
        )
        for call in calls
        for index, (node, port) in enumerate(STEPS)
    )  # fmt: skip
    CallEvent.objects.bulk_create(
        CallEvent(call=call, key=key, event={}, answer={}, at=call.started)
        for call in calls
        for key in ("start", "k1", "k2")
    )
