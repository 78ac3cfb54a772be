"""Telephone numbers inside texts, hidden from people who may not see them whole."""

from __future__ import annotations

import re
from typing import Final

from core.phone_numbers import mask

_E164: Final = re.compile(r"(?<![\w+])\+[1-9]\d{7,14}(?!\d)", re.ASCII)


def mask_numbers(text: str) -> str:
    """Mask every number in E.164 that stands in a text."""
    return _E164.sub(lambda found: mask(found.group()), text)
