"""Puts the addresses of the account's recordings into what a telephone is told.

Applets name a recording by its sid; where it lies, and whether it is ready, only the database knows. One that
is deleted or not ready is left out: the caller hears what follows, and the step says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.conf import settings

from applets.instructions import RECORDING, Dial, Gather, Instruction, Play, Record, Say
from calls.models import Call
from flows.graph import Graph
from flows.models import Audio
from flows.turn import Step, Turn

_DELETED: Final = "The recording to be played does not exist any more: it was left out."
_NOT_READY: Final = "The recording to be played is not ready: it was left out."

Addresses = Mapping[str, str]
"""From what applets write in ``Play.url`` to a whole address; what is left out is not in it."""


def with_recordings(call: Call, graph: Graph, turn: Turn) -> Turn:
    """Return a turn whose recordings have addresses, in one query, or none where nothing is played."""
    named = {play.url for play in _plays(turn.instructions) if play.url.startswith(RECORDING)}
    if not named:
        return turn
    addresses, notes = _found(call, named)
    told = [_resolved(instruction, addresses) for instruction in turn.instructions]
    instructions = tuple(instruction for instruction in told if instruction is not None)
    if not notes:
        return Turn(instructions, turn.state, turn.steps)
    steps = tuple(_noted(graph, step, notes) for step in turn.steps)
    opened = turn.state.open_step
    for step in steps:
        if opened and step.index == opened["index"] and step.left is None:
            opened["note"] = step.note  # the end of the visit will be written from it
    return Turn(instructions, turn.state, steps)


def _plays(instructions: Iterable[Instruction]) -> Iterable[Play]:
    for instruction in instructions:
        speech = _speech_of(instruction)
        if isinstance(speech, Play):
            yield speech


def _speech_of(instruction: Instruction) -> object:
    if isinstance(instruction, Gather | Record):
        return instruction.prompt
    return instruction.whisper if isinstance(instruction, Dial) else instruction


def _found(call: Call, named: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the addresses of those that can be played, and a note for each of the others."""
    sids = {url.removeprefix(RECORDING) for url in named}
    rows = {
        audio.sid: audio for audio in Audio.objects.for_account(call.account).filter(sid__in=sids)
    }
    addresses, notes = {}, {}
    for sid in sids:
        audio = rows.get(sid)
        if audio is not None and audio.state == Audio.State.READY:
            addresses[f"{RECORDING}{sid}"] = f"{settings.PUBLIC_URL}{audio.path}"
        else:
            notes[sid] = _NOT_READY if audio else _DELETED
    return addresses, notes


def _resolved(instruction: Instruction, addresses: Addresses) -> Instruction | None:
    if isinstance(instruction, Play):
        return _addressed(instruction, addresses)
    if isinstance(instruction, Gather | Record):
        return replace(instruction, prompt=_addressed(instruction.prompt, addresses))
    if isinstance(instruction, Dial):
        return replace(instruction, whisper=_addressed(instruction.whisper, addresses))
    return instruction


def _addressed(speech: Say | Play | None, addresses: Addresses) -> Say | Play | None:
    if not isinstance(speech, Play) or not speech.url.startswith(RECORDING):
        return speech
    url = addresses.get(speech.url)
    return replace(speech, url=url) if url else None


def _noted(graph: Graph, step: Step, notes: Mapping[str, str]) -> Step:
    node = graph.nodes.get(step.node)
    told = (
        {
            notes[value]
            for value in node.settings.values()
            if isinstance(value, str) and value in notes
        }
        if node
        else set()
    )
    if not told:
        return step
    note = " ".join(dict.fromkeys((*filter(None, [step.note]), *sorted(told))))
    return replace(step, note=note)
