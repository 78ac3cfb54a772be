"""What page templates are made of: icons, times, ids, masked numbers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

register = template.Library()


@register.inclusion_tag("components/icon.html")
def icon(name: str, size: str = "") -> dict[str, str]:
    """Draw an icon of the sprite; ``size`` is "s", "l" or nothing."""
    return {"name": name, "size": size}


@register.filter
def ago(moment: datetime | None) -> SafeString:
    """Say how long ago, with the full time on hover; the browser keeps it current."""
    if moment is None:
        return SafeString("–")
    words = timesince(moment, timezone.now(), depth=1)
    phrase = "just now" if words.startswith("0") else f"{words} ago"
    return format_html('<time datetime="{}" data-ago>{}</time>', moment.isoformat(), phrase)


@register.simple_tag(takes_context=True)
def local_time(context: template.Context, moment: datetime | None) -> SafeString:
    """Say when, in the account's time zone."""
    if moment is None:
        return SafeString("–")
    caller = context.get("caller")
    zone = ZoneInfo(caller.account.time_zone if caller else "Asia/Kolkata")
    shown = moment.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), f"{shown:%d %b %Y, %H:%M}"
    )


@register.inclusion_tag("components/copy.html")
def copy(value: str, what: str) -> dict[str, str]:
    """Draw a button that copies ``value``; ``what`` names it for screen readers."""
    return {"value": value, "what": what}


@register.filter
def rupees(paise: int) -> str:
    """Write paise as rupees in Indian grouping: 12345678 is 1,23,456.78."""
    whole, rest = divmod(abs(paise), 100)
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ("\N{MINUS SIGN}" if paise < 0 else "") + ",".join([*groups, tail]) + f".{rest:02d}"


@register.filter
def thousands(number: int) -> str:
    """Write a number with its thousands apart: 10,000."""
    return f"{number:,}"
