"""A registered text, cut into what must be equal and what may vary."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dlt.matcher.limits import DEFAULT_LIMITS, Limits, Tag, checked_length, known_tag
from dlt.matcher.normalise import strip_end, strip_start, unify
from dlt.matcher.problem import NoteCode, Problem
from dlt.matcher.rules import Rule, accepts_text, rule_for, starts_a_link

# Portals know two ways to write a variable; the name is lower case and has no digits.
_PLACEHOLDER = re.compile(r"\{#([a-z]+)#\}|<#([a-z]+)#>")
_NEARLY = re.compile(r"[{<]#[^#{}<>\n]{0,60}#[}>]|##[A-Za-z]+##")
_UNFILLED = re.compile(r"\{#[^#{}<>\n]{0,60}#\}|<#[^#{}<>\n]{0,60}#>")


_NEVER_POOLED = (Tag.CBN, Tag.EMAIL)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One variable as the text shows it; start and end are offsets in the registered text."""

    index: int
    tag: Tag
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable, or adjacent ones of one tag: together they hold the sum of their limits, ``capacity``."""

    first: int
    limits: tuple[int, ...]
    tag: Tag
    rule: Rule
    capacity: int

    @property
    def last(self) -> int:
        return self.first + len(self.limits) - 1


Part = str | Slot
Accepts = Callable[[str], bool]
# A slot's rule and capacity, and the text that follows it with its length.
Step = tuple[Accepts, int, str, int]


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text. ``head``, ``steps`` and ``last`` are its parts for the quick search, and
    ``one_line`` are the steps for a body without line breaks, where any text obeys an untyped slot.
    No body with fewer than ``fewest`` characters matches.

    ``longest`` has, for each of the ``placeholders``, how long its value may be.
    """

    text: str
    limits: Limits
    placeholders: tuple[Placeholder, ...]
    longest: tuple[int, ...]
    statics: tuple[str, ...]
    parts: tuple[Part, ...]
    slots: tuple[Slot, ...]
    warnings: tuple[Problem, ...]
    head: str
    steps: tuple[Step, ...]
    one_line: tuple[tuple[Accepts | None, int, str, int], ...]
    last: Step | None
    fewest: int

    @property
    def tail(self) -> str:
        return self.last[2] if self.last else self.head

    @property
    def literals(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if isinstance(part, str))


def placeholders(text: str, tags: Sequence[str] | None = None) -> tuple[Placeholder, ...]:
    """Return the variables of a text in order; an unknown lower-case name is an untyped one.

    ``tags`` are types held outside the text, as in ``compile_template``.
    """
    found = []
    given = dict(enumerate(tags or (), 1))
    for index, hit in enumerate(_PLACEHOLDER.finditer(text), 1):
        name = given.get(index) or hit[1] or hit[2]
        found.append(Placeholder(index, known_tag(name) or Tag.VAR, name, hit.start(), hit.end()))
    return tuple(found)


def compile_template(
    text: str,
    limits: Limits = DEFAULT_LIMITS,
    tags: Sequence[str] | None = None,
    longest: Sequence[int | None] | None = None,
) -> Template:
    """Compile a registered text.

    ``tags`` are types the portal keeps outside of it: SmartPing and Tata leave ``{#var#}`` in the
    text and list the tags beside it. ``longest`` are limits of single variables. Both go by the
    order of the variables, may be shorter than their number, and leave what is empty or None to
    the text and to ``limits``; entries beyond the last variable are ignored.

    Raise ValueError for a limit outside 1 to 2,000.
    """
    return _compile(text, limits, tuple(tags or ()), tuple(longest or ()))


def render(template: Template, values: Sequence[str]) -> str:
    """Return the registered text, byte for byte, with one value for each variable.

    Raise ValueError when there are more or fewer values than variables.
    """
    pieces = [template.statics[0]]
    for value, static in zip(values, template.statics[1:], strict=True):
        pieces += (value, static)
    return "".join(pieces)


def unfilled(template: Template, body: str) -> list[tuple[int, str]]:
    """Return where a body still shows a placeholder that is not registered text."""
    hits = ((hit.start(), hit[0]) for hit in _UNFILLED.finditer(body))
    return [
        (at, found) for at, found in hits if not any(found in text for text in template.literals)
    ]


@lru_cache(maxsize=4096)
def _compile(
    text: str, limits: Limits, tags: tuple[str, ...], longest: tuple[int | None, ...]
) -> Template:
    found = placeholders(text, tags)
    room = _room(found, limits, longest)
    edges = [0, *(edge for hole in found for edge in (hole.start, hole.end)), len(text)]
    statics = tuple(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    parts = _parts(found, statics, limits, room)
    slots = tuple(part for part in parts if isinstance(part, Slot))
    head, steps, last = _steps(parts)
    return Template(
        text=text,
        limits=limits,
        placeholders=found,
        longest=room,
        statics=statics,
        parts=parts,
        slots=slots,
        warnings=_warnings(found, statics, tags),
        head=head,
        steps=steps,
        one_line=tuple((_unless_text(step[0]), *step[1:]) for step in steps),
        last=last,
        fewest=sum(len(part) if isinstance(part, str) else part.rule.fewest for part in parts),
    )


def _room(
    found: tuple[Placeholder, ...], limits: Limits, longest: tuple[int | None, ...]
) -> tuple[int, ...]:
    """Return how long the value of each variable may be: its own limit, else that of its tag."""
    own = {index: length for index, length in enumerate(longest, 1) if length is not None}
    return tuple(
        checked_length(f"variable {hole.index}", own[hole.index])
        if hole.index in own
        else limits.longest(hole.tag)
        for hole in found
    )


def _parts(
    found: tuple[Placeholder, ...],
    statics: tuple[str, ...],
    limits: Limits,
    room: tuple[int, ...],
) -> tuple[Part, ...]:
    literals = [unify(static) for static in statics]
    literals[0] = strip_start(literals[0])
    literals[-1] = strip_end(literals[-1])
    parts: list[Part] = [literals[0]]
    for hole, length, literal in zip(found, room, literals[1:], strict=True):
        _add_variable(parts, hole, limits, length)
        parts.append(literal)
    return tuple(part for part in parts if part != "")


def _add_variable(parts: list[Part], hole: Placeholder, limits: Limits, length: int) -> None:
    """Append a slot, or widen the one before when nothing stands between two of the same tag.

    Two texts, numbers or links in a row read as one; two telephone numbers or addresses do not.
    """
    before = parts[-2] if parts[-1] == "" and len(parts) > 1 else None
    if isinstance(before, Slot) and before.tag is hole.tag and hole.tag not in _NEVER_POOLED:
        parts[-2:] = [
            replace(before, limits=(*before.limits, length), capacity=before.capacity + length)
        ]
        return
    literal = parts[-1] if isinstance(parts[-1], str) else ""
    rule = rule_for(hole.tag, limits, glued=starts_a_link(literal, hole.tag))
    parts.append(Slot(hole.index, (length,), hole.tag, rule, length))


def _steps(
    parts: tuple[Part, ...],
) -> tuple[str, tuple[Step, ...], Step | None]:
    """Return the text before the first slot, then each slot with the text that follows it."""
    head = parts[0] if parts and isinstance(parts[0], str) else ""
    pairs: list[tuple[Slot, str]] = []
    for part, following in zip(parts, (*parts, "")[1:], strict=True):
        if isinstance(part, Slot):
            pairs.append((part, following if isinstance(following, str) else ""))
    if not pairs:
        return head, (), None
    *steps, last = ((slot.rule.accepts, slot.capacity, after, len(after)) for slot, after in pairs)
    return head, tuple(steps), last


def _unless_text(accepts: Accepts) -> Accepts | None:
    return None if accepts is accepts_text else accepts


def _warnings(
    found: tuple[Placeholder, ...], statics: tuple[str, ...], tags: tuple[str, ...]
) -> tuple[Problem, ...]:
    unknown = [
        Problem(
            NoteCode.UNKNOWN_TAG,
            f"Variable {hole.index} has the unknown tag '{hole.name}'; it counts as untyped.",
            variable=hole.index,
            found=hole.name,
        )
        for hole in found
        if known_tag(hole.name) is None
    ]
    nearly = [
        Problem(
            NoteCode.NOT_A_PLACEHOLDER,
            f"'{hit[0]}' looks like a variable but is registered text: a variable is written "
            "{#var#}, in lower case and without spaces or digits.",
            found=hit[0],
        )
        for static in statics
        for hit in _NEARLY.finditer(static)
    ]
    surplus = [
        Problem(
            NoteCode.UNKNOWN_TAG,
            f"The template lists {len(tags)} tags for {len(found)} variables; the rest is ignored.",
        )
    ]
    return (*unknown, *nearly, *(surplus if len(tags) > len(found) else ()))
