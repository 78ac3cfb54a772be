"""Public ids: unguessable, readable aloud, sortable by nobody."""

from __future__ import annotations

import secrets
from typing import Final

# No vowels, no 0/o/1/l: such ids spell nothing and are read over the telephone without mistakes.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


_FAIR: Final = 256 - 256 % len(ALPHABET)
"""Bytes from here on would favour the first characters."""


def new_sid(prefix: str, length: int = 20) -> str:
    """Return ``prefix`` plus ``length`` random characters (4.75 bits each)."""
    chosen = ""
    while len(chosen) < length:
        drawn = secrets.token_bytes(length + 8)  # one call of the system for all of them
        chosen += "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn if byte < _FAIR)
    return prefix + chosen[:length]
