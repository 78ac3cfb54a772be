"""Personal data and secrets inside texts, hidden from people who may not see them whole."""

from __future__ import annotations

import re
from typing import Final

from core.phone_numbers import mask

_E164: Final = re.compile(r"(?<![\w+])\+[1-9]\d{7,14}(?!\d)", re.ASCII)


def mask_numbers(text: str) -> str:
    """Mask every number in E.164 that stands in a text."""
    return _E164.sub(lambda found: mask(found.group()), text)


# Also without a plus, and as a URL writes the plus.
_LONG_NUMBER: Final = re.compile(r"(?:\+|%2B|(?<![\w.%+-]))\d{8,19}(?!\w)", re.ASCII)
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])([\w])[\w.+-]{0,63}(@|%40)([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", re.ASCII
)
_HIDDEN_NAMES: Final = (
    r"[\w.-]{0,40}(?:authorization|cookie|api[_-]?key|token|secret|passw(?:or)?d|signature"
    r"|credential)[\w.-]{0,40}|auth|key|sig|pwd|otp|pin|cvv"
)
_SECRET_NAME: Final = re.compile(_HIDDEN_NAMES, re.IGNORECASE | re.ASCII)
_SECRET_IN_FORM: Final = re.compile(
    rf"((?:^|[?&;])(?:{_HIDDEN_NAMES})=)[^&#;\s]+", re.IGNORECASE | re.ASCII
)
_SECRET_IN_JSON: Final = re.compile(
    rf'("(?:{_HIDDEN_NAMES})"\s{{0,8}}:\s{{0,8}})(?:"(?:[^"\\]|\\.)*(?:"|$)|[\d.eE+-]+)',
    re.IGNORECASE | re.ASCII,
)
_USER_IN_URL: Final = re.compile(r"(://)[^/?#@]*@")
HIDDEN: Final = "•••"


def mask_personal(text: str) -> str:
    """Mask numbers that could be telephones or cards, and e-mail addresses, also inside a URL."""
    found = _LONG_NUMBER.sub(lambda number: f"••••{number.group()[-4:]}", text)
    return _EMAIL.sub(r"\1•••\2\3", found)


def is_secret(name: str) -> bool:
    """Tell whether the value of a header or a parameter with this name is nobody's to read."""
    return _SECRET_NAME.fullmatch(name) is not None


def without_secrets(text: str) -> str:
    """Hide the values of secret names in a URL, a form or a JSON text, whole or cut off."""
    shown = _USER_IN_URL.sub(rf"\1{HIDDEN}@", text)
    shown = _SECRET_IN_FORM.sub(rf"\1{HIDDEN}", shown)
    return _SECRET_IN_JSON.sub(rf'\1"{HIDDEN}"', shown)
