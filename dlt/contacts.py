"""Links, telephone numbers and e-mail addresses in a message: where they stand and what they are.

Pure. Whether the whitelist has them is ``dlt.scrub.whitelist``; how they are compared is ``dlt.cta``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dlt.cta import NUMBERS, kind_of
from dlt.matcher import Tag, VariableValue
from dlt.models.ctas import Cta


class What(StrEnum):
    LINK = "link"
    NUMBER = "number"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Contact:
    """Something a receiver may tap. ``tag`` is that of the variable it stands in, None in fixed text."""

    what: What
    text: str
    start: int
    end: int
    tag: Tag | None = None
    variable: int = 0
    starts_in_text: bool = False

    @property
    def is_typed(self) -> bool:
        return self.tag in _TYPED

    @property
    def is_untyped(self) -> bool:
        """Whether it stands in a variable that operators do not expect it in."""
        return self.tag is not None and not self.is_typed and not self.starts_in_text


_TYPED: Final = {
    Tag.URL: What.LINK,
    Tag.URLOTT: What.LINK,
    Tag.CBN: What.NUMBER,
    Tag.EMAIL: What.EMAIL,
}
# Domains people write without scheme and path. Others are seen when a scheme, "www." or a path follows.
_ENDINGS: Final = (
    "com|in|net|org|io|co|me|ly|app|info|biz|shop|store|online|site|club|link|live|page|dev|xyz|gl|gd"
    "|to|cc|tv"
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")
_LINK: Final = re.compile(
    r"(?<![\w@.-])(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://\S+|www\.\S+"
    r"|(?:[a-zA-Z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/\S*"
    rf"|(?:[a-z0-9-]{{2,63}}\.){{1,6}}(?:{_ENDINGS})(?![\w.@-]*\w))"
)
_NUMBER: Final = re.compile(r"(?<![\w.])\+?(?:[0-9][ -]?){7,12}[0-9](?!\w)")
_CLOSING: Final = ".,;:!)]}\"'’”>"
_SURELY_NUMBERS: Final = frozenset({Cta.Kind.MOBILE, Cta.Kind.TOLL_FREE, Cta.Kind.SERIES})


def contacts_in(body: str, values: Sequence[VariableValue]) -> list[Contact]:
    """Return what is found in a normalised body, in order. A typed variable's value always counts."""
    found = [_placed(contact, values) for contact in _seen(body)]
    covered = {contact.variable for contact in found if contact.is_typed}
    for value in values:
        what = _TYPED.get(value.tag)
        if what and value.index not in covered and value.value.strip():
            found.append(
                Contact(what, value.value.strip(), value.start, value.end, value.tag, value.index)
            )
    return sorted(found, key=lambda contact: contact.start)


def _seen(body: str) -> Iterator[Contact]:
    taken: list[tuple[int, int]] = []
    for what, pattern in ((What.LINK, _LINK), (What.EMAIL, _EMAIL), (What.NUMBER, _NUMBER)):
        for hit in pattern.finditer(body):
            text = hit[0].rstrip(_CLOSING) if what is What.LINK else hit[0]
            span = (hit.start(), hit.start() + len(text))
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            if what is What.NUMBER and not _surely_a_number(text):
                continue
            taken.append(span)
            yield Contact(what, text, *span)


def _surely_a_number(text: str) -> bool:
    """Say whether digits are meant to be called; order numbers have ten digits too."""
    kind = kind_of(text)
    return kind in _SURELY_NUMBERS or (kind in NUMBERS and text.startswith(("+", "0")))


def _placed(contact: Contact, values: Iterable[VariableValue]) -> Contact:
    """Say in which variable a contact stands; a typed one goes before its neighbours."""
    inside = [v for v in values if v.start < contact.end and contact.start < v.end]
    if not inside:
        return contact
    value = next((v for v in inside if _TYPED.get(v.tag) is contact.what), inside[0])
    first = min(v.start for v in inside)
    return Contact(
        contact.what, contact.text, contact.start, contact.end,
        value.tag, value.index, starts_in_text=contact.start < first,
    )  # fmt: skip
