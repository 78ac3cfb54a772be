"""One turn of the engine: what it returns, and the pen that writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from applets.instructions import (
    Answer,
    Fetch,
    GoToFlow,
    Hangup,
    Instruction,
    Say,
    SendEmail,
    SendSms,
)
from flows.graph import Graph
from flows.program import Placed, placed
from flows.state import State

_OUTSIDE: Final = frozenset({SendSms, SendEmail, Fetch, GoToFlow})
"""What is not for the telephone."""

SORRY: Final = "We are sorry, this call cannot be continued. Goodbye."


@dataclass(slots=True)  # not frozen: each step makes one, and that takes five times as long
class Step:
    """One visit of one node. ``left`` is None while the call waits in it."""

    index: int
    node: str
    applet: str
    name: str
    at: datetime
    left: datetime | None
    port: str
    detail: Mapping[str, Any]
    note: str = ""
    skipped: bool = False
    ends: bool = False
    """Whether the call ended here; what is drawn for after the call may follow."""
    after_call: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What should happen, where the call stands then, and the steps that are new or have
    changed."""

    instructions: tuple[Instruction, ...]
    state: State
    steps: tuple[Step, ...]

    @property
    def fetch(self) -> Fetch | None:
        """The request that must be answered by ``Fetched`` before the call can go on."""
        last = self.instructions[-1] if self.instructions else None
        return last if isinstance(last, Fetch) and last.wait else None

    @property
    def goes_to(self) -> str:
        """The sid of the flow that must be entered by ``FlowEntered`` before the call can go on, or empty."""
        last = self.instructions[-1] if self.instructions else None
        return last.flow if isinstance(last, GoToFlow) else ""


class TurnWriter:
    """Writes a turn down. It owns its state and may change it."""

    def __init__(self, graph: Graph, state: State, now: datetime) -> None:
        self.graph, self.state, self.now = graph, state, now
        self.instructions: list[Instruction] = []
        self.steps: list[Step] = []

    def turn(self) -> Turn:
        return Turn(tuple(self.instructions), self.state, tuple(self.steps))

    # --- ends -------------------------------------------------------------------------------------

    def end_politely(self, code: str, text: str) -> None:
        """End a call that cannot go on: say so to a caller who is there to hear it."""
        if not self.state.gone:
            words = (Say(SORRY),) if self.state.answered else ()
            self.instructions += (*words, Hangup(code))
        self.close(code, text)

    def finish(self, code: str, text: str, here: Placed | None) -> None:
        """End where the call waited."""
        if here is not None:
            self.record(here, "", self.opened().get("detail", {}), text)
        self.close(code, text)

    def close(self, code: str, text: str) -> None:
        state = self.state
        if state.ended_as is None and self.steps:
            self.steps[-1].ends = True
        state.awaits, state.node, state.memory, state.open_step = None, None, {}, None
        state.end = state.ended_as or {"code": code, "text": text}

    # --- book-keeping -----------------------------------------------------------------------------

    def waiting_place(self) -> Placed | None:
        return placed(self.graph, self.state.node) if self.state.node else None

    def opened(self) -> dict[str, Any]:
        return self.state.open_step or {}

    def emit(self, here: Placed, instructions: tuple[Instruction, ...]) -> None:
        """Pass instructions on; what is for the telephone is dropped when the caller has gone."""
        state = self.state
        for instruction in instructions:
            if type(instruction) in _OUTSIDE:
                self.instructions.append(self.marked(here, instruction))
            elif not state.gone:
                if not state.answered and type(instruction) is Answer:
                    state.answered = True
                self.instructions.append(instruction)

    def marked(self, here: Placed, instruction: Instruction) -> Instruction:
        """Return an instruction for the outside that says which step it is of."""
        if isinstance(instruction, SendSms | SendEmail):
            return replace(instruction, node=here.node.id, step=self.current_index())
        if isinstance(instruction, Fetch):
            return replace(instruction, step=self.current_index())
        return instruction

    def current_index(self) -> int:
        opened = self.state.open_step
        return int(opened["index"]) if opened else self.state.steps

    def record(
        self, here: Placed, port: str, detail: Mapping[str, Any], note: str, *, left: bool = True
    ) -> Step:
        """Write the visit down: a new step, or the end of the one the call waited in."""
        state, node = self.state, here.node
        opened, index, at = state.open_step, state.steps, self.now
        if opened:
            index, at = int(opened["index"]), datetime.fromisoformat(opened["at"])
            detail = {**opened["detail"], **detail}
            note = " ".join(dict.fromkeys(part for part in (opened["note"], note) if part))
        else:
            state.steps += 1
        if left:
            state.open_step = None
        end = self.now if left else None
        step = Step(index, node.id, node.type, node.name, at, end, port, detail, note)
        if state.after_call:
            step.after_call = True
        self.steps.append(step)
        return step

    def note_skipped(
        self, here: Placed, port: str, note: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        self.record(here, port, detail or {}, note).skipped = True
