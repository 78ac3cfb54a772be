"""The question the pipeline asks: may this body be sent under this template?"""

from __future__ import annotations

from dlt.matcher.explain import explain, suggestion
from dlt.matcher.lenient import would_pass_elsewhere
from dlt.matcher.normalise import normalise
from dlt.matcher.problem import Code, Problem
from dlt.matcher.result import Match, Mismatch
from dlt.matcher.search import Spans, find_cut
from dlt.matcher.template import Template, unfilled
from dlt.matcher.values import values_of
from dlt.matcher.wording import quoted

# NFC and CRLF can shorten a text, by far less than this.
_SHRINKS_AT_MOST = 4
_OUTER = " \t\r\n"


def check(template: Template, body: str) -> Match | Mismatch:
    """Compare a body with a template, strictly, and explain a refusal. Never raises on any text."""
    text = _read(template, body)
    if not _readable(template, text):
        return Mismatch((_unreadable(template, text),), notes=template.warnings)
    spans = find_cut(template, text)
    left = _unfilled(template, text) if "#" in text else ()
    if spans is not None and not left:
        return Match(template, text, spans)
    return _mismatch(template, text, spans, left)


def matches(template: Template, body: str) -> bool:
    """Answer like ``check`` but with yes or no, for those who try many templates."""
    text = _read(template, body)
    if not _readable(template, text) or find_cut(template, text) is None:
        return False
    return "#" not in text or not _unfilled(template, text)


def _read(template: Template, body: str) -> str:
    """Normalise, except what would be too long even then: that could take long."""
    most = template.limits.body * _SHRINKS_AT_MOST
    if len(body) > most:
        body = body.strip(_OUTER)
    return normalise(body) if len(body) <= most else body


def _readable(template: Template, text: str) -> bool:
    """Say whether there is something to compare: not nothing, and what an operator takes."""
    return 0 < len(text) <= template.limits.body and not text.isspace()


def _unreadable(template: Template, text: str) -> Problem:
    size, most = len(text), template.limits.body
    if not text or text.isspace():
        return Problem(Code.BODY_EMPTY, "The message is empty.", length=0)
    message = f"The message is {size} characters, limit {most}."
    return Problem(Code.BODY_TOO_LONG, message, length=size, limit=most)


def _unfilled(template: Template, text: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            Code.UNFILLED_PLACEHOLDER,
            f"The placeholder {quoted(found)} at character {at + 1} was not filled in.",
            position=at + 1,
            found=found,
        )
        for at, found in unfilled(template, text)
    )


def _mismatch(
    template: Template, text: str, spans: Spans | None, left: tuple[Problem, ...]
) -> Mismatch:
    problems = left
    if spans is None:
        explained = explain(template, text)
        problems, spans = left + explained.problems, explained.spans
    return Mismatch(
        problems,
        values_of(template, text, spans) if spans is not None else (),
        suggestion(template, text, spans),
        (*template.warnings, *(() if left else would_pass_elsewhere(template, text))),
    )
