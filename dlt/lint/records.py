"""Short checks of the other registries: headers, links and numbers, consents, chains, ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dlt.cta import link_key, problem_with
from dlt.identifiers import warning_about
from dlt.lint.brand import names_brand, unrelated
from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.links import SHORTENERS
from dlt.matcher import placeholders

_SIX_LETTERS: Final = re.compile(r"[A-Za-z]{6}")
_USUAL_CHAIN: Final = 2
_SHORTEST_PURPOSE: Final = 40


def lint_id(registry_id: str) -> list[LintFinding]:
    """Return what is unusual about an id of an entity, a telemarketer or a consent."""
    unusual = warning_about(registry_id)
    return [objection("unusual_id", unusual)] if unusual else []


def lint_header(
    value: str,
    *,
    promotional: bool,
    entity_name: str,
    category_digit: str = "",
    others: Sequence[tuple[str, str]] = (),
) -> list[LintFinding]:
    """Check a header; ``others`` are the account's other headers as (value, entity name)."""
    found = list(_header_shape(value, promotional, category_digit))
    odd = unrelated(value, entity_name)
    if odd:
        found.append(odd)
    for other, entity in others:
        if other == value and entity != entity_name:
            sentence = f"{entity} has a header {value} too; a header belongs to one entity."
            found.append(objection("header_elsewhere", sentence, "Compare both with the portal."))
        elif other != value and other.lower() == value.lower():
            sentence = f"There is a header {other} too: capitals count, they are two headers."
            found.append(objection("header_case", sentence, "Keep the one that the portal shows."))
    return found


def _header_shape(value: str, promotional: bool, digit: str) -> Iterator[LintFinding]:  # noqa: FBT001 -- private
    if not promotional and not _SIX_LETTERS.fullmatch(value):
        yield objection(
            "unusual_header",
            f"Most headers have exactly 6 letters; this one is “{value}”.",
            "Compare it with the portal, capitals included.",
        )
    if promotional and value.isdigit() and digit and value[0] != digit:
        yield objection(
            "header_digit",
            f"Header {value} begins with {value[0]}, but its category is {digit}.",
            "The first digit of a promotional header is its category.",
        )


def lint_cta(kind: str, value: str) -> list[LintFinding]:
    """Check the shape of a link, number or address, as portals do."""
    found = []
    problem = problem_with(value, kind)
    if problem:
        found.append(objection("cta_shape", f"“{value}” would be refused. {problem}"))
    host = link_key(value).partition("/")[0]
    if host in SHORTENERS:
        sentence = f"{host} shortens links for anybody; operators refuse most of these."
        found.append(objection("shortener", sentence, "Use a link of your own domain."))
    return found


def lint_consent(text: str, *, brand: str, consent_id: str) -> list[LintFinding]:
    """Check a consent template: brand and purpose, no variables."""
    found = lint_id(consent_id)
    holes = placeholders(text)
    if holes:
        found.append(
            objection(
                "consent_variable",
                f"A consent template has no variables; this one has {text[holes[0].start : holes[0].end]}.",
                "Write the purpose out.",
                at=holes[0].start,
                length=holes[0].end - holes[0].start,
            )
        )
    if brand and not names_brand(text, brand):
        sentence = f"The text does not name the brand {brand}."
        found.append(objection("consent_brand", sentence, "Say who asks for the consent."))
    if len(text.strip()) < _SHORTEST_PURPOSE:
        sentence = "The text is short: it must say what the customer agrees to."
        found.append(objection("consent_purpose", sentence, "Name brand and purpose."))
    return sorted(found, key=lambda finding: finding.severity != "error")


def lint_chain(
    *, hash_given: str, hash_expected: str, links: Sequence[tuple[str, str, str]]
) -> list[LintFinding]:
    """Check a chain; ``links`` are its telemarketers as (name, role, state unless it is active)."""
    found = []
    if hash_given != hash_expected:
        found.append(
            objection(
                "chain_hash",
                "The hash is not the one of these telemarketers in this order.",
                f"The right one is {hash_expected}.",
            )
        )
    if len(links) > _USUAL_CHAIN:
        sentence = f"The chain has {len(links)} telemarketers; Vi takes 2 at most."
        found.append(objection("chain_long", sentence, "Ask your provider for a shorter one."))
    if links and links[-1][1] != "DF":
        sentence = f"{links[-1][0]} is last but only aggregates: the last one submits to operators."
        found.append(objection("chain_end", sentence, "End with a telemarketer that delivers."))
    for name, _, state in links:
        if state:
            sentence = f"Telemarketer {name} is {state}."
            found.append(objection("telemarketer_not_usable", sentence, "Decide about it first."))
    return found
