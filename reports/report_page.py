"""What the template of the SMS report is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from accounts.models import Account
from core.periods import CUSTOM, NAMES, period_from
from reports import queries
from reports.cards import cards
from reports.figures import SERIES, Reason, Summary, summary
from reports.filters import NONE, Filters
from sms.states import Status
from sms.wording import STATES, is_dnd, reason_label

MOST_REASONS: Final = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason: how many, and how long its bar is beside the longest."""

    label: str
    messages: int
    width: int
    dnd: bool
    query: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


def figures(
    account: Account, filters: Filters, now: datetime, *, digits_hidden: bool
) -> dict[str, Any]:
    """Return cards, chart and reasons."""
    found = summary(account, filters, now=now, digits_hidden=digits_hidden)
    return {
        "filters": filters,
        "query": filters.query(),
        "cards": cards(found, filters.period, account.currency),
        "total": found.now.messages,
        "unit": found.cut.unit,
        "chart": _chart(found, filters),
        "series": SERIES,
        "days": [_day(found, index) for index in range(len(found.buckets))],
        "bars": _bars(found.reasons, filters),
        "more_reasons": sum(reason.messages for reason in found.reasons[MOST_REASONS:]),
    }


def _chart(found: Summary, filters: Filters) -> dict[str, Any]:
    """Return what the browser draws; each bar of days leads to the report of its day."""
    names = [found.cut.name(bucket.index) for bucket in found.buckets]
    labels = [found.cut.label(bucket.index) for bucket in found.buckets]
    return {
        "unit": found.cut.unit,
        "labels": labels,
        "names": names,
        "series": [
            {"key": key, "label": label, "values": [b.counts[key] for b in found.buckets]}
            for key, label in SERIES.items()
        ],
        "links": [_day_link(found, filters, bucket.index) for bucket in found.buckets],
    }


def _day_link(found: Summary, filters: Filters, index: int) -> str:
    if found.cut.unit != "day":
        return ""
    day = found.cut.starts[index].date().isoformat()
    rest = filters.query().partition("&")[2]
    if filters.period.key == CUSTOM:
        rest = rest.partition("&")[2]
    return f"?from={day}&to={day}" + (f"&{rest}" if rest else "")


def _day(found: Summary, index: int) -> dict[str, Any]:
    bucket = found.buckets[index]
    counts = [bucket.counts[key] for key in SERIES]
    return {"name": found.cut.name(index), "counts": counts, "total": bucket.total}


def _bars(reasons: list[Reason], filters: Filters) -> list[Bar]:
    longest = max((reason.messages for reason in reasons), default=1)
    return [
        Bar(
            label=reason_label(reason.code),
            messages=reason.messages,
            width=max(1, round(100 * reason.messages / longest)),
            dnd=is_dnd(reason.code),
            query=filters.but(reason=reason.code or NONE).query(),
        )
        for reason in reasons[:MOST_REASONS]
    ]


def controls(account: Account, filters: Filters, now: datetime) -> dict[str, Any]:
    """Return what the filter form offers, with what is chosen."""
    offered = queries.choices(account)
    period = filters.period
    flows = [(NONE, "Sent by the API"), *offered.flows]
    statuses = [(status.value, STATES[status].label) for status in Status]
    return {
        "period": period,
        "period_options": options(list(NAMES.items()), period.key, known_only=True),
        "flow_options": options(flows, filters.flow),
        "template_options": options(offered.templates, filters.template),
        "header_options": options(offered.headers, filters.header),
        "status_options": options(statuses, filters.status),
        "chosen": _chosen(filters, offered),
        "without_filters": Filters(period).query(),
        "is_past": not period.includes(now),
        "custom": period.key == CUSTOM,
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in use, and the query without it."""

    name: str
    value: str
    without: str


def _chosen(filters: Filters, offered: queries.Choices) -> list[Chosen]:
    """Return the filters in use, in the words of the lists they were chosen from."""
    found = {
        "flow": ("Flow", {NONE: "Sent by the API", **dict(offered.flows)}.get(filters.flow)),
        "template": ("Template", dict(offered.templates).get(filters.template)),
        "header": ("Header", filters.header),
        "status": ("Status", STATES[filters.status].label if filters.status else ""),
        "reason": ("Reason", reason_label(filters.reason.removeprefix(NONE))),
        "q": ("Search", filters.q),
        "tests": ("Test calls", {"hide": "hidden", "only": "only these"}.get(filters.tests, "")),
    }
    return [
        Chosen(name, value or getattr(filters, key), filters.but(**{key: ""}).query())
        for key, (name, value) in found.items()
        if getattr(filters, key)
    ]


def options(pairs: list[tuple[str, str]], chosen: str, *, known_only: bool = False) -> list[Option]:
    """Mark the chosen option; one that is offered no more, such as a deleted flow's, is kept."""
    if chosen and not known_only and chosen not in dict(pairs):
        pairs = [*pairs, (chosen, chosen)]
    return [Option(value, label, value == chosen) for value, label in pairs]


def refused(
    account: Account, problem: str, wanted: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """Return the page without figures: what is wrong, and the form to put it right."""
    zone = ZoneInfo(account.time_zone)
    filters = Filters(period_from({}, zone=zone, now=now))
    context = controls(account, filters, now)
    custom = bool(wanted.get("from") or wanted.get("to")) or wanted.get("period") == CUSTOM
    given = {"given_from": wanted.get("from", ""), "given_to": wanted.get("to", "")}
    return {**context, **given, "filters": filters, "problem": problem, "custom": custom}
