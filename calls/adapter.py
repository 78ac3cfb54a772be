"""The contract of a voice adapter: one per carrier or dialect, one file each in
``calls/adapters/``.

An adapter knows the carrier's words and nothing of flows: it reads a callback into an event, and
writes instructions as the carrier wants to be told.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from applets.events import Event
from applets.instructions import TelephoneInstruction
from core.errors import DomainError


class BadEvent(DomainError):
    """What the carrier sent is no event of a call."""

    code: ClassVar[str] = "calls.bad_event"
    message: ClassVar[str] = "This is not an event of a call: {problem}."


class VoiceAdapter(ABC):
    slug: ClassVar[str]
    """Kept with every call."""
    shows_trace: ClassVar[bool] = False
    """Whether its answers also tell the steps and messages so far, which no carrier wants to know."""

    @abstractmethod
    def parse(self, payload: Mapping[str, Any]) -> Event:
        """Read a callback. Raises BadEvent."""

    @abstractmethod
    def render(self, instructions: Sequence[TelephoneInstruction]) -> list[dict[str, Any]]:
        """Write what the telephone shall do next."""
