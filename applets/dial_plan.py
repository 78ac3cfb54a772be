"""Whom a customer's server wants rung, and how: read from its answer.

Two forms, both Exotel's: a plain text with numbers (dial-whom), and the JSON of Programmable Connect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from applets.events import Fetched
from applets.instructions import Play, Say, Speech
from core.errors import DomainError
from core.phone_numbers import parse_e164

SIP_PATTERN: Final = r"^sips?:[A-Za-z0-9._~+-]{1,64}@[A-Za-z0-9.-]{1,180}(:[0-9]{1,5})?$"
MOST_NUMBERS: Final = 10
LONGEST_TALK: Final = 14_400
"""Four hours, Exotel's longest."""

_OK: Final = 200
_SIP: Final = re.compile(SIP_PATTERN)
_BETWEEN: Final = re.compile(r"[,;\r\n]+")
_LONGEST_WHISPER: Final = 500
_MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class DialPlan:
    """What is None or empty is as the applet's settings say."""

    numbers: tuple[str, ...]
    note: str = ""
    again: bool = False
    """Whether the server wants to be asked again after ringing in vain."""
    together: bool | None = None
    ring_seconds: int | None = None
    talk_seconds: int | None = None
    record: bool | None = None
    caller_id: str = ""
    whisper: Speech | None = None


def read_plan(answer: Fetched, region: str) -> DialPlan | None:
    """Return the plan an answer holds, or None when it holds none. Numbers that cannot be rung are left
    out, and the note says which."""
    if answer.status != _OK:
        return None
    if isinstance(answer.json, dict):
        return _from_json(answer.json, region)
    if answer.content_type.startswith("text/") or not answer.content_type:
        numbers, note = _numbers(_BETWEEN.split(answer.text), region)
        return DialPlan(numbers, note)
    return None


def _from_json(told: dict[str, Any], region: str) -> DialPlan | None:
    destination = told.get("destination")
    listed = destination.get("numbers") if isinstance(destination, dict) else destination
    if not isinstance(listed, list):
        return None
    numbers, note = _numbers([_address(entry) for entry in listed], region)
    parallel = told.get("parallel_ringing")
    together = parallel.get("activate") if isinstance(parallel, dict) else None
    record = told.get("record")
    return DialPlan(
        numbers,
        note,
        again=told.get("fetch_after_attempt") is True,
        together=together if isinstance(together, bool) else None,
        ring_seconds=_whole(told.get("max_ringing_duration"), 5, 120),
        talk_seconds=_whole(told.get("max_conversation_duration"), 1, LONGEST_TALK),
        record=record if isinstance(record, bool) else None,
        caller_id=_e164(str(told.get("outgoing_phone_number") or ""), region),
        whisper=_whisper(told.get("start_call_playback")),
    )


def _address(entry: Any) -> str:
    """Return a number as it is listed: by itself, or as the contact of an agent."""
    value = entry.get("contact_uri") if isinstance(entry, dict) else entry
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _numbers(listed: list[str], region: str) -> tuple[tuple[str, ...], str]:
    found: dict[str, None] = {}
    bad = []
    for entry in (text.strip().strip("\"'") for text in listed):
        number = entry if _SIP.fullmatch(entry) else _e164(entry, region)
        if number:
            found[number] = None
        elif entry:
            bad.append(entry[:40])
    kept = tuple(found)[:MOST_NUMBERS]
    notes = []
    if bad:
        notes.append(f"Not a number: {', '.join(bad[:_MOST_SHOWN])}.")
    if len(found) > MOST_NUMBERS:
        notes.append(f"Only the first {MOST_NUMBERS} of {len(found)} numbers were rung.")
    return kept, " ".join(notes)


def _e164(text: str, region: str) -> str:
    try:
        return parse_e164(text, region) if text else ""
    except DomainError:
        return ""


def _whole(value: Any, least: int, most: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return max(least, min(most, int(value))) if value > 0 else None


def _whisper(playback: Any) -> Speech | None:
    if not isinstance(playback, dict) or not isinstance(playback.get("value"), str):
        return None
    value = playback["value"]
    if playback.get("type") == "audio_url":
        return Play(value[:2_000]) if value.startswith(("https://", "http://")) else None
    return Say(value[:_LONGEST_WHISPER]) if value.strip() else None
