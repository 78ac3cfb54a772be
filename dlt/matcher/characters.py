"""How characters look: which cannot be seen, which look like another one, what each is called."""

from __future__ import annotations

import unicodedata

# What word processors and foreign keyboards put in place of plain characters.
_LOOKALIKES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-")
    | dict.fromkeys("\u3002\u06d4", ".")
    | dict.fromkeys("\u00d7", "x")
    | dict.fromkeys("\u2022\u00b7", "*")
    | dict(zip("АВЕЅЅКМНОРСТХаеіјорсѕух", "ABESSKMHOPCTXaeijopcsyx", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
)
_PUNCTUATION = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sk", "Sm"})
# Letters and symbols that are drawn as nothing, and the selectors of a letter's form.
_DRAWN_AS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NAMES = {
    "\u00ad": "SOFT HYPHEN",
    "\ufeff": "BYTE ORDER MARK",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
}


def is_invisible(char: str) -> bool:
    """Say whether a character takes no room on a telephone: joiners, marks of order, controls."""
    if char in "\n\t":
        return False
    hidden = unicodedata.category(char) in ("Cf", "Cc") or char in _DRAWN_AS_NOTHING
    return hidden or unicodedata.name(char, "").startswith(_SELECTORS)


_SELECTORS = ("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION SELECTOR")


def is_odd_blank(char: str) -> bool:
    """Say whether a character is a blank, but not the one of the space bar."""
    return char.isspace() and char not in " \n\t"


def is_punctuation(char: str) -> bool:
    """Say whether a character is a sign of punctuation or arithmetic, not a currency or a picture."""
    return unicodedata.category(char) in _PUNCTUATION


def plain_look(text: str) -> str:
    """Return the text in the plain characters that look like its own."""
    return unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)


def named(char: str) -> str:
    """Return the name of a character and its code point."""
    name = _NAMES.get(char) or unicodedata.name(char, "")
    return f"{name or _unnamed(char)} (U+{ord(char):04X})"


def _unnamed(char: str) -> str:
    return "CONTROL CHARACTER" if unicodedata.category(char) == "Cc" else "UNNAMED CHARACTER"
