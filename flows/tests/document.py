"""What a saved test call holds: one JSON document, schema 1, described in docs/test-calls.md.

Unknown keys are refused: a misspelt expectation that nobody looks at is worse than none.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from applets.events import DialStatus
from core.errors import DomainError
from core.plain import check_plain

SCHEMA: Final = 1
LONGEST_NAME: Final = 100
MOST_ENTRIES: Final = 500
MOST_SERVERS: Final = 100
MOST_STEPS: Final = 1_000
MOST_MESSAGES: Final = 100
MOST_VARIABLES: Final = 100
DAY: Final = 24 * 60 * 60
REF: Final = "TESTCALL22"
SID: Final = "cal" + "testcall" * 3 + "test2"

Identifier = Annotated[str, StringConstraints(max_length=64)]
Port = Annotated[str, StringConstraints(max_length=40)]
Number = Annotated[str, StringConstraints(pattern=r"^(\+[1-9][0-9]{6,14})?$")]
Sender = Annotated[
    str,
    StringConstraints(
        pattern=r"^(\+[1-9][0-9]{6,14}|[0-9 _-]{0,14}[A-Za-z][A-Za-z0-9 _-]{0,14})?$", max_length=20
    ),
]
"""A number, the name an SMS came from, or nothing."""
Seconds = Annotated[int, Field(ge=0, le=DAY)]
EntryKind = Literal["inbound_call", "inbound_sms", "api"]


class BadTest(DomainError):
    """A document is not a test call; ``field`` is where."""

    code: ClassVar[str] = "flows.bad_test"
    message: ClassVar[str] = "This is not a test call: {field} {problem}."


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Moment(_Part):
    node: Identifier = ""
    """The applet it is meant for; empty: whichever waits for such a thing."""
    after_seconds: Seconds = 0
    """How long it takes to come."""


class Keys(_Moment):
    """The caller presses keys."""

    do: Literal["keys"] = "keys"
    digits: str = Field(pattern=r"^[0-9*#]{1,32}$")


class Nothing(_Moment):
    """The caller presses no key, or says nothing."""

    do: Literal["nothing"] = "nothing"


class HangUp(_Moment):
    """The caller hangs up; ``talk_seconds`` when a talk was going on."""

    do: Literal["hang_up"] = "hang_up"
    talk_seconds: Seconds = 0


class Record(_Moment):
    """The caller leaves a message."""

    do: Literal["record"] = "record"
    seconds: Seconds
    recording_url: str = Field(default="", max_length=2000)


class Agent(_Moment):
    """What becomes of ringing somebody."""

    do: Literal["agent"] = "agent"
    status: DialStatus
    talk_seconds: Seconds = 0
    number: str = Field(default="", max_length=250)
    recording_url: str = Field(default="", max_length=2000)


Entry = Annotated[Keys | Nothing | HangUp | Record | Agent, Field(discriminator="do")]


class Server(_Part):
    """What a customer's server answers the applet ``node``, or at addresses like ``url`` (``*``: anything).

    Of several answers for one applet each is used once, in order, the last one for ever.
    """

    node: Identifier = ""
    url: str = Field(default="", max_length=2000)
    status: int = Field(default=200, ge=100, le=599)
    json_: Any = Field(default=None, alias="json")
    text: str = Field(default="", max_length=16_384)
    delay_ms: int = Field(default=0, ge=0, le=60_000)
    failure: str = Field(default="", max_length=60)
    """A code such as ``http.timeout``: the server does not answer at all."""

    @model_validator(mode="after")
    def _answers_somebody(self) -> Self:
        if bool(self.node) == bool(self.url):
            raise ValueError("must name either a node or a url")
        return self


class Step(_Part):
    """A node and the port it is left through; no port: whichever, or none where the call ends."""

    node: Identifier = Field(min_length=1)
    port: Port = ""
    flow: Identifier = ""
    """The flow the node is in, when the call was transferred; empty: the test's own."""


class Path(_Part):
    exact: bool = False
    """Whether these are all the steps; else the call passes through them in this order."""
    steps: tuple[Step, ...] = Field(max_length=MOST_STEPS)


class ExpectedMessage(_Part):
    """A text message. What is null is not looked at."""

    to: str | None = Field(default=None, max_length=40)
    text: str | None = Field(default=None, max_length=20_000)
    verdict: str | None = Field(default=None, max_length=60)
    """``match``, or the code the message is refused with."""


class Expected(_Part):
    """What must come of it. What is null is not looked at."""

    path: Path | None = None
    ended: str | None = Field(default=None, max_length=40)
    messages: tuple[ExpectedMessage, ...] | None = Field(default=None, max_length=MOST_MESSAGES)
    variables: dict[Identifier, Any] = Field(default_factory=dict, max_length=MOST_VARIABLES)


class Document(_Part):
    schema_: Literal[1] = Field(default=1, alias="schema")
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    entry: EntryKind = "inbound_call"
    caller: Sender = Field(default="+919876543210")
    """E.164; empty: withheld."""
    called: Number = Field(default="+914412345678")
    at: datetime
    """Local time in ``zone``, without an offset: hours are tested at the same hour for ever."""
    zone: str = Field(default="Asia/Kolkata", max_length=64)
    ref: str = Field(default=REF, pattern=r"^[0-9A-Z]{1,10}$")
    sid: str = Field(default=SID, pattern=r"^[0-9a-z]{1,40}$")
    sms: dict[str, Any] = Field(default_factory=dict, max_length=100)
    """The SMS that came in, for the entry ``inbound_sms``; its numbers are the two above when left out."""
    variables: dict[Identifier, Any] = Field(default_factory=dict, max_length=MOST_VARIABLES)
    """Values the run begins with, for the entry ``api``."""
    script: tuple[Entry, ...] = Field(default=(), max_length=MOST_ENTRIES)
    servers: tuple[Server, ...] = Field(default=(), max_length=MOST_SERVERS)
    expect: Expected = Expected()

    @field_validator("name")
    @classmethod
    def _says_something(cls, name: str) -> str:
        if not (tidy := " ".join(name.split())):
            raise ValueError("must say what is tested")
        return tidy

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (OSError, ValueError, LookupError):
            raise ValueError("must be a time zone such as Asia/Kolkata") from None
        return zone

    @field_validator("at")
    @classmethod
    def _is_local(cls, at: datetime) -> datetime:
        if at.tzinfo is not None:
            raise ValueError("must be a local time without an offset; its zone is in “zone”")
        return at.replace(microsecond=0)

    @property
    def moment(self) -> datetime:
        """When the call comes in."""
        return self.at.replace(tzinfo=ZoneInfo(self.zone))

    @property
    def came_in(self) -> dict[str, Any]:
        """The SMS that begins it, by the keys of an incoming SMS; empty for a call."""
        if self.entry != "inbound_sms":
            return {}
        return {"fromNumber": self.caller, "toNumber": self.called, "bodyText": "", **self.sms}

    def to_json(self) -> dict[str, Any]:
        """Return what is stored: every key, in the order of the documentation."""
        return self.model_dump(mode="json", by_alias=True)


def local_now(zone: str, now: datetime) -> str:
    """Return the time in a zone as a document writes it."""
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0).isoformat()


def read(data: object) -> Document:
    """Read a document. Raises BadTest, naming the field."""
    if not isinstance(data, dict):
        raise BadTest(field="the value", problem="must be an object")
    if fault := check_plain(data):
        raise BadTest(field=fault[0] or "the value", problem=fault[1])
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        raise _in_words(error) from None


_ENTRY_KIND: Final = re.compile(r"^(keys|nothing|hang_up|record|agent)$")


def _in_words(error: ValidationError) -> BadTest:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ""
    for index, part in enumerate(first["loc"]):
        if isinstance(part, int):
            where += f"[{part}]"
        # The kind of a script's entry is no key of the document.
        elif not (index == 2 and first["loc"][0] == "script" and _ENTRY_KIND.match(part)):
            where += f".{part}" if where else part
    if first["type"] == "extra_forbidden":
        return BadTest(field=where, problem="is not a key of a test call")
    if first["type"] == "missing":
        return BadTest(field=where, problem="is missing")
    told = first["msg"].removeprefix("Value error, ")
    return BadTest(field=where or "the document", problem=told[:1].lower() + told[1:])
