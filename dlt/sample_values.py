"""Values that stand for a call's variables while somebody writes a message."""

from __future__ import annotations

import re
from typing import Final

OTHER: Final = "sample"
SAMPLES: Final = {
    "CallFrom": "+919876543210",
    "CallTo": "+914412345678",
    "CallSid": "8f2kq7mzb4xw9c3hpt6nv5rj2dgs7k4b",
    "CallRef": "7K2M9QX4TB",
    "DateTime": "2026-11-21 10:42",
}
# Not {#var#}, which is a variable of the operators' and must be seen as unfilled.
_VARIABLE: Final = re.compile(r"\$\{\{.{0,500}?\}\}|\{([A-Za-z_][A-Za-z0-9_.]{0,63})\}")


def fill_with_samples(body: str) -> str:
    """Put a sample value in place of every ``{name}`` and ``${{ expression }}``."""
    return _VARIABLE.sub(lambda hit: SAMPLES.get(hit[1] or "", OTHER), body)
