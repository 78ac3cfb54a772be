"""The four cards at the top of the report: a figure, its change, and a small line of its course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from core.periods import Period
from core.templatetags.ui import rupees
from reports.figures import Summary

WIDTH: Final = 84
HEIGHT: Final = 32
MARGIN: Final = 4
MOST_THICK_POINTS: Final = 20
SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£"}
MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "—"
Tones = tuple[str, str]  # of a rise, of a fall


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    key: str
    value: str
    change: str  # "" when there is nothing to compare with
    tone: str  # ok, bad, or "" for neutral
    note: str
    meaning: str
    line: str  # points of an SVG polyline, "" when there are fewer than two

    @property
    def is_fine(self) -> bool:
        """Whether the line has too many points for a thick pen."""
        return self.line.count(" ") > MOST_THICK_POINTS


def cards(summary: Summary, period: Period, currency: str) -> list[Card]:
    """Return the cards in the order they are shown."""
    return [
        _messages(summary, period),
        _delivery_rate(summary),
        _time_to_handset(summary),
        _spend(summary, currency),
    ]


def _messages(summary: Summary, period: Period) -> Card:
    now, before = summary.now.messages, summary.before.messages
    change, tone = per_cent_change(now, before, tones=("ok", ""))
    versus = "the day before" if period.days == 1 else f"the {period.days} days before"
    return Card(
        "Messages",
        "messages",
        f"{now:,}",
        change,
        tone,
        f"vs {versus}" if change else f"none in {versus}",
        "Messages accepted in this period, in whatever state they are now.",
        line([Decimal(bucket.total) for bucket in summary.passed]),
    )


def _delivery_rate(summary: Summary) -> Card:
    now, before = summary.now.delivery_rate, summary.before.delivery_rate
    change, tone = _difference(now, before, " pt", tones=("ok", "bad"))
    return Card(
        "Delivery rate",
        "rate",
        DASH if now is None else f"{now}%",
        change,
        tone,
        f"of {summary.now.finalised:,} finalised",
        "Delivered messages out of those that are delivered, refused, failed or expired.",
        line([bucket.figures.delivery_rate for bucket in summary.passed]),
    )


def _time_to_handset(summary: Summary) -> Card:
    now, before = summary.now.median_seconds, summary.before.median_seconds
    change, tone = _difference(now, before, " s", tones=("bad", "ok"))
    p95 = summary.now.p95_seconds
    return Card(
        "Median time to handset",
        "time",
        seconds_text(now),
        change,
        tone,
        f"p95 {seconds_text(p95)}" if p95 is not None else "nothing delivered yet",
        "From acceptance to the delivery receipt: half of the delivered messages were faster."
        " 95 of 100 were faster than p95.",
        line([bucket.figures.median_seconds for bucket in summary.passed]),
    )


def _spend(summary: Summary, currency: str) -> Card:
    change, tone = per_cent_change(summary.now.paise, summary.before.paise, tones=("bad", "ok"))
    return Card(
        "Spend",
        "spend",
        money(summary.now.paise, currency),
        change,
        tone,
        f"{summary.now.segments:,} segment{'' if summary.now.segments == 1 else 's'}",
        "Charged or set aside for these segments."
        " Test calls and messages that never arrived cost nothing.",
        line([bucket.figures.spend for bucket in summary.passed]),
    )


def money(paise: int, currency: str) -> str:
    """Write an amount: ``₹1,23,456.78`` in rupees, groups of three in other currencies."""
    if currency == "INR":
        return f"₹{rupees(paise)}"
    return f"{SYMBOLS.get(currency, currency + ' ')}{paise / 100:,.2f}"


def seconds_text(seconds: Decimal | None) -> str:
    """``3.8 s``, ``2 min 5 s``, ``3 h 10 min``."""
    if seconds is None:
        return DASH
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60:,} h {minutes % 60} min"


def per_cent_change(now: int, before: int, *, tones: Tones) -> tuple[str, str]:
    """Return ``+6.2%`` and its tone; nothing when there is nothing to compare with."""
    if not before:
        return "", ""
    change = Decimal(100) * (now - before) / before
    return _signed(change, "%", tones)


def _difference(
    now: Decimal | None, before: Decimal | None, unit: str, *, tones: Tones
) -> tuple[str, str]:
    if now is None or before is None:
        return "", ""
    return _signed(now - before, unit, tones)


def _signed(change: Decimal, unit: str, tones: Tones) -> tuple[str, str]:
    change = change.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not change:
        return f"±0{unit}", ""
    sign, tone = ("+", tones[0]) if change > 0 else (MINUS, tones[1])
    return f"{sign}{abs(change):,}{unit}", tone


def line(values: Sequence[Decimal | None]) -> str:
    """Return the points of a small line; buckets without a value are left out, not zero."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < 2 or not any(value for _, value in known):
        return ""
    least = min(value for _, value in known)
    span = max(value for _, value in known) - least
    step = Decimal(WIDTH) / (len(values) - 1)
    points = []
    for index, value in known:
        share = (value - least) / span if span else Decimal("0.5")
        points.append(f"{index * step:.1f},{HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}")
    return " ".join(points)
