"""Whether a body stays within the GSM alphabet and one SMS segment (3GPP TS 23.038)."""

from __future__ import annotations

_BASIC = frozenset(
    "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5"
    "\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9"
    " !\"#\u00a4%&'()*+,-./0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0"
)
_EXTENDED = frozenset("^{}\\[~]|\u20ac\f")


def is_gsm(text: str) -> bool:
    return _BASIC.union(_EXTENDED).issuperset(text)


def fits_one_segment(text: str) -> bool:
    """Count 160 septets, an extension character as two, or else 70 UTF-16 units."""
    if is_gsm(text):
        return len(text) + sum(char in _EXTENDED for char in text) <= 160
    return len(text) + sum(char > "\uffff" for char in text) <= 70
