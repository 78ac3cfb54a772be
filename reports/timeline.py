"""One message's way, as its page tells it: steps in time, gates, and the text with its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sms.message_row import duration_text
from sms.models import Message, StatusChange
from sms.states import FINAL, Status
from sms.wording import STATES, State, reason_label, state_of

ACTORS: Final = {
    "pipeline": "checks",
    "carrier": "carrier",
    "sweeper": "recovery",
    "api": "API",
    "flow": "flow",
}
AT_ONCE: Final = timedelta(milliseconds=50)
# Reasons for which a message waits without anything being wrong.
HOLDS: Final = frozenset({"dlt.outside_promo_window"})
GIVEN_UP: Final = frozenset({Status.FAILED, Status.EXPIRED})


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    at: datetime
    after: str  # time since the step before, "" for the first
    actor: str
    reason: str
    words: str
    late: bool  # delivered after it was given up


def steps(
    message: Message, history: Iterable[StatusChange], shown: Callable[[str], str] = str
) -> list[Step]:
    """Return every status the message had, from its acceptance on."""
    changes = list(history)
    found: list[Step] = []
    if not changes or changes[0].after != Status.CREATED:
        found.append(Step(STATES[Status.CREATED], message.created, "", "", "", "", late=False))
    previous = message.created
    for change in changes:
        found.append(
            Step(
                state=state_of(change.after, change.reason, held_by(change)),
                at=change.at,
                after=_after(change.at - previous) if found else "",
                actor=ACTORS.get(change.actor, change.actor),
                reason=reason_label(change.reason) if change.reason else "",
                words="" if change.actor == "pipeline" else shown(change.provider_words),
                late=change.after == Status.DELIVERED and change.before in GIVEN_UP,
            )
        )
        previous = change.at
    return found


def held_by(change: StatusChange) -> str:
    """Return what put a message back to wait for its hour, or nothing."""
    return change.reason if change.after == Status.CREATED and change.reason in HOLDS else ""


def _after(took: timedelta) -> str:
    return "at once" if took < AT_ONCE else f"+{duration_text(took)}"


def waits_for(message: Message, now: datetime, zone: ZoneInfo) -> str:
    """Say what happens next to a message that has not come to its end."""
    if message.status in FINAL:
        return ""
    if message.status == Status.CREATED:
        if message.not_before <= now:
            return "Waits for its turn at the carrier."
        until = f"{message.not_before.astimezone(zone):%H:%M on %-d %b}"
        if message.held:
            return f"Held until {until}. It is checked again before it leaves."
        return f"Tried again at {until}."
    if message.status == Status.PENDING:
        return "Being handed to the carrier."
    return "Waits for the carrier's delivery receipt."


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text: plain, the value of a variable, or a place that differs."""

    text: str
    kind: str = ""  # "", "val", "gap"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    kind: str
    title: str


def pieces(body: str, trace: Iterable[dict[str, Any]]) -> list[Piece]:
    """Cut the body where the template check found variables or differences."""
    found: list[Piece] = []
    position = 0
    for mark in _apart(sorted(_marks(body, trace), key=_before), len(body)):
        if mark.start > position:
            found.append(Piece(body[position : mark.start]))
        found.append(Piece(body[mark.start : mark.end], mark.kind, mark.title))
        position = mark.end
    if position < len(body):
        found.append(Piece(body[position:]))
    return found


def _before(mark: Mark) -> tuple[int, bool, int]:
    """Order marks; a difference goes before the value it stands in."""
    return mark.start, mark.kind != "gap", mark.end


def _marks(body: str, trace: Iterable[dict[str, Any]]) -> Iterator[Mark]:
    for line in trace:
        detail = line.get("detail") if isinstance(line, dict) else None
        if not isinstance(detail, dict):
            continue
        if line.get("ok"):
            yield from _values(detail)
        else:
            yield from _differences(detail, body)


def _values(detail: dict[str, Any]) -> Iterator[Mark]:
    for variable in detail.get("variables") or []:
        start, end = variable.get("start"), variable.get("end")
        if isinstance(start, int) and isinstance(end, int):
            yield Mark(start, end, "val", f"Variable {variable.get('index', '')}")


def _differences(detail: dict[str, Any], body: str) -> Iterator[Mark]:
    problems = [detail, *(p for p in detail.get("problems") or [] if isinstance(p, dict))]
    for problem in problems:
        position = problem.get("position")
        if isinstance(position, int):
            start = max(0, min(position - 1, len(body)))  # positions count from 1
            found = str(problem.get("found") or "")
            whole = bool(found) and body.startswith(found, start)
            end = start + (
                len(found) if whole else 1
            )  # a word is found, one of its letters differs
            yield Mark(start, end, "gap", str(problem.get("message") or "Differs here"))


def _apart(marks: Iterable[Mark], length: int) -> Iterator[Mark]:
    """Drop marks that overlap one before; a difference at the very end marks the last place."""
    position = 0
    for mark in marks:
        end = min(mark.end, length)
        if mark.start >= position and mark.start <= length:
            yield Mark(mark.start, max(end, mark.start), mark.kind, mark.title)
            position = max(end, mark.start)


def suggestion(trace: Iterable[dict[str, Any]]) -> str:
    """Return the text that would have matched the template, when the check worked one out."""
    details = (line.get("detail") for line in trace if isinstance(line, dict))
    found = (detail.get("suggestion") for detail in details if isinstance(detail, dict))
    return next((text for text in found if isinstance(text, str)), "")
