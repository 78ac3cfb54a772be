"""What an applet asks the outside to do. The engine passes these on; adapters and the driver
carry them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

RECORDING: Final = "audio:"
"""Begins the address of one of the account's recordings in ``Play.url``: its sid follows."""

Strategy = Literal["together", "in_turn"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Take the call. Until then the caller hears ringing and pays nothing."""


@dataclass(
    slots=True, unsafe_hash=True
)  # every prompt makes one, which takes a third of a frozen one's time
class Say:
    """Read a text aloud. ``language`` is a BCP 47 tag.

    ``interruptible``: a key the caller presses meanwhile ends it, and counts for the ``Gather`` that follows
    in the same turn; without one it is dropped.
    """

    text: str
    language: str = "en-IN"
    interruptible: bool = False


@dataclass(frozen=True, slots=True)
class Play:
    """Play a recording ``loop`` times. ``interruptible`` as in ``Say``.

    ``url`` is an address on the web, or from an applet ``audio:`` and the sid of one of the account's
    recordings: the driver puts its address in before an adapter sees it.
    """

    url: str
    loop: int = 1
    interruptible: bool = False


@dataclass(frozen=True, slots=True)
class Gather:
    """Speak, then collect keys. Answered by ``DigitsGathered``, with no digits when time ran
    out."""

    prompt: Say | Play | None
    max_digits: int = 1
    finish_key: str = ""
    timeout_seconds: int = 5
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring numbers (E.164) or SIP addresses (``sip:…``) and bridge the first that answers.

    Answered by ``DialEnded``. ``whisper`` is what only the one who answers hears before the bridge;
    ``time_limit_seconds`` ends a longer talk, 0 does not.
    """

    targets: tuple[str, ...]
    strategy: Strategy
    ring_seconds: int
    caller_id: str
    record: bool
    time_limit_seconds: int = 0
    whisper: Say | Play | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Speak, then record the caller. Answered by ``Recorded``, with 0 seconds for an empty message."""

    prompt: Say | Play | None
    max_seconds: int = 120
    silence_seconds: int = 5
    finish_key: str = "#"
    beep: bool = True


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call. ``reason`` is one of the engine's end codes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Refuse the call unanswered: the caller hears what the network plays for ``reason``."""

    reason: Literal["busy"]


@dataclass(frozen=True, slots=True)
class SendSms:
    """Hand a message to the SMS pipeline. Never waited for, never allowed to disturb the call.

    Everything is text as the author meant it; the pipeline judges it. ``problem_code`` is set when
    the body or the recipient could not be worked out: then the message is recorded as refused.
    """

    to: str
    body: str
    sender: str
    traffic_type: str | None
    encoding: str
    dlt_template_id: str
    dlt_entity_id: str
    problem_code: str = ""
    problem: str = ""
    node: str = ""
    step: int = -1  # filled in by the engine: which step of the call sends it


@dataclass(frozen=True, slots=True)
class SendEmail:
    """Hand an e-mail to a worker. Like ``SendSms`` never waited for, never allowed to disturb the call."""

    to: tuple[str, ...]
    subject: str
    body: str
    problem_code: str = ""
    problem: str = ""
    node: str = ""
    step: int = -1


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask a server of the customer's. With ``wait`` the call stands still until ``Fetched``.

    ``body`` is a JSON text; without it ``form`` is sent. ``tries`` counts all attempts together, and
    ``timeout_seconds`` is for all of them. ``last_good_minutes``: how old an answer may be that is given
    again when the server fails, 0: never; ``last_good_key`` is what such answers are told apart by.
    """

    method: Literal["GET", "POST"]
    url: str
    form: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    timeout_seconds: int = 5
    wait: bool = True
    step: int = -1
    body: str | None = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    tries: int = 1
    last_good_minutes: int = 0
    last_good_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GoToFlow:
    """Go on at the start of another flow of the account. Answered by ``FlowEntered``."""

    flow: str


Speech: TypeAlias = Say | Play
TelephoneInstruction: TypeAlias = Answer | Say | Play | Gather | Dial | Record | Hangup | Reject
Instruction: TypeAlias = TelephoneInstruction | SendSms | SendEmail | Fetch | GoToFlow
