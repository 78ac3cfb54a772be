"""What a call should have come to against what it came to, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flows.graph import Graph
from flows.program import placed, port_names
from flows.rehearsal import Taken, Walk
from flows.tests.document import Document, Expected, ExpectedMessage, Path, Step
from flows.tests.judging import JudgedMessage

_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class PathDifference:
    """Where two paths part: the index of the step in the path that was taken, and in words."""

    index: int
    text: str
    ended: bool = False
    """Whether the path that was taken had simply no more steps."""


def differences(
    document: Document, graph: Graph, walk: Walk, messages: Sequence[JudgedMessage]
) -> Iterator[str]:
    """Yield everything that is not as expected, the first thing that went wrong first."""
    expect = document.expect
    parted = path_difference(expect.path, graph, walk.path) if expect.path else None
    if parted and not (walk.stuck and parted.ended):
        yield parted.text
    if walk.stuck:
        yield walk.stuck
    elif expect.ended is not None and (ended := (walk.ended or {}).get("code")) != expect.ended:
        told = f", ended as “{ended}”" if ended else ", has not ended"
        yield f"Expected the call to end as “{expect.ended}”{told}."
    if expect.messages is not None:
        yield from _message_differences(expect.messages, messages)
    yield from _variable_differences(expect, walk)


def path_difference(expected: Path, graph: Graph, went: Sequence[Taken]) -> PathDifference | None:
    """Return where a path leaves what was expected, or None."""
    return (
        _exactly(expected.steps, graph, went) if expected.exact else _through(expected, graph, went)
    )


def _exactly(
    expected: Sequence[Step], graph: Graph, went: Sequence[Taken]
) -> PathDifference | None:
    for index, step in enumerate(expected):
        if index >= len(went):
            after = f" after “{went[-1].shown}”" if went else ""
            told = f"Expected “{shown(step, graph)}”, but the path ended{after}."
            return PathDifference(index, told, ended=True)
        if not _fits(step, went[index]):
            return PathDifference(index, _instead(step, graph, went[index]))
    if len(went) > len(expected):
        told = f"Expected the path to end, went on to “{went[len(expected)].shown}”."
        return PathDifference(len(expected), told)
    return None


def _through(expected: Path, graph: Graph, went: Sequence[Taken]) -> PathDifference | None:
    begin = 0
    for step in expected.steps:
        found = next((i for i in range(begin, len(went)) if _fits(step, went[i])), None)
        if found is None:
            return _missed(step, graph, went, begin)
        begin = found + 1
    return None


def _missed(step: Step, graph: Graph, went: Sequence[Taken], begin: int) -> PathDifference:
    for index in range(begin, len(went)):
        if went[index].node == step.node and went[index].flow == step.flow and went[index].port:
            return PathDifference(index, _instead(step, graph, went[index]))
    told = f"Expected “{shown(step, graph)}”, but the call did not come there."
    return PathDifference(len(went), told, ended=True)


def _instead(step: Step, graph: Graph, taken: Taken) -> str:
    return f"Expected “{shown(step, graph)}”, went “{taken.shown}”."


def _fits(step: Step, taken: Taken) -> bool:
    same_place = (step.node, step.flow) == (taken.node, taken.flow)
    return same_place and step.port in ("", taken.port)


def shown(step: Step, graph: Graph) -> str:
    """Name a step as people know it: "Support desk → No answer"."""
    here = placed(graph, step.node) if not step.flow else None
    name = here.node.shown_name if here else step.node
    labels = port_names(here.applet, here.node.settings) if here and here.applet else {}
    return f"{name} → {labels.get(step.port, step.port)}" if step.port else name


def _message_differences(
    expected: Sequence[ExpectedMessage], sent: Sequence[JudgedMessage]
) -> Iterator[str]:
    for index, (wanted, message) in enumerate(zip(expected, sent, strict=False), start=1):
        if wanted.to is not None and wanted.to != message.to:
            yield f"Message {index}: expected to {wanted.to}, went to {message.to or 'nobody'}."
        if wanted.text is not None and wanted.text != message.text:
            yield f"Message {index}: expected “{_cut(wanted.text)}”, was “{_cut(message.text)}”."
        if wanted.verdict is not None and wanted.verdict != message.verdict:
            why = f": {message.reason}" if message.reason else "."
            yield f"Message {index}: expected {wanted.verdict}, was {message.verdict}{why}"
    if len(expected) != len(sent):
        yield f"Expected {_messages(len(expected))}, {len(sent) or 'none'} sent."


def _messages(count: int) -> str:
    return {0: "no message", 1: "1 message"}.get(count, f"{count} messages")


def _variable_differences(expect: Expected, walk: Walk) -> Iterator[str]:
    for name, wanted in expect.variables.items():
        if name not in walk.variables:
            yield f"Expected variable “{name}” to be {_value(wanted)}, it was not set."
        elif walk.variables[name] != wanted:
            was = _value(walk.variables[name])
            yield f"Expected variable “{name}” to be {_value(wanted)}, was {was}."


def _value(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
