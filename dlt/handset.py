"""A template as a telephone shows it: header with its suffix, text with values, length in SMS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from core.sms_encoding import segment
from dlt.matcher import Tag, Template
from dlt.models import Category, ContentTemplate, Header, Record
from dlt.rules import Rules, compile_row

SUFFIX: Final = {
    Category.PROMOTIONAL: "P",
    Category.TRANSACTIONAL: "T",
    Category.GOVERNMENT: "G",
}
_MEANING: Final = {"P": "promotional", "T": "transactional", "G": "government", "S": "service"}
_SAMPLES: Final = {
    Tag.VAR: "Asha Nair",
    Tag.NUMERIC: "482913",
    Tag.ALPHANUMERIC: "AB12 4471",
    Tag.URL: "https://www.example.com/r?id=9",
    Tag.URLOTT: "https://www.example.com/app",
    Tag.CBN: "18001234567",
    Tag.EMAIL: "care@example.com",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Registered text, and the value that stands behind it."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a telephone shows. ``most_parts``: how many SMS it takes with the longest values."""

    shown_as: str
    suffix: str
    stretches: tuple[Stretch, ...] = ()
    given: bool = False  # the samples are those of the submission
    parts: int = 0
    most_parts: int = 0
    encoding: str = ""
    length: int = 0

    @property
    def meaning(self) -> str:
        return _MEANING[self.suffix]


def handset_header(value: str, category: str) -> str:
    """Return a header as a handset shows it: operator and circle letters, header, suffix."""
    return f"XY-{value}-{SUFFIX.get(Category(category), 'S')}"


def preview_of(row: Record, rules: Rules) -> Preview | None:
    """Return how a template or a header looks on a telephone; None for other records."""
    if isinstance(row, Header):
        shown = handset_header(row.value, _category_of(row))
        return Preview(shown, shown[-1])
    return _of_template(row, rules) if isinstance(row, ContentTemplate) else None


def _of_template(row: ContentTemplate, rules: Rules) -> Preview:
    template = compile_row(row, rules)
    samples = [str(variable.get("sample") or "") for variable in _variables(row)]
    stretches = _stretches(template, _values(template, samples))
    first = next(iter(row.headers.all()), None)
    shown = handset_header(first.value, row.category) if first else ""
    body = "".join(f"{s.text}{s.value}" for s in stretches)
    now, most = segment(body), segment(_longest_body(template))
    return Preview(
        shown_as=shown,
        suffix=shown[-1:] or "S",
        stretches=tuple(stretches),
        given=any(samples),
        parts=len(now.units),
        most_parts=max(len(most.units), len(now.units)),
        encoding="GSM-7" if now.encoding == "gsm" else "Unicode",
        length=len(body),
    )


def _category_of(header: Header) -> str:
    if header.kind == Header.Kind.PROMOTIONAL:
        return Category.PROMOTIONAL
    government = header.kind == Header.Kind.GOVERNMENT
    return Category.GOVERNMENT if government else Category.SERVICE_IMPLICIT


def _variables(row: ContentTemplate) -> list[dict[str, Any]]:
    return list(row.variables)


def _values(template: Template, samples: list[str]) -> list[str]:
    given = dict(enumerate(samples, 1))
    rows = zip(template.placeholders, template.longest, strict=True)
    return [(given.get(hole.index) or _SAMPLES[hole.tag])[:longest] for hole, longest in rows]


def _stretches(template: Template, values: list[str]) -> list[Stretch]:
    return [
        Stretch(text, value) for text, value in zip(template.statics, [*values, ""], strict=True)
    ]


def _longest_body(template: Template) -> str:
    """Return a body as long as the variables allow, in the alphabet of the fixed text."""
    full = ["0" * longest for longest in template.longest]
    return "".join(f"{s.text}{s.value}" for s in _stretches(template, full))
