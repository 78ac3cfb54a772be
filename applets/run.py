"""What an applet may know of the call it runs in: facts and values, nothing to act with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from applets import variables
from applets.expressions import MISSING, expression
from applets.objects import OBJECTS

_TIME_FORMAT: Final = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call when it comes in and never changes. Numbers are E.164, or empty if
    withheld."""

    from_number: str
    to_number: str
    sid: str
    ref: str
    time_zone: str = "Asia/Kolkata"
    started: str = ""
    """RFC 3339, UTC."""
    flow: str = ""
    flow_name: str = ""
    account: str = ""
    region: str = "IN"
    """Where numbers without a country code are from, as ISO 3166-1 writes it."""
    sms: Mapping[str, Any] = field(default_factory=dict)
    """The SMS that came in, by the keys of Callr's ``sms`` object; empty in a call."""


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name, kept because every step of every call asks."""
    return ZoneInfo(name)


@dataclass(slots=True)
class RunView:
    """The call as one applet sees it. Read only: results go back in ``Exit`` and ``Wait``."""

    call: CallFacts
    now: datetime
    variables: Mapping[str, Any]
    """Values that applets set, by name; ``digits`` are the keys pressed last."""
    nodes: Mapping[str, Any]
    """What applets left behind, by node id."""
    aliases: Mapping[str, str]
    """From a node's name, written as an identifier, to its id."""
    facts: Mapping[str, Any]
    """What the engine keeps of the telephone: ``dial_status``, ``dial_seconds``,
    ``dial_number``."""
    memory: Mapping[str, Any] = field(default_factory=dict)
    """What this applet gave with its last ``Wait`` in this visit."""
    answered: bool = False
    caller_present: bool = True
    entry: str = "inbound_call"
    """What began the run: one of ``flows.graph.ENTRY_KINDS``."""

    def expand(self, text: str) -> str:
        """Put the call's values into a text. Raises DomainError: see ``variables.expand``."""
        return variables.expand(text, self.lookup) if "{" in text else text

    def expand_for_url(self, text: str, quote: Callable[[str], str]) -> str:
        """The same with every value quoted. Raises as ``expand`` does."""
        return variables.expand(text, self.lookup, encode=quote) if "{" in text else text

    def speech(self, text: str) -> tuple[str, str]:
        """Put values into a text to be spoken; also return a note naming what is missing.

        A caller hears the rest of the sentence rather than nothing. Raises BadExpression.
        """
        if "{" not in text:
            return text, ""
        spoken, missing = variables.expand_lenient(text, self.lookup)
        return spoken, f"No value for {', '.join(missing)}." if missing else ""

    def evaluate(self, source: str) -> Any:
        """Return the value of an expression as JSON has it, None when it is undefined.

        Raises:
            BadExpression: it cannot be read.
            MissingVariable: something is done with a value that the call does not have.
            ExpressionFailed: the values do not suit what is done with them.
            TooMuchWork: it takes too many steps, or makes too large a value.
        """
        return expression(source).plain(self.lookup)

    def truth(self, source: str) -> bool:
        """Return whether the value of an expression counts as true. Raises as ``evaluate`` does."""
        return expression(source).truth(self.lookup)

    def local_time(self) -> datetime:
        """Return the time in the workspace's zone."""
        return self.now.astimezone(zone_of(self.call.time_zone))

    def lookup(self, name: str) -> Any:
        """Return the value a name stands for in a text, or ``MISSING``."""
        reader = _BUILT_IN.get(name)
        if reader is not None:
            return reader(self)
        if name in self.variables:
            return self.variables[name]
        if name.startswith("$"):
            return self.variables.get(name[1:], MISSING)
        read = OBJECTS.get(name)
        return MISSING if read is None else read(self)


_BUILT_IN: Final[dict[str, Callable[[RunView], Any]]] = {
    # A withheld number is no value: better a message that names the gap than one with a hole in it.
    "CallFrom": lambda run: run.call.from_number or MISSING,
    "CallTo": lambda run: run.call.to_number or MISSING,
    "CallSid": lambda run: run.call.sid,
    "CallRef": lambda run: run.call.ref,
    "DateTime": lambda run: run.local_time().strftime(_TIME_FORMAT),
    "sms": lambda run: dict(run.call.sms) or MISSING,
}
