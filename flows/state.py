"""Where a call stands in its flow: one small JSON between two turns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from applets.run import CallFacts


@dataclass(slots=True)
class State:
    """The engine's memory. ``advance`` never changes the one it is given."""

    call: CallFacts
    awaits: str | None = "call_started"
    """The kind of event that must come next; None when the call has ended."""
    node: str | None = None
    """Where it waits."""
    memory: dict[str, Any] = field(default_factory=dict)
    open_step: dict[str, Any] | None = None
    """Index, time, detail and note of the step it waits in."""
    steps: int = 0
    unheard: int = 0
    """Steps since the caller last did something."""
    visits: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    answered: bool = False
    gone: bool = False
    end: dict[str, str] | None = None
    """``{"code", "text"}`` once the call has ended."""
    entry: str = "inbound_call"
    """The kind of entry the run began with: one of ``flows.graph.ENTRY_KINDS``."""
    transfers: int = 0
    after_call: bool = False
    """Whether it walks what is drawn for after the call."""
    ended_as: dict[str, str] | None = None
    """How the call ended, while it walks on after it."""
    variables: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a state that can be worked on. Values inside the dictionaries are never
        changed."""
        return replace(
            self,
            visits=self.visits.copy(),
            skipped=self.skipped.copy(),
            variables=self.variables.copy(),
            nodes=self.nodes.copy(),
            facts=self.facts.copy(),
        )

    def to_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads. It shares the dictionaries inside, which nobody changes."""
        stored = {name: getattr(self, name) for name in self.__slots__}
        stored["call"] = {name: getattr(self.call, name) for name in self.call.__slots__}
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> State:
        return cls(**{**stored, "call": CallFacts(**stored["call"])})
