"""What a step says of the instructions it gave, for the trace."""

from __future__ import annotations

from typing import Any, Final

from applets.instructions import Dial, Fetch, Gather, Play, Record, Say

LONGEST: Final = 300
"""Characters of a prompt that are kept: the rest is in the flow."""


def asked(ask: Gather | Dial | Record | Fetch) -> dict[str, Any]:
    """Say what the caller hears, or who is rung. What a server is asked is kept apart, with its answer."""
    if isinstance(ask, Gather | Record):
        return heard(ask.prompt)
    if isinstance(ask, Dial):
        return {"rang": list(ask.targets), "shown": ask.caller_id, "seconds": ask.ring_seconds}
    return {}


def heard(prompt: Say | Play | None) -> dict[str, Any]:
    if prompt is None:
        return {}
    if isinstance(prompt, Say):
        return {"said": prompt.text[:LONGEST]}
    return {"played": prompt.url[:LONGEST]}
