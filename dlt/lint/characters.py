"""Signs that portals refuse, change or charge for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from core.sms_encoding import is_gsm
from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.models import ContentTemplate

_PLAIN: Final = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{NO-BREAK SPACE}": "a space",
    "\N{BULLET}": "-",
}
# Indian scripts need these two to join letters.
_JOINERS: Final = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}
_SPACES: Final = re.compile(r"[ \u00a0]{2,}")
_SHOWN: Final = 3


def two_spaces(subject: Subject) -> Iterator[LintFinding]:
    hits = list(_SPACES.finditer(subject.fixed))
    if hits:
        first = hits[0]
        more = f" and at {len(hits) - 1} more places" if len(hits) > 1 else ""
        sentence = (
            f"There are {len(first[0])} spaces in a row after character {first.start()}{more}."
        )
        yield objection(
            "two_spaces", sentence, "Leave one.", at=first.start(), length=len(first[0])
        )


def angle_bracket(subject: Subject) -> Iterator[LintFinding]:
    used = [sign for sign in "<>" if sign in subject.fixed]
    if used:
        at = min(subject.fixed.index(sign) for sign in used)
        yield objection(
            "angle_bracket",
            f"Portals take every character of the keyboard but {' and '.join(used)}.",
            "Use words or round brackets.",
            at=at,
            length=1,
        )


def typographic(subject: Subject) -> Iterator[LintFinding]:
    found = [sign for sign in _PLAIN if sign in subject.fixed]
    if found:
        shown = ", ".join("no-break space" if sign == "\u00a0" else sign for sign in found)
        plain = ", ".join(dict.fromkeys(_PLAIN[sign] for sign in found))
        yield objection(
            "typographic",
            f"The text has typographic characters ({shown}), as word processors make them.",
            f"Unless the portal shows the same, use {plain}: operators compare every character.",
            at=min(subject.fixed.index(sign) for sign in found),
            length=1,
        )


def invisible(subject: Subject) -> Iterator[LintFinding]:
    if subject.text.isascii():
        return
    for at, sign in enumerate(subject.fixed):
        if unicodedata.category(sign) == "Cf" and sign not in _JOINERS:
            name = unicodedata.name(sign, "a control character").lower()
            yield objection(
                "invisible",
                f"Character {at + 1} is invisible: {name} (U+{ord(sign):04X}).",
                "Delete it, or type the text anew instead of pasting it.",
                at=at,
                length=1,
            )
            return


def not_unicode(subject: Subject) -> Iterator[LintFinding]:
    if subject.content_type != ContentTemplate.ContentType.TEXT or subject.text.isascii():
        return
    for at, sign in enumerate(subject.fixed):
        if ord(sign) > 0x2FF and sign.isalpha() and not is_gsm(sign):
            yield objection(
                "not_unicode",
                f"“{sign}” is no letter of a Text template.",
                "Choose the content type Unicode.",
                at=at,
                length=1,
            )
            return


def unicode_cost(subject: Subject) -> Iterator[LintFinding]:
    if is_gsm(subject.static):
        return
    signs = [sign for sign in dict.fromkeys(subject.static) if not is_gsm(sign)]
    shown = ", ".join(
        sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs[:_SHOWN]
    )
    more = " and others" if len(signs) > _SHOWN else ""
    yield objection(
        "unicode_cost",
        f"{shown}{more} make an SMS hold 70 characters instead of 160.",
        "Nothing to do where the language needs it; otherwise use plain characters.",
        at=subject.fixed.index(signs[0]),
        length=1,
    )


def unicode_needless(subject: Subject) -> Iterator[LintFinding]:
    declared = subject.content_type == ContentTemplate.ContentType.UNICODE
    if declared and subject.static.strip() and is_gsm(subject.static):
        yield objection(
            "unicode_needless",
            "The content type is Unicode, but every fixed character fits into Text.",
            "Compare it with the portal: it sets the type from the language.",
        )


RULES: Final = (
    two_spaces, angle_bracket, typographic, invisible, not_unicode, unicode_cost, unicode_needless,
)  # fmt: skip
