"""What somebody submits as a content template, and what is wrong with it before the database is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from core.errors import DomainError
from dlt.identifiers import IdKind, is_provisional
from dlt.lint import MAX_LENGTH, lint
from dlt.matcher import normalise
from dlt.matcher.limits import LONGEST_BODY, known_tag
from dlt.matcher.rules import rule_for
from dlt.matcher.template import placeholders
from dlt.models import Category, ContentTemplate
from dlt.rules import Rules, compile_text
from dlt.services.fields import character_problems, id_problems, name_problems
from dlt.services.linked_headers import wanted_headers

VARIABLE_KEYS: Final = frozenset({"tag", "limit", "sample", "name"})
# What no portal takes at all, as ``dlt.lint`` names it; the rest is for the approver to weigh.
REFUSED: Final = frozenset(
    {
        "angle_bracket",
        "no_static_text",
        "too_long",
        "two_spaces",
        "variables_adjacent",
        "variables_together",
    }
)
LONGEST_WORD: Final = 60
LONGEST_SAMPLE: Final = 500


class TextMissing(DomainError):
    code = "dlt.text_missing"
    message = "A template needs a text."


class TextTooLong(DomainError):
    code = "dlt.text_too_long"
    message = "The text has {length} characters; {limit} is the most."


class NoFixedText(DomainError):
    code = "dlt.no_fixed_text"
    message = (
        "The text is nothing but variables, so any message would fit it."
        " Operators want at least 30% fixed text."
    )


class HeadersMissing(DomainError):
    code = "dlt.headers_missing"
    message = "Choose at least one header that may send this template."


class BadVariable(DomainError):
    code = "dlt.bad_variable"
    message = "{problem}"


class BadChoice(DomainError):
    code = "dlt.bad_choice"
    message = "“{value}” is no {what}. Known: {known}."


class PortalWouldRefuse(DomainError):
    code = "dlt.portal_would_refuse"
    message = (
        "Operators refuse this text: {problem} Change the text; or, if the portal shows it exactly so,"
        " confirm that it is registered this way."
    )


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What somebody submits.

    ``variables`` are those of ``ContentTemplate.variables``, ``limit`` counts for each variable without one
    of its own. ``consent`` and ``supersedes`` are ids of the registry. ``as_registered``: the portal shows
    the text so, whatever lint says of it.
    """

    pe_id: str
    template_id: str
    name: str
    text: str
    headers: Sequence[str]
    category: str = Category.SERVICE_IMPLICIT
    content_type: str = ContentTemplate.ContentType.TEXT
    variables: Sequence[Mapping[str, Any]] = ()
    limit: int | None = None
    consent: str = ""
    supersedes: str = ""
    as_registered: bool = True

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        yield from id_problems(self.template_id, IdKind.TEMPLATE, "template_id")
        yield from self.content_problems()
        if not wanted_headers(self.headers):
            yield HeadersMissing(field="headers")

    def draft_problems(self) -> Iterator[DomainError]:
        """Yield what is wrong even with an unfinished draft."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        if self.template_id.strip() and not is_provisional(self.template_id):
            yield from id_problems(self.template_id, IdKind.TEMPLATE, "template_id")
        yield from name_problems(self.name)
        yield from _size_problems(self.text)
        yield from self._choice_problems()
        yield from variable_problems(self.text, self.variables, self.limit)

    def content_problems(self) -> Iterator[DomainError]:
        yield from name_problems(self.name)
        yield from text_problems(self.text)
        yield from self._choice_problems()
        yield from variable_problems(self.text, self.variables, self.limit)
        if not self.as_registered:
            yield from refusals_of_portals(self.text, self.category, self.content_type)

    def _choice_problems(self) -> Iterator[DomainError]:
        yield from _choice(self.category, Category.values, "category", "category")
        known = ContentTemplate.ContentType.values
        yield from _choice(self.content_type, known, "content_type", "content type")

    def stored_variables(self) -> list[dict[str, Any]]:
        return stored_variables(self.variables)


def _choice(value: str, known: Sequence[str], field: str, what: str) -> Iterator[DomainError]:
    if value not in known:
        yield BadChoice(field=field, value=value[:40], what=what, known=", ".join(known))


def text_problems(text: str) -> Iterator[DomainError]:
    """Yield why a text can be no template at all."""
    if not text.strip():
        yield TextMissing(field="text")
        return
    yield from _size_problems(text)
    found = placeholders(text)
    fixed = len(text) - sum(hole.end - hole.start for hole in found)
    if found and not (fixed and _has_word(text)):
        yield NoFixedText(field="text")


def _has_word(text: str) -> bool:
    """Say whether a letter or a digit stands outside the variables."""
    at, fixed = 0, ""
    for hole in placeholders(text):
        fixed += text[at : hole.start]
        at = hole.end
    return any(sign.isalnum() for sign in fixed + text[at:])


def _size_problems(text: str) -> Iterator[DomainError]:
    if len(text) > MAX_LENGTH:
        yield TextTooLong(field="text", length=len(text), limit=MAX_LENGTH)
    yield from character_problems(text, "text", "The text")


def refusals_of_portals(text: str, category: str, content_type: str) -> Iterator[DomainError]:
    """Yield, as one problem, what portals refuse in a text."""
    errors = [found for found in lint(text, category, content_type) if found.code in REFUSED]
    if errors:
        yield PortalWouldRefuse(
            field="text",
            problem=" ".join(found.message for found in errors),
            findings=[found.as_dict() for found in errors],
        )


def variable_problems(
    text: str, variables: Sequence[Mapping[str, Any]], limit: int | None
) -> Iterator[DomainError]:
    """Yield what is wrong with what is held beside the text."""
    if limit is not None and not _is_limit(limit):
        problem = f"A limit is a whole number from 1 to {LONGEST_BODY}."
        yield BadVariable(field="limit", problem=problem)
    count = len(placeholders(text))
    if len(variables) > count:
        yield _bad(f"The text has {count} variables, but {len(variables)} are described.")
    for index, variable in enumerate(variables, 1):
        problem = _variable_problem(variable)
        if problem:
            yield _bad(f"Variable {index}: {problem}")


def _bad(problem: str) -> BadVariable:
    return BadVariable(field="variables", problem=problem)


def _is_limit(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_BODY


def _variable_problem(variable: Mapping[str, Any]) -> str:
    unknown = next((key for key in variable if key not in VARIABLE_KEYS), None)
    if unknown is not None:
        return f"it has no “{str(unknown)[:40]}”. Known: tag, limit, sample, name."
    tag, limit = variable.get("tag") or "", variable.get("limit")
    if not isinstance(tag, str) or (tag and known_tag(tag) is None):
        return (
            f"there is no type “{str(tag)[:40]}”."
            " Known: var, numeric, alphanumeric, url, urlott, cbn, email."
        )
    if limit not in (None, "") and not _is_limit(limit):
        return f"its limit is a whole number from 1 to {LONGEST_BODY}."
    return _words_problem(variable)


def _words_problem(variable: Mapping[str, Any]) -> str:
    for key, longest in (("sample", LONGEST_SAMPLE), ("name", LONGEST_WORD)):
        value = variable.get(key) or ""
        if not isinstance(value, str):
            return f"its {key} is a text."
        if len(value) > longest:
            return f"its {key} has {len(value)} characters; {longest} is the most."
        if "\0" in value:
            return f"its {key} holds a character that no keyboard makes."
    return ""


def sample_problems(
    text: str,
    template_id: str,
    variables: Sequence[Mapping[str, Any]],
    limit: int | None,
    rules: Rules,
) -> Iterator[DomainError]:
    """Yield samples that could not be sent in their places, under an account's limits."""
    compiled = compile_text(text, template_id, [dict(row) for row in variables], limit, rules)
    for index, (hole, variable) in enumerate(
        zip(compiled.placeholders, variables, strict=False), 1
    ):
        sample = str(variable.get("sample") or "")
        if not sample:
            continue
        longest = compiled.longest[index - 1]
        slot = next(slot for slot in compiled.slots if slot.first <= index <= slot.last)
        if len(sample) > longest:
            yield _bad(
                f"Variable {index}: the sample “{sample[:40]}” has {len(sample)} characters;"
                f" {longest} is the most."
            )
        elif not (
            slot.rule.accepts(sample)
            or rule_for(hole.tag, compiled.limits, glued=False).accepts(sample)
        ):
            yield _bad(f"Variable {index}: the sample “{sample[:40]}” must be {slot.rule.wanted}.")


def stored_variables(variables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return variables as they are kept: without empty keys, without empty ones at the end."""
    kept = [
        {key: value for key, value in variable.items() if value not in (None, "")}
        for variable in variables
    ]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text as it is compared."""
    return sha256(normalise(text).encode()).hexdigest()
