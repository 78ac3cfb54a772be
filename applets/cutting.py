"""The beginning of a text, cut where nothing is torn apart."""

from __future__ import annotations

import unicodedata
from typing import Final

# Read beyond the wanted characters: NFC makes one of several, and never of more than this.
_JOINED_AT_MOST: Final = 4
_JOINER: Final = "\u200d"


def first_characters(text: str, most: int) -> str:
    """Return at most the first ``most`` code points of a text in NFC, as DLT counts them.

    A letter keeps the marks on it, and a joined sign its parts, or goes as a whole.
    """
    text = unicodedata.normalize("NFC", text[: (most + 1) * _JOINED_AT_MOST])
    if len(text) <= most:
        return text
    end = most
    while end > 0 and _belongs_to_the_one_before(text, end):
        end -= 1
    return text[:end] if end else text[:most]


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    return (
        text[at] == _JOINER
        or text[at - 1] == _JOINER
        or unicodedata.category(text[at]).startswith("M")
    )
