"""A certain yes or no within two microseconds for most bodies, so that the matcher sees few."""

from __future__ import annotations

from typing import NamedTuple, Self

from dlt.matcher import Tag, Template


class Frame(NamedTuple):
    """Of a template with variables only what can be compared quickly."""

    # Whether every variable may hold any text that is not blank.
    plain: bool
    shortest: int
    longest: int
    start: int
    # Of each variable but the last: the text behind it, where that ends at most, its length.
    steps: tuple[tuple[str, int, int], ...]
    room: int
    tail: int

    @classmethod
    def of(cls, template: Template) -> Self | None:
        """Return None when there are no variables."""
        if template.last is None:
            return None
        _, room, tail = template.last
        most = sum(map(len, template.literals)) + sum(slot.capacity for slot in template.slots)
        return cls(
            plain=all(slot.tag is Tag.VAR for slot in template.slots),
            shortest=template.min_length,
            longest=min(template.limits.body, most),
            start=len(template.head),
            steps=tuple((text, room + width, width) for _, room, text, width in template.steps),
            room=room,
            tail=len(tail),
        )


def may_fit(frame: Frame, body: str) -> bool | None:
    """Return False when no cut of the body can fit, True when the nearest one does, else None.

    The body is normalised and begins and ends as the template does. Each registered text is taken
    where it first occurs, so no other cut ends earlier; rules of values only make a fit rarer.
    """
    plain, shortest, longest, at, steps, room, tail = frame
    size = len(body)
    if not shortest <= size <= longest:
        return False
    find = body.find
    for step in steps:
        text, most, width = step
        end = find(text, at + 1, at + most)
        if end < 0:
            return _otherwise(frame, body, steps.index(step), at)
        plain = plain and not body[at:end].isspace()
        at = end + width
    end = size - tail
    if at >= end:
        return False
    if end - at > room:
        return _otherwise(frame, body, len(steps), at)
    if plain and not body[at:end].isspace() and "\n" not in body and "#" not in body:
        return True
    return None


def _otherwise(frame: Frame, body: str, step: int, at: int) -> bool | None:
    """Say whether the value at ``at`` may become shorter because the text before it stands elsewhere."""
    before = frame.steps[step - 1][0] if step else ""
    # Whatever follows, it is too far from the only place of that text.
    if not step or body.find(before, at - len(before) + 1) < 0:
        return False
    return None if _may_be_near(frame, body) else False


def _may_be_near(frame: Frame, body: str) -> bool:
    """Return False when some value is too long wherever the texts beside it are taken to stand.

    From the left every text stands as early as it can, from the right as late as it can.
    """
    at, end, room = frame.start, len(body) - frame.tail, frame.room
    starts = []
    for text, _, width in frame.steps:
        early = body.find(text, at + 1)
        if early < 0:
            return False
        starts.append(early)
        at = early + width
    following = end
    for (text, most, width), early in zip(frame.steps[::-1], starts[::-1], strict=True):
        late = body.rfind(text, frame.start + 1, end - 1)
        if late < 0 or following - late - width > room:
            return False
        following, end, room = early, late, most - width
    return following - frame.start <= room
