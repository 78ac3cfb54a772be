"""What the registry itself says about a template: doubles and unusual ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlt.identifiers import warning_about
from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject


def doubles(subject: Subject) -> Iterator[LintFinding]:
    for same_entity in (True, False):
        twins = [twin for twin in subject.about.twins if twin.same_entity is same_entity]
        if not twins:
            continue
        first = twins[0]
        more = f" and {len(twins) - 1} more" if len(twins) > 1 else ""
        named = f"Template {first.template_id} “{first.name}”{more}"
        if same_entity:
            sentence = f"{named} has the very same text."
            yield objection("same_text", sentence, "Use that one; portals refuse a double.")
        else:
            sentence = f"{named} of another entity has the very same text."
            yield objection(
                "same_text_elsewhere", sentence, "Say in each text which business it is."
            )


def unusual_id(subject: Subject) -> Iterator[LintFinding]:
    unusual = warning_about(subject.about.template_id) if subject.about.template_id else ""
    if unusual:
        yield objection("unusual_id", unusual)


RULES: Final = (doubles, unusual_id)
