"""The simulated phone: JSON in, JSON out. Test calls of the builder and of the API use it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Final, get_args

from applets.events import (
    DialEnded,
    DialStatus,
    DigitsGathered,
    Event,
    HungUp,
    PromptFinished,
    Recorded,
)
from applets.instructions import (
    Answer,
    Dial,
    Gather,
    Hangup,
    Play,
    Record,
    Reject,
    Say,
    TelephoneInstruction,
)
from calls.adapter import BadEvent, VoiceAdapter

_DIGITS: Final = re.compile(r"[0-9*#]{0,32}", re.ASCII)
_STATUSES: Final[tuple[str, ...]] = get_args(DialStatus)
_LONGEST_TALK: Final = 24 * 60 * 60
_LONGEST_TARGET: Final = 250
_LONGEST_URL: Final = 500


class SimulatedPhone(VoiceAdapter):
    """A telephone that exists only on the page."""

    slug: ClassVar[str] = "simulator"
    shows_trace: ClassVar[bool] = True

    def parse(self, payload: Mapping[str, Any]) -> Event:
        kind = payload.get("type")
        if kind == "digits":
            return DigitsGathered(_digits(payload))
        if kind == "prompt_finished":
            return PromptFinished()
        if kind == "dial_ended":
            seconds, number = _seconds(payload), _number(payload)
            return DialEnded(_status(payload), seconds, number, _address(payload))
        if kind == "recorded":
            return Recorded(_seconds(payload, "seconds"), _address(payload))
        if kind == "hung_up":
            return HungUp(_seconds(payload))
        known = "digits, prompt_finished, dial_ended, recorded, hung_up"
        raise BadEvent(problem=f"type must be one of {known}")

    def render(self, instructions: Sequence[TelephoneInstruction]) -> list[dict[str, Any]]:
        return [_rendered(instruction) for instruction in instructions]


PHONE: Final = SimulatedPhone()

_KINDS: Final[dict[type, str]] = {
    Answer: "answer",
    Say: "say",
    Play: "play",
    Gather: "gather",
    Dial: "dial",
    Record: "record",
    Hangup: "hangup",
    Reject: "reject",
}
_SPOKEN: Final = ("prompt", "whisper")


def _rendered(instruction: TelephoneInstruction) -> dict[str, Any]:
    spoken = {
        name: _rendered(value)
        for name in _SPOKEN
        if isinstance(value := getattr(instruction, name, None), Say | Play)
    }
    return {"type": _KINDS[type(instruction)], **_lists_for_tuples(asdict(instruction)), **spoken}


def _lists_for_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: list(item) if isinstance(item, tuple) else item for key, item in values.items()}


def _digits(payload: Mapping[str, Any]) -> str:
    digits = payload.get("digits", "")
    if not isinstance(digits, str) or not _DIGITS.fullmatch(digits):
        raise BadEvent(problem="digits must be a text of 0 to 9, * and #")
    return digits


def _status(payload: Mapping[str, Any]) -> DialStatus:
    status = payload.get("status")
    if status not in _STATUSES:
        raise BadEvent(problem=f"status must be one of {', '.join(_STATUSES)}")
    known: DialStatus = status
    return known


def _address(payload: Mapping[str, Any]) -> str:
    """Return where the message can be heard: what a carrier would say."""
    url = payload.get("recording_url") or ""
    if not isinstance(url, str) or len(url) > _LONGEST_URL:
        raise BadEvent(problem="recording_url must be an address")
    if url and not url.startswith(("https://", "http://")):
        raise BadEvent(problem="recording_url must begin with https://")
    return url


def _number(payload: Mapping[str, Any]) -> str:
    """Return who answered: one of the numbers that were rung, as text."""
    number = payload.get("number") or ""
    if not isinstance(number, str) or len(number) > _LONGEST_TARGET:
        raise BadEvent(problem="number must be one of the numbers that were rung")
    return number


def _seconds(payload: Mapping[str, Any], key: str = "talk_seconds") -> int:
    seconds = payload.get(key) or 0
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not 0 <= seconds <= _LONGEST_TALK
    ):
        raise BadEvent(problem=f"{key} must be a number of seconds within one day")
    return int(seconds)
