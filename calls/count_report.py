"""What calls did in a flow over a period: visits of every node, and how many left through every port."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from accounts.models import Account
from applets.run import zone_of
from calls.flow_counts import hour_of
from calls.models import Call, CallStep, FlowCount
from core.periods import period_from
from core.times import rfc3339
from flows.graph import Graph
from flows.models import Flow, FlowVersion
from flows.program import exits_of
from flows.services import draft_of, graph_of_version

DAY: Final = "24h"
ALL: Final = "all"
DRAFT: Final = "draft"
MOST_CALLS: Final = 20
_STEPS_PER_CALL: Final = 5  # a call may go the same way several times


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls are counted: from a moment on, before another, in one version or in all (None)."""

    since: datetime
    until: datetime
    version: int | None = None
    tests: bool = False


def span_from(period: str, account: Account, now: datetime) -> tuple[datetime, datetime]:
    """Read ``24h``, ``7d``, ``30d`` or ``2026-11-01..2026-11-20``, both days included.

    24 hours begin with the full hour: steps are kept by the hour. Raises BadPeriod.
    """
    if period == DAY:
        return hour_of(now - timedelta(hours=24), account.time_zone), now
    first, dots, last = period.partition("..")
    asked = {"from": first, "to": last} if dots else {"period": period}
    chosen = period_from(asked, zone=zone_of(account.time_zone), now=now, default="7d")
    return chosen.start, min(chosen.end, now)


def count(flow: Flow, wanted: Wanted) -> dict[str, Any]:
    """Return the counts as the API shows them, exactly what the steps add up to."""
    nodes: dict[str, dict[str, int]] = {}
    ports: dict[tuple[str, str], int] = {}
    for node, port, visits, skipped, ended in _rows(flow, wanted):
        known = nodes.setdefault(node, {"visits": 0, "skipped": 0, "ended": 0})
        known["visits"] += visits
        known["skipped"] += skipped
        known["ended"] += ended
        if port:
            ports[node, port] = ports.get((node, port), 0) + visits
    leads = exits_of(_graph(flow, wanted.version))
    return {
        "nodes": dict(sorted(nodes.items())),
        "connections": [
            {"from": node, "port": port, "to": _target(leads, node, port), "count": number}
            for (node, port), number in sorted(ports.items())
        ],
        "since": rfc3339(wanted.since),
        "until": rfc3339(wanted.until),
    }


def last_calls(flow: Flow, node: str, port: str, wanted: Wanted) -> list[tuple[Call, datetime]]:
    """Return the newest calls that left a node through a port, each with when it last did."""
    steps = CallStep.objects.filter(flow=flow, node=node, port=port).filter(_of_steps(wanted))
    steps = steps.select_related("call").order_by("-pk")
    found: dict[int, tuple[Call, datetime]] = {}
    for step in steps.defer("detail")[: MOST_CALLS * _STEPS_PER_CALL]:
        found.setdefault(step.call_id, (step.call, step.left or step.at))
    return list(found.values())[:MOST_CALLS]


def _rows(flow: Flow, wanted: Wanted) -> QuerySet[Any, tuple[str, str, int, int, int]]:
    """Read the hours and what is in none of them yet in one statement: a step is in one or the other."""
    hours = FlowCount.objects.filter(
        flow=flow, is_test=wanted.tests, hour__gte=wanted.since, hour__lt=wanted.until
    )
    if wanted.version is not None:
        hours = hours.filter(version=wanted.version)
    steps = CallStep.objects.filter(to_count_for=flow.pk).filter(_of_steps(wanted))
    added = hours.values("node", "port").annotate(
        v=_whole(Sum("visits")), s=_whole(Sum("skipped")), e=_whole(Sum("ended"))
    )
    waiting = steps.values("node", "port").annotate(
        v=_whole(Count("pk")),
        s=_whole(Count("pk", filter=Q(skipped=True))),
        e=_whole(Count("pk", filter=Q(ends=True))),
    )
    columns = ("node", "port", "v", "s", "e")
    return added.values_list(*columns).union(waiting.values_list(*columns), all=True)


def _whole(number: Any) -> Any:
    return Cast(number, IntegerField())


def _of_steps(wanted: Wanted) -> Q:
    chosen = Q(call__is_test=wanted.tests, at__gte=wanted.since, at__lt=wanted.until)
    if wanted.version is not None:
        chosen &= Q(version=wanted.version or None)
    return chosen


def _graph(flow: Flow, version: int | None) -> Graph:
    """Return the flow as it is drawn there; of all versions together, as it is drawn now."""
    if version:
        row = FlowVersion.objects.get(flow=flow, number=version)
        return graph_of_version(row)
    return draft_of(flow)


def _target(leads: Mapping[str, Mapping[str, str]], node: str, port: str) -> str | None:
    return leads.get(node, {}).get(port)
