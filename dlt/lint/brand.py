"""Who speaks: brand, entity and header name in the text, and whether they belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import HeaderFact, Subject
from dlt.models import Category

_WORD: Final = re.compile(r"[^\W_]+")
# Words of a company's name that say nothing about its brand.
_FORMS: Final = frozenset(
    {
        "pvt", "private", "ltd", "limited", "llp", "llc", "inc", "co", "company", "corp",
        "corporation", "india", "the", "and", "of", "m", "s", "opc", "enterprises", "industries",
        "group", "services", "solutions", "technologies",
    }
)  # fmt: skip
_LEAST_SHARED: Final = 4
_PROMOTIONAL: Final = {Category.PROMOTIONAL, Category.SERVICE_EXPLICIT}


def brand_words(name: str) -> list[str]:
    """Return the words of a company's name that make its brand, in lower case."""
    words = _WORD.findall(name.lower())
    return [word for word in words if word not in _FORMS] or words


def names_brand(text: str, name: str) -> bool:
    """Say whether the text has the first word of the brand."""
    words = brand_words(name)
    return bool(words) and words[0] in _WORD.findall(text.lower())


def brand_missing(subject: Subject) -> Iterator[LintFinding]:
    name, headers = subject.about.entity_name, subject.about.headers
    if not name or headers is None or not subject.static.strip():
        return
    if names_brand(subject.static, name) or any(_shows(subject.static, row) for row in headers):
        return
    names = [name, *(row.value for row in headers if not row.value.isdigit())]
    yield objection(
        "brand_missing",
        f"The text does not name {' or '.join(names)}.",
        "Every template must name the brand, such as “- ACMECO” at its end.",
    )


def _shows(text: str, header: HeaderFact) -> bool:
    """Say whether the header, or a word that begins like it, stands in the text."""
    value = header.value.lower()
    if value.isdigit():
        return False
    begin = value[:_LEAST_SHARED]
    words = _WORD.findall(text.lower())
    return value in words or (
        len(begin) == _LEAST_SHARED and any(w.startswith(begin) for w in words)
    )


def brand_not_full(subject: Subject) -> Iterator[LintFinding]:
    name, headers = subject.about.entity_name, subject.about.headers
    if not name or headers is None or not subject.holes:
        return
    words = _WORD.findall(subject.static.lower())
    full = set(brand_words(name)) <= set(words)
    if full or any(row.value.lower() in words for row in headers):
        return
    if any(brand_missing(subject)):
        return
    yield objection(
        "brand_not_full",
        f"The text shows neither the full name {name} nor a header as registered.",
        "Airtel asked for one of them; Vi asked for the header at the end.",
    )


def header_unrelated(subject: Subject) -> Iterator[LintFinding]:
    for row in subject.about.headers or ():
        finding = unrelated(row.value, subject.about.entity_name)
        if finding:
            yield finding


def unrelated(value: str, entity_name: str) -> LintFinding | None:
    """Return an objection when nothing of the entity's name is in the header."""
    if not entity_name or value.isdigit() or related(value, entity_name):
        return None
    return objection(
        "header_unrelated",
        f"Header {value} does not look like the name {entity_name}.",
        "Portals ask for a letter or a trademark when header and brand differ.",
    )


def related(value: str, entity_name: str) -> bool:
    """Say whether a header can be read as a short form of a name: its words, initials or letters in order."""
    value = value.lower()
    words = _WORD.findall(entity_name.lower())
    joined = "".join(words)
    initials = "".join(word[0] for word in words)
    short = "".join(word[0] for word in words if word not in {"of", "and", "the"})
    if any(word.startswith(value[:3]) for word in words):
        return True
    if any(len(form) > 1 and value.startswith(form[:3]) for form in (initials, short)):
        return True
    letters = iter(joined)
    return value[0] == joined[:1] and all(letter in letters for letter in value)


def header_kind(subject: Subject) -> Iterator[LintFinding]:
    if subject.category in _PROMOTIONAL:
        return
    for row in subject.about.headers or ():
        if row.promotional or row.value.isdigit():
            label = Category(subject.category).label.lower()
            yield objection(
                "header_kind",
                f"Header {row.value} is promotional; a {label} template cannot be sent with it.",
                "Link a header of the kind “Service and transactional”.",
            )


def not_usable(subject: Subject) -> Iterator[LintFinding]:
    for row in subject.about.headers or ():
        if row.state_label:
            sentence = f"Header {row.value} is {row.state_label}."
            yield objection("header_not_usable", sentence, "Decide about the header first.")
    if subject.about.entity_state:
        sentence = f"Entity {subject.about.entity_name} is {subject.about.entity_state}."
        yield objection("entity_not_usable", sentence, "Decide about the entity first.")


RULES: Final = (brand_missing, brand_not_full, header_unrelated, header_kind, not_usable)
