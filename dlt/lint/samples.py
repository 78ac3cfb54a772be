"""Sample values, which portals ask for and check against the variable's type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.matcher import Mismatch, Placeholder, Tag, check, compile_template

_BARE_LINK: Final = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:com|in|co|org|net|io|me|app|ly|info|biz|shop|store|online)(?:/\S*)?",
    re.IGNORECASE,
)
_TYPES: Final = {
    Tag.VAR: "any text without line breaks",
    Tag.NUMERIC: "digits only",
    Tag.ALPHANUMERIC: "letters, digits, spaces and _ / .",
    Tag.URL: "a link that starts with http://, https:// or www.",
    Tag.URLOTT: "a link into an app, or with http://, https:// or www.",
    Tag.CBN: "a telephone number of 8 to 13 digits",
    Tag.EMAIL: "an e-mail address",
}


def bad_sample(subject: Subject) -> Iterator[LintFinding]:
    for hole, longest, sample in _with_samples(subject):
        alone = compile_template(f"{{#{hole.tag}#}}", subject.about.limits, None, [longest])
        result = check(alone, sample)
        if isinstance(result, Mismatch):
            shown = sample if len(sample) <= 40 else f"{sample[:39]}…"
            yield objection(
                "bad_sample",
                f"The sample “{shown}” does not fit variable {hole.index} ({{#{hole.name}#}}).",
                f"Give {_TYPES[hole.tag]}, at most {longest} characters.",
                at=hole.start,
                length=hole.end - hole.start,
            )


def sample_link_bare(subject: Subject) -> Iterator[LintFinding]:
    for hole, _, sample in _with_samples(subject):
        if hole.tag is Tag.VAR and _BARE_LINK.fullmatch(sample.strip()):
            yield objection(
                "sample_link_bare",
                f"The sample “{sample}” of variable {hole.index} is a link without http or www.",
                "Write https:// before it, and use the tag {#url#}.",
                at=hole.start,
                length=hole.end - hole.start,
            )


def _with_samples(subject: Subject) -> Iterator[tuple[Placeholder, int, str]]:
    rows = zip(subject.holes, subject.compiled.longest, subject.about.samples, strict=False)
    return ((hole, longest, sample) for hole, longest, sample in rows if sample)


RULES: Final = (bad_sample, sample_link_bare)
