"""A document's script as the rehearsal asks for it: strictly in order, so that a test means one thing."""

from __future__ import annotations

import json
from collections import Counter
from fnmatch import fnmatchcase
from typing import Any, Final, assert_never

from applets.events import (
    DialEnded,
    DigitsGathered,
    Event,
    Fetched,
    HungUp,
    PromptFinished,
    Recorded,
)
from applets.instructions import Fetch
from flows.graph import Graph
from flows.rehearsal import NoAnswer, Place
from flows.tests.document import Agent, Document, Entry, HangUp, Keys, Nothing, Record, Server

_FITS: Final[dict[str, frozenset[str]]] = {
    "keys": frozenset({"digits"}),
    "nothing": frozenset({"digits", "recorded"}),
    "record": frozenset({"recorded"}),
    "agent": frozenset({"dial_ended"}),
    "hang_up": frozenset({"digits", "recorded", "dial_ended"}),
}
_SAYS: Final = {
    "keys": "keys",
    "nothing": "no key",
    "record": "a recording",
    "agent": "what becomes of ringing",
    "hang_up": "hanging up",
}
_NO_ANSWER_NOTE: Final = "The test lets the server fail."


class WrittenScript:
    """Reads a document's script from its start; one reader plays one call.

    ``who``: what says nothing about it, in sentences: a test, or a recorded call.
    """

    def __init__(self, document: Document, graph: Graph, who: str = "the test") -> None:
        self.entries, self.servers = document.script, document.servers
        self.graph, self.who = graph, who
        self.used = 0
        self.asked: Counter[str] = Counter()

    @property
    def left(self) -> int:
        """How many entries were never needed."""
        return len(self.entries) - self.used

    def next_event(self, place: Place) -> tuple[Event, float]:
        if place.awaits == "prompt_finished":
            return PromptFinished(), 0
        if self.used == len(self.entries):
            raise NoAnswer(f"The call waits for {place.awaited}; {self.who} says nothing about it.")
        entry = self.entries[self.used]
        if place.awaits not in _FITS[entry.do] or (entry.node and entry.node != place.node):
            raise NoAnswer(
                f"The call waits for {place.awaited}; {self.who} goes on with {self._said(entry)}."
            )
        self.used += 1
        return _event(entry, place), _seconds(entry)

    def answer(self, place: Place, fetch: Fetch) -> Fetched:
        own = [server for server in self.servers if server.node == place.node]
        for server in own or self.servers:
            if not server.node and fnmatchcase(fetch.url, server.url):
                return _fetched(server)
        if not own:
            raise NoAnswer(
                f"The call asks the server of “{place.name}”; {self.who} has no answer for it."
            )
        turn = self.asked[place.node]
        self.asked[place.node] += 1
        return _fetched(own[min(turn, len(own) - 1)])

    def _said(self, entry: Entry) -> str:
        node = self.graph.nodes.get(entry.node)
        named = node.shown_name if node else entry.node
        return f"{_SAYS[entry.do]} in “{named}”" if named else _SAYS[entry.do]


def _event(entry: Entry, place: Place) -> Event:
    if isinstance(entry, Keys):
        return DigitsGathered(entry.digits)
    if isinstance(entry, Nothing):
        return Recorded(0) if place.awaits == "recorded" else DigitsGathered("")
    if isinstance(entry, Record):
        return Recorded(entry.seconds, entry.recording_url)
    if isinstance(entry, Agent):
        return DialEnded(entry.status, entry.talk_seconds, entry.number, entry.recording_url)
    if isinstance(entry, HangUp):
        return HungUp(entry.talk_seconds)
    assert_never(entry)


def _seconds(entry: Entry) -> int:
    talk = getattr(entry, "talk_seconds", 0)
    return int(entry.after_seconds + talk + getattr(entry, "seconds", 0))


def _fetched(server: Server) -> Fetched:
    if server.failure:
        return Fetched(
            0, problem=server.failure, milliseconds=server.delay_ms, note=_NO_ANSWER_NOTE
        )
    value, text = server.json_, server.text
    kind = "application/json" if value is not None else "text/plain" if text else ""
    return Fetched(
        server.status,
        value,
        milliseconds=server.delay_ms,
        text=text or _text(value),
        content_type=kind,
    )


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
