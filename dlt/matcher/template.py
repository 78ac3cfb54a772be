"""A registered text, cut into what must be equal and what may vary."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dlt.matcher.limits import DEFAULT_LIMITS, Limits, Tag, known_tag
from dlt.matcher.normalise import strip_end, strip_start, unify
from dlt.matcher.problem import NoteCode, Problem
from dlt.matcher.rules import Rule, rule_for, starts_a_link

# Portals know two ways to write a variable; the name is lower case and has no digits.
_PLACEHOLDER = re.compile(r"\{#([a-z]+)#\}|<#([a-z]+)#>")
_NEARLY = re.compile(r"[{<]#[^#{}<>\n]{0,60}#[}>]|##[A-Za-z]+##")
_UNFILLED = re.compile(r"\{#[^#{}<>\n]{0,60}#\}|<#[^#{}<>\n]{0,60}#>")


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
    """Adjacent variables of one tag: together they hold ``count`` times the limit."""

    first: int
    count: int
    tag: Tag
    limit: int
    rule: Rule

    @property
    def capacity(self) -> int:
        return self.count * self.limit


Part = str | Slot
Step = tuple[Callable[[str], bool], int, str, int]


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text; ``head``, ``steps`` and ``last`` are its parts for the quick search."""

    text: str
    limits: Limits
    placeholders: tuple[Placeholder, ...]
    statics: tuple[str, ...]
    parts: tuple[Part, ...]
    slots: tuple[Slot, ...]
    warnings: tuple[Problem, ...]
    head: str
    steps: tuple[Step, ...]
    last: tuple[Callable[[str], bool], int, str] | None
    min_length: int

    @property
    def tail(self) -> str:
        return self.last[2] if self.last else self.head

    @property
    def literals(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if isinstance(part, str))


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the variables of a text in order; an unknown lower-case name is an untyped one."""
    found = []
    for index, hit in enumerate(_PLACEHOLDER.finditer(text), 1):
        name = hit[1] or hit[2]
        found.append(Placeholder(index, known_tag(name) or Tag.VAR, name, hit.start(), hit.end()))
    return tuple(found)


def compile_template(
    text: str, limits: Limits = DEFAULT_LIMITS, tags: Sequence[str] | None = None
) -> Template:
    """Compile a registered text. ``tags`` are types the portal keeps outside of it, in order.

    SmartPing and Tata leave ``{#var#}`` in the text and list the tags beside it.
    """
    return _compile(text, limits, tuple(tags or ()))


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
def _compile(text: str, limits: Limits, tags: tuple[str, ...]) -> Template:
    found = _retagged(placeholders(text), tags)
    edges = [0, *(edge for hole in found for edge in (hole.start, hole.end)), len(text)]
    statics = tuple(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    parts = _parts(found, statics, limits)
    slots = tuple(part for part in parts if isinstance(part, Slot))
    head, steps, last = _steps(parts)
    return Template(
        text=text,
        limits=limits,
        placeholders=found,
        statics=statics,
        parts=parts,
        slots=slots,
        warnings=_warnings(found, statics, tags),
        head=head,
        steps=steps,
        last=last,
        min_length=sum(len(part) if isinstance(part, str) else 1 for part in parts),
    )


def _retagged(found: tuple[Placeholder, ...], tags: tuple[str, ...]) -> tuple[Placeholder, ...]:
    """Let the tags held outside the text win, as far as the list goes."""
    given = [*tags[: len(found)], *[""] * (len(found) - len(tags))]
    return tuple(
        Placeholder(hole.index, known_tag(tag) or Tag.VAR, tag, hole.start, hole.end)
        if tag
        else hole
        for hole, tag in zip(found, given, strict=True)
    )


def _parts(
    found: tuple[Placeholder, ...], statics: tuple[str, ...], limits: Limits
) -> tuple[Part, ...]:
    literals = [unify(static) for static in statics]
    literals[0] = strip_start(literals[0])
    literals[-1] = strip_end(literals[-1])
    parts: list[Part] = [literals[0]]
    for hole, literal in zip(found, literals[1:], strict=True):
        _add_variable(parts, hole, limits)
        parts.append(literal)
    return tuple(part for part in parts if part != "")


def _add_variable(parts: list[Part], hole: Placeholder, limits: Limits) -> None:
    """Append a slot, or widen the one before when nothing stands between two of the same tag."""
    before = parts[-2] if parts[-1] == "" and len(parts) > 1 else None
    if isinstance(before, Slot) and before.tag is hole.tag:
        parts[-2:] = [Slot(before.first, before.count + 1, hole.tag, before.limit, before.rule)]
        return
    literal = parts[-1] if isinstance(parts[-1], str) else ""
    rule = rule_for(hole.tag, limits, glued=starts_a_link(literal, hole.tag))
    parts.append(Slot(hole.index, 1, hole.tag, limits.longest(hole.tag), rule))


def _steps(
    parts: tuple[Part, ...],
) -> tuple[str, tuple[Step, ...], tuple[Callable[[str], bool], int, str] | None]:
    """Return the text before the first slot, then each slot with the text that follows it."""
    head = parts[0] if parts and isinstance(parts[0], str) else ""
    pairs: list[tuple[Slot, str]] = []
    for part, following in zip(parts, (*parts, "")[1:], strict=True):
        if isinstance(part, Slot):
            pairs.append((part, following if isinstance(following, str) else ""))
    if not pairs:
        return head, (), None
    steps = tuple(
        (slot.rule.accepts, slot.capacity, after, len(after)) for slot, after in pairs[:-1]
    )
    slot, tail = pairs[-1]
    return head, steps, (slot.rule.accepts, slot.capacity, tail)


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
