"""Numbers, texts and templates as they are written, turned into values."""

from __future__ import annotations

import re
from typing import Any, Final

from applets.expressions.values import MISSING, number_of, well_formed

_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL
)
_SHORT: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_LITERALS: Final[dict[str, Any]] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": MISSING,
    "NaN": float("nan"),
    "Infinity": float("inf"),
}
_HIGHEST: Final = 0x10FFFF


def literal(word: str) -> Any:
    return _LITERALS[word]


def number(word: str) -> int | float:
    return number_of(word)


def text(written: str) -> str:
    """Return what a text in quotes says."""
    return unescaped(written[1:-1])


def unescaped(inner: str) -> str:
    return well_formed(_ESCAPE.sub(_replaced, inner)) if "\\" in inner else inner


def _replaced(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(min(int(code, 16), _HIGHEST))
    return _SHORT.get(match[4], match[4])
