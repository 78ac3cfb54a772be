"""What operators object to in a record, found before they do. Pure: text and facts in, findings out.

An *error* is what portals refuse; a *warning* is what approvers ask about; a *hint* is good to know. The
registry holds what an operator approved, whatever we think of it, so only what cannot be a template at all
is refused: see ``blocking_findings``. One small file per theme; ``catalogue`` lists every objection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from dlt.lint import (
    brand,
    characters,
    consent,
    links,
    registry,
    samples,
    spelling,
    variables,
    whole,
    wording,
)
from dlt.lint.catalogue import CATALOGUE, objection
from dlt.lint.finding import ORDER, LintFinding, Severity
from dlt.lint.subject import (
    About,
    ConsentFact,
    CtaFact,
    HeaderFact,
    Subject,
    Twin,
    samples_in,
    subject_of,
)
from dlt.lint.whole import MAX_LENGTH

__all__ = [
    "CATALOGUE",
    "MAX_LENGTH",
    "NOTHING_KNOWN",
    "About",
    "ConsentFact",
    "CtaFact",
    "HeaderFact",
    "LintFinding",
    "Severity",
    "Twin",
    "blocking_findings",
    "lint",
    "objection",
    "samples_in",
]

_RULES: Final[tuple[Callable[[Subject], Iterator[LintFinding]], ...]] = (
    *whole.RULES, *variables.RULES, *spelling.RULES, *samples.RULES, *characters.RULES,
    *brand.RULES, *wording.RULES, *links.RULES, *consent.RULES, *registry.RULES,
)  # fmt: skip
# A text may be of any length before it is refused; rules look at this much of it.
_LOOKED_AT: Final = 20_000
NOTHING_KNOWN: Final = About()


def lint(
    text: str, category: str, content_type: str = "text", about: About = NOTHING_KNOWN
) -> list[LintFinding]:
    """Return every objection to a template, errors first, hints last."""
    subject = subject_of(text[:_LOOKED_AT], category, content_type, about)
    found = [finding for rule in _RULES for finding in rule(subject)]
    return sorted(found, key=lambda finding: ORDER[finding.severity])


def blocking_findings(text: str) -> list[LintFinding]:
    """Return why a text cannot be submitted at all: none, too long, or nothing but variables."""
    subject = subject_of(text[:_LOOKED_AT], "", "", NOTHING_KNOWN)
    return [finding for rule in whole.BLOCKING for finding in rule(subject)]
