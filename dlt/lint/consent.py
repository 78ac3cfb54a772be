"""Consent templates: what promotional texts rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.models import Category

_WANTED: Final = {Category.PROMOTIONAL, Category.SERVICE_EXPLICIT}


def consent(subject: Subject) -> Iterator[LintFinding]:
    about, label = subject.about, Category(subject.category).label.lower()
    if not about.consent_known:
        return
    linked = about.consent
    if linked is None:
        if subject.category in _WANTED:
            yield objection(
                "consent_missing",
                f"A {label} template needs a consent template; none is linked.",
                "Register what customers agreed to, and link it here and on the portal.",
            )
        return
    if subject.category not in _WANTED:
        sentence = f"A {label} template needs no consent, but {linked.name} is linked."
        yield objection("consent_needless", sentence, "Unlink it, or correct the category.")
    if not linked.same_entity:
        sentence = f"Consent template {linked.name} belongs to another entity."
        yield objection("consent_other_entity", sentence, "Link one of this entity.")
    if linked.state_label:
        sentence = f"Consent template {linked.name} is {linked.state_label}."
        yield objection("consent_not_usable", sentence, "Decide about the consent template first.")


RULES: Final = (consent,)
