"""Stage 8, time: promotional messages leave by day; others wait for the next opening."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dlt.models import Category, DltSettings
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, Verdict, found, not_applicable, passed

INDIA: Final = "Asia/Kolkata"
_SHORT: Final = {INDIA: "IST"}


def judge(facts: Facts) -> Outcome:
    """Say whether the message may leave now, or from when on."""
    settings, at = facts.settings, facts.asked.at
    if facts.template is None:
        return not_applicable("Whether hours are limited follows from the template.")
    if not is_limited(facts.category, settings):
        label = Category(facts.category).label
        return not_applicable(f"{label} messages may leave at any hour.")
    window = f"{settings.promo_from:%H:%M} to {settings.promo_to:%H:%M} ({zone_label(settings)})"
    opening = next_opening(settings, at)
    if opening is None:
        return passed(f"Within the hours for promotional messages, {window}.")
    told = f"Promotional messages leave from {window}. Held until {clock(opening, settings)}."
    detail = {"not_before": opening.astimezone(UTC).isoformat()}
    return found(Finding("dlt.outside_promo_window", told, detail, Verdict.HELD))


def is_limited(category: str, settings: DltSettings) -> bool:
    """Say whether messages of a category leave within the window only."""
    if category == Category.PROMOTIONAL:
        return True
    if category == Category.SERVICE_EXPLICIT:
        return settings.explicit_in_window
    return category == Category.GOVERNMENT and settings.government_in_window


def next_opening(settings: DltSettings, at: datetime) -> datetime | None:
    """Return when the window opens next; None while it is open. A window may cross midnight."""
    local = at.astimezone(zone_of(settings))
    if _is_open(settings.promo_from, settings.promo_to, local.time()):
        return None
    day = local.date() if local.time() < settings.promo_from else local.date() + timedelta(days=1)
    return datetime.combine(day, settings.promo_from, local.tzinfo).astimezone(UTC)


def _is_open(opens: time, closes: time, now: time) -> bool:
    if opens == closes:
        return True
    if opens < closes:
        return opens <= now < closes
    return now >= opens or now < closes


def clock(moment: datetime, settings: DltSettings) -> str:
    """Write ``10:00 on 26 Nov (IST)``."""
    local = moment.astimezone(zone_of(settings))
    return f"{local:%H:%M} on {local.day} {local:%b} ({zone_label(settings)})"


def zone_of(settings: DltSettings) -> ZoneInfo:
    try:
        return ZoneInfo(settings.promo_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(INDIA)


def zone_label(settings: DltSettings) -> str:
    return _SHORT.get(zone_of(settings).key, zone_of(settings).key)
