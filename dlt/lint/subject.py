"""A template as the rules look at it: its text, and what else is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dlt.matcher import Limits, Placeholder, Template, compile_template


@dataclass(frozen=True, slots=True)
class HeaderFact:
    """A header that may send the template. ``state_label`` is empty when it is approved."""

    value: str
    promotional: bool = False
    state_label: str = ""


@dataclass(frozen=True, slots=True)
class CtaFact:
    """A whitelisted link, number or address of the entity."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another template with the very same text."""

    template_id: str
    name: str
    same_entity: bool


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """The consent template a content template rests on."""

    name: str
    same_entity: bool = True
    state_label: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is known beside the text. None: not known, so nothing is said about it."""

    entity_name: str = ""
    entity_state: str = ""
    headers: tuple[HeaderFact, ...] | None = None
    ctas: tuple[CtaFact, ...] | None = None
    twins: tuple[Twin, ...] = ()
    consent_known: bool = False
    consent: ConsentFact | None = None
    template_id: str = ""
    samples: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    longest: tuple[int | None, ...] = ()
    limits: Limits = field(default_factory=Limits)
    # The day the template was submitted; typed variables are demanded since January 2026.
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule gets. ``fixed`` is the text with a NUL in place of each variable's signs."""

    text: str
    category: str
    content_type: str
    about: About
    compiled: Template
    fixed: str

    @property
    def holes(self) -> tuple[Placeholder, ...]:
        return self.compiled.placeholders

    @property
    def static(self) -> str:
        """The text without its variables."""
        return self.fixed.replace("\0", "")


def subject_of(text: str, category: str, content_type: str, about: About) -> Subject:
    """Look at a text as the rules do."""
    compiled = compile_template(text, about.limits, about.tags, about.longest)
    return Subject(text, category, content_type, about, compiled, _blanked(text, compiled))


def _blanked(text: str, compiled: Template) -> str:
    """Keep every place in the text where it is, so that findings can point at it."""
    signs = list(text.replace("\0", " "))
    for hole in compiled.placeholders:
        signs[hole.start : hole.end] = "\0" * (hole.end - hole.start)
    return "".join(signs)


def samples_in(variables: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the sample values among what is stored of a template's variables."""
    return tuple(str(variable.get("sample") or "") for variable in variables)
