"""The text as a whole: its length, and whether there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject

MAX_LENGTH: Final = 2000
_WORD: Final = re.compile(r"[^\W_]")


def empty_text(subject: Subject) -> Iterator[LintFinding]:
    if not subject.text.strip():
        yield objection("empty_text", "There is no text.", "Write it as the portal shows it.")


def too_long(subject: Subject) -> Iterator[LintFinding]:
    length = len(subject.text)
    if length > MAX_LENGTH:
        over = length - MAX_LENGTH
        yield objection(
            "too_long",
            f"The text has {length:,} characters; portals take {MAX_LENGTH:,} at most.",
            f"Shorten it by {over:,}.",
            at=MAX_LENGTH,
            length=over,
        )


def no_static_text(subject: Subject) -> Iterator[LintFinding]:
    if subject.holes and not _WORD.search(subject.static):
        yield objection(
            "no_static_text",
            "There is no fixed text: nothing but variables.",
            "Write what the message says around them, and your brand name.",
            at=0,
            length=len(subject.text),
        )


def outer_blanks(subject: Subject) -> Iterator[LintFinding]:
    text = subject.text
    if not text.strip() or text == text.strip():
        return
    where = "begins" if text != text.lstrip() else "ends"
    front = len(text) - len(text.lstrip())
    at, length = (0, front) if front else (len(text.rstrip()), len(text) - len(text.rstrip()))
    yield objection(
        "outer_blanks",
        f"The text {where} with blanks that nobody sees.",
        "Take them away, unless the portal shows them too.",
        at=at,
        length=length,
    )


RULES: Final = (empty_text, too_long, no_static_text, outer_blanks)
BLOCKING: Final = (empty_text, too_long, no_static_text)
