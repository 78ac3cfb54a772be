"""Public ids: unguessable, readable aloud, sortable by nobody."""

from __future__ import annotations

import secrets

# No vowels, no 0/o/1/l: such ids spell nothing and are read over the telephone without mistakes.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_sid(prefix: str, length: int = 20) -> str:
    """Return ``prefix`` plus ``length`` random characters (4.75 bits each)."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(length))
