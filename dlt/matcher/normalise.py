"""The only changes made before a body and a template are compared."""

from __future__ import annotations

import unicodedata

_OUTER = " \t\n"


def unify(text: str) -> str:
    """Write line breaks as LF and letters in NFC.

    Hindi and Tamil keyboards write the same letter as one or as two code points.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normalise(text: str) -> str:
    """Unify and drop outer blanks. Case, inner blanks and punctuation stay: they are compared."""
    plain = text.isascii() and "\r" not in text
    return (text if plain else unify(text)).strip(_OUTER)


def strip_start(text: str) -> str:
    return text.lstrip(_OUTER)


def strip_end(text: str) -> str:
    return text.rstrip(_OUTER)
