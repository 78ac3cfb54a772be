"""Issues of applets that play recordings: deleted ones, and those that are not ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from applets import registry
from applets.catalogue import schema_of
from flows.graph import Node
from flows.issues import Issue
from flows.program import Placed

About = Callable[[Placed, str, str], str]
"""Puts the names of the applet and the field before a sentence."""


@lru_cache(maxsize=64)
def audio_settings(slug: str) -> tuple[str, ...]:
    """Return the settings of an applet that hold a recording's sid."""
    applet = registry.find(slug)
    fields = schema_of(applet)["properties"].items() if applet else ()
    return tuple(key for key, field in fields if field.get("widget") == "audio")


def sids_in(node: Node) -> dict[str, str]:
    """Return ``{setting: sid}`` of the recordings that a node names, whether it plays them or not."""
    named = {key: node.settings.get(key) for key in audio_settings(node.type)}
    return {key: sid for key, sid in named.items() if isinstance(sid, str) and sid}


def audio_issues(
    here: Placed, recordings: Mapping[str, str], is_heard: Callable[[str], bool], about: About
) -> Iterator[Issue]:
    """Yield the recordings a node names that cannot be played. ``is_heard``: whether a setting counts."""
    for setting, sid in sids_in(here.node).items():
        state = recordings.get(sid)
        if not is_heard(setting) or state == "ready":
            continue
        if state is None:
            told = about(here, setting, "this recording does not exist any more.")
            fix = "Choose another one."
            yield Issue("error", "flows.recording_missing", told, here.node.id, None, setting, fix)
            continue
        failed = state == "failed"
        told = about(
            here,
            setting,
            "this recording could not be converted."
            if failed
            else "this recording is being converted.",
        )
        fix = "Choose another one, or upload it anew." if failed else "Wait a moment."
        yield Issue("error", "flows.recording_not_ready", told, here.node.id, None, setting, fix)
