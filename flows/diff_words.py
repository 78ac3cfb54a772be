"""Changes between two graphs as plain sentences, the gravest kind first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flows.diff import AppletChange, Changes, ConnectionChange, SettingChange, StartChange

LONGEST_VALUE: Final = 80
MOST_KEPT: Final = 40
_BEFORE: Final = 24

_STARTERS: Final = {
    "inbound_call": ("Calls", "start"),
    "inbound_sms": ("Incoming messages", "start"),
    "api": ("Runs that the API begins", "start"),
    "after_call": ("What follows each call", "starts"),
}


def sentences(changes: Changes) -> list[str]:
    """Return one sentence for each change; none when a call would notice nothing."""
    gone = {change.node for change in changes.applets if change.kind == "removed"}
    return [
        *(line for change in changes.applets for line in _applet(change)),
        *(_start(change) for change in changes.starts),
        *(_connection(change) for change in changes.connections if not _implied(change, gone)),
        *(["Keys of the file that are not known here were changed."] if changes.other else []),
    ]


def kept(changes: Changes) -> dict[str, Any]:
    """Return what a version keeps of its changes: ``{"count", "sentences"}``, the first of them."""
    lines = sentences(changes)
    return {"count": len(lines), "sentences": lines[:MOST_KEPT]}


def first_version(applets: int) -> dict[str, Any]:
    """Return what the first version keeps instead: everything in it is new."""
    counted = "1 applet" if applets == 1 else f"{applets} applets"
    return {"count": 1, "sentences": [f"The first version, with {counted}."]}


def _applet(change: AppletChange) -> Iterator[str]:
    name = f"“{change.name}”"
    if change.kind == "added":
        yield f"Added {change.label} {name}."
        return
    if change.kind == "removed":
        yield f"Removed {change.label} {name}."
        return
    if change.old_name is not None:
        yield f"“{change.old_name}” is now called {name}."
    if change.old_label is not None:
        yield f"{name} is now of the type {change.label} instead of {change.old_label}."
    for setting in change.settings:
        yield f"{name}: {_setting(setting)}"
    if change.other:
        yield f"{name}: parts that are not known here were changed."


def _setting(change: SettingChange) -> str:
    if not change.old_words:
        return f"{change.title} set to {_quoted(change.new_words)}"
    if not change.new_words:
        return f"{change.title} emptied; it was {_quoted(change.old_words)}"
    old, new = _excerpts(change.old_words, change.new_words)
    return f"{change.title} changed from “{old}” to {_quoted(new)}"


def _quoted(text: str) -> str:
    """Return a text in quotation marks, as the end of a sentence: a full stop of its own ends that too."""
    text = clipped(text)
    return f"“{text}”" if text.endswith((".", "!", "?", "…")) else f"“{text}”."


def clipped(text: str) -> str:
    """Return a text of at most LONGEST_VALUE characters on one line."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1].rstrip()}…"


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Cut two long texts to where they begin to differ."""
    pairs = zip(old, new, strict=False)
    shared = next(
        (at for at, (one, two) in enumerate(pairs) if one != two), min(len(old), len(new))
    )
    start = max(0, shared - _BEFORE)
    if max(len(old), len(new)) <= LONGEST_VALUE or start == 0:
        return clipped(old), clipped(new)
    return clipped("…" + old[start:]), clipped("…" + new[start:])


def _start(change: StartChange) -> str:
    who, verb = _STARTERS[change.entry]
    if change.new is None:
        return f"{who} no longer {verb} at “{change.old_name}”."
    instead = f" instead of “{change.old_name}”" if change.old is not None else ""
    return f"{who} now {verb} at “{change.new_name}”{instead}."


def _implied(change: ConnectionChange, gone: set[str]) -> bool:
    """A connection goes with the applet at either end of it."""
    return change.kind == "removed" and (change.node in gone or change.old_to in gone)


def _connection(change: ConnectionChange) -> str:
    port = f"“{change.name}”: “{change.port_label}”"
    if change.kind == "added":
        return f"{port} now leads to “{change.to_name}”."
    if change.kind == "removed":
        return f"{port} no longer leads to “{change.old_to_name}”."
    return f"{port} leads to “{change.to_name}” instead of “{change.old_to_name}”."
