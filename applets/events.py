"""What happens to a call from outside. Adapters and the driver make these; the engine takes
them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

DialStatus = Literal["answered", "busy", "no_answer", "failed"]


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A run begins: a call or an SMS came in, or somebody asked for it over the API."""

    kind: ClassVar[str] = "call_started"


@dataclass(frozen=True, slots=True)
class PromptFinished:
    """What was said or played has been heard to its end."""

    kind: ClassVar[str] = "prompt_finished"


@dataclass(frozen=True, slots=True)
class DigitsGathered:
    """The caller pressed keys (``0`` to ``9``, ``*``, ``#``), or none in time."""

    digits: str
    kind: ClassVar[str] = "digits"


@dataclass(frozen=True, slots=True)
class DialEnded:
    """Ringing came to nothing, or the talk is over. ``number`` is who answered, where known."""

    status: DialStatus
    talk_seconds: int = 0
    number: str = ""
    recording_url: str = ""
    kind: ClassVar[str] = "dial_ended"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The caller's message is recorded; 0 seconds: nothing was said."""

    seconds: int
    recording_url: str = ""
    kind: ClassVar[str] = "recorded"


@dataclass(frozen=True, slots=True)
class FlowEntered:
    """The graph given with this event is the flow that ``GoToFlow`` named; ``problem`` says why there is
    none: then the graph is still the old one."""

    problem: str = ""
    kind: ClassVar[str] = "flow_entered"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A server answered, or did not: then ``status`` is 0 and ``problem`` a stable code.

    ``json`` is the parsed body when it was JSON of acceptable size, else None; ``text`` is a plain text's.
    ``tries`` counts the attempts that were made; ``age_seconds`` is above 0 for an earlier answer that
    stands in for one the server did not give.
    """

    status: int
    json: Any = None
    problem: str = ""
    milliseconds: int = 0
    note: str = ""
    text: str = ""
    content_type: str = ""
    tries: int = 1
    age_seconds: int = 0
    kind: ClassVar[str] = "fetched"


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller left. ``talk_seconds`` tells a talk that was going on from ringing."""

    talk_seconds: int = 0
    kind: ClassVar[str] = "hung_up"


Event: TypeAlias = (
    CallStarted
    | PromptFinished
    | DigitsGathered
    | DialEnded
    | Recorded
    | Fetched
    | FlowEntered
    | HungUp
)
