"""The simulated phone: JSON in, JSON out. Test calls of the builder and of the API use it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Final, assert_never, get_args

from applets.events import DialEnded, DialStatus, DigitsGathered, Event, HungUp, PromptFinished
from applets.instructions import (
    Answer,
    Dial,
    Gather,
    Hangup,
    Play,
    Reject,
    Say,
    TelephoneInstruction,
)
from calls.adapter import BadEvent, VoiceAdapter

_DIGITS: Final = re.compile(r"[0-9*#]{0,32}", re.ASCII)
_STATUSES: Final[tuple[str, ...]] = get_args(DialStatus)
_LONGEST_TALK: Final = 24 * 60 * 60


class SimulatedPhone(VoiceAdapter):
    """A telephone that exists only on the page."""

    slug: ClassVar[str] = "simulator"

    def parse(self, payload: Mapping[str, Any]) -> Event:
        kind = payload.get("type")
        if kind == "digits":
            return DigitsGathered(_digits(payload))
        if kind == "prompt_finished":
            return PromptFinished()
        if kind == "dial_ended":
            return DialEnded(_status(payload), _seconds(payload))
        if kind == "hung_up":
            return HungUp(_seconds(payload))
        known = "digits, prompt_finished, dial_ended, hung_up"
        raise BadEvent(problem=f"type must be one of {known}")

    def render(self, instructions: Sequence[TelephoneInstruction]) -> list[dict[str, Any]]:
        return [_rendered(instruction) for instruction in instructions]


PHONE: Final = SimulatedPhone()


def _rendered(instruction: TelephoneInstruction) -> dict[str, Any]:
    more: dict[str, Any] = {}
    match instruction:
        case Answer():
            kind = "answer"
        case Say():
            kind = "say"
        case Play():
            kind = "play"
        case Gather():
            kind = "gather"
            more = {"prompt": _rendered(instruction.prompt) if instruction.prompt else None}
        case Dial():
            kind = "dial"
            more = {"targets": list(instruction.targets)}
        case Hangup():
            kind = "hangup"
        case Reject():
            kind = "reject"
        case _:
            assert_never(instruction)
    return {"type": kind, **asdict(instruction), **more}


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


def _seconds(payload: Mapping[str, Any]) -> int:
    seconds = payload.get("talk_seconds") or 0
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not 0 <= seconds <= _LONGEST_TALK
    ):
        raise BadEvent(problem="talk_seconds must be a number of seconds within one day")
    return int(seconds)
