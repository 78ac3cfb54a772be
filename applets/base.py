"""The contract of an applet: what one file in ``applets/types/`` declares and how the engine asks
it.

The canvas, the properties panel, validation, the catalogue and the documentation all come from this
declaration. An applet does nothing: it returns what should happen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict

from applets.events import Event, HungUp
from applets.instructions import Dial, Fetch, Gather, Instruction, Record
from applets.run import RunView
from applets.variables import VariableInfo


def gettext_noop(text: str) -> str:
    """Mark a text for translation; it is translated when the catalogue is served."""
    return text


_: Final = gettext_noop

Category = Literal["voice", "input", "connect", "message", "logic", "end"]

# In the order of the palette.
CATEGORIES: Final[dict[Category, str]] = {
    "voice": _("Voice"),
    "input": _("Input and routing"),
    "connect": _("Connect"),
    "message": _("Message"),
    "logic": _("Logic"),
    "end": _("End"),
}


class AppletSettings(BaseModel):
    """Settings of a node. Unknown keys are refused: a misspelt one must not be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=20_000)


@dataclass(frozen=True, slots=True)
class Port:
    """One way out. ``when`` names a setting and the value with which the port is there; without it
    the port always is."""

    name: str
    label: str
    when: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PortForEach:
    """One way out per entry of a list setting; ``key`` and ``label`` name fields of the entries.
    ``when`` as in ``Port``."""

    setting: str
    key: str
    label: str = "label"
    when: tuple[str, Any] | None = None


class Exit(NamedTuple):  # every step makes one: a frozen dataclass takes three times as long
    """Leave through a port. ``result`` is kept under the node's name for later texts."""

    port: str
    instructions: tuple[Instruction, ...] = ()
    result: Mapping[str, Any] | None = None
    variables: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] | None = None
    detail: Mapping[str, Any] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Stay until the outside answers ``ask``. ``memory`` comes back with ``resume``."""

    ask: Gather | Dial | Record | Fetch
    before: tuple[Instruction, ...] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """End the call. ``code`` is kept as the call's outcome."""

    instruction: Instruction
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Go on at the start of another flow; ``flow`` is its sid. Values that applets set stay."""

    flow: str
    detail: Mapping[str, Any] | None = None


Outcome: TypeAlias = Exit | Wait | End | Transfer


@dataclass(frozen=True, slots=True)
class SettingIssue:
    """What a schema cannot say about settings, tied to the field to mend."""

    setting: str
    message: str
    severity: Literal["error", "warning", "hint"] = "error"
    fix: str | None = None


S = TypeVar("S", bound=AppletSettings)
E = TypeVar("E", bound=Event)


class Applet(ABC, Generic[S]):
    """A kind of step. Its docstring's first line is its description in the palette."""

    slug: ClassVar[str]
    """Stored in flows for ever."""
    version: ClassVar[int] = 1
    """Of the settings; raise it with a change that old settings do not survive, and write
    ``upgrade``."""
    label: ClassVar[str]
    category: ClassVar[Category]
    icon: ClassVar[str]
    summary: ClassVar[str] = ""
    """The second line of the box on the canvas: ``{setting}`` is replaced."""
    ports: ClassVar[tuple[Port | PortForEach, ...]] = ()
    needs_caller: ClassVar[bool] = False
    """Whether it speaks to or listens to the caller: skipped when the caller has gone."""
    port_without_caller: ClassVar[str | None] = None
    """Where the path goes on when it is skipped for that reason; None: it ends there."""
    port_on_failure: ClassVar[str | None] = None
    """Where the path goes on when the node cannot run, in a test call of an unfinished draft."""
    collects: ClassVar[tuple[VariableInfo, ...]] = ()
    """Variables it sets: the composer offers them, and knows how long they can get."""
    leaves: ClassVar[tuple[VariableInfo, ...]] = ()
    """What later texts find under ``nodes.<its name>``."""
    settings_model: ClassVar[type[AppletSettings]]

    @property
    def waits(self) -> bool:
        """Whether it stands still until the telephone reports something."""
        return False

    @abstractmethod
    def enter(self, settings: S, run: RunView) -> Outcome:
        """Return what happens when a call reaches the node."""

    def issues(self, settings: S) -> Iterator[SettingIssue]:
        """Yield what the schema cannot say, such as one key offered twice."""
        yield from ()

    def longest_silence(self, settings: S) -> int:
        """Return for how many seconds a caller may hear nothing because of the node."""
        return 0

    def reads(self, settings: S) -> Iterator[tuple[str, str]]:
        """Yield the values it looks at that stand in no text, as the setting and an expression. It knows
        what to do when a call lacks one."""
        yield from ()

    def upgrade(self, raw: dict[str, Any], from_version: int) -> dict[str, Any]:
        """Return settings that an older version stored, as this version writes them."""
        return raw


class WaitingApplet(Applet[S], Generic[S, E]):
    """An applet that waits for one kind of event."""

    awaits: ClassVar[type[Any]]

    @property
    def waits(self) -> bool:
        return bool(self.awaits.kind != "fetched")

    @abstractmethod
    def resume(self, settings: S, run: RunView, event: E) -> Outcome:
        """Return what happens when the awaited event is there."""

    def caller_left(self, settings: S, run: RunView, event: HungUp) -> Exit | None:
        """Return where the path goes on when the caller hangs up here; None: it ends."""
        return None
