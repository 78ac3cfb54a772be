"""Plays what happened in a call on another version of its flow, and says where the path now differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from calls.models import Call, CallStep
from calls.recording import document_of, flow_of, messages_of, steps_of, verdict_of
from core.errors import NotFound
from core.masking import mask_numbers
from core.phone_numbers import mask
from flows.graph import Graph, parse
from flows.program import placed, port_names, upgraded
from flows.rehearsal import Taken, Walk
from flows.services import NotPublished, draft_of, live_graph
from flows.tests.judging import JudgedMessage
from flows.tests.neighbours import neighbours_of
from flows.tests.running import messages_of as judged_messages
from flows.tests.running import play, present_taken
from flows.tests.script import WrittenScript
from sms.states import Status


@dataclass(frozen=True, slots=True)
class Course:
    """How a call went, or goes. ``stuck``: what the recording says nothing about."""

    path: Sequence[Taken]
    ended: str
    messages: Sequence[JudgedMessage]
    stuck: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """Both courses. ``first``: the index of the first step that differs."""

    use: str
    before: Course
    now: Course
    first: int | None
    difference: str

    def to_json(self, *, unmasked: bool) -> dict[str, Any]:
        return {
            "use": self.use,
            "differs": bool(self.difference),
            "first_difference": self.first,
            "difference": self.difference or None,
            "before": _present(self.before, unmasked=unmasked),
            "now": _present(self.now, unmasked=unmasked),
        }


def replay(call: Call, use: str) -> Replay:
    """Play a call on ``draft``, ``live`` or a version by its number. Nothing is stored or sent.

    Raises:
        NotFound, NotPublished: there is no such version.
        CallNotEnded, CannotReplay: the call cannot be played.
    """
    flow = call.run.flow
    graph = _graph(call, use)
    document = document_of(call, "Replay")
    script = WrittenScript(document, graph, who="the call")
    walk = play(flow, graph, document, neighbours_of(call.account), script)
    before, now = _recorded(call), _played(call, walk)
    first, difference = _parting(before, now)
    return Replay(use, before, now, first, difference)


def _graph(call: Call, use: str) -> Graph:
    flow = call.run.flow
    if use == "draft":
        return draft_of(flow)
    if use == "live":
        graph = live_graph(flow)
        if graph is None:
            raise NotPublished(name=flow.name)
        return graph
    number = int(use) if use.isascii() and use.isdigit() and len(use) < len("1000000") else 0
    version = flow.versions.filter(number=number).first()
    if version is None:
        raise NotFound(what="version of the flow")
    return upgraded(parse(version.graph))


def _recorded(call: Call) -> Course:
    run = call.run
    stored = run.version.graph if run.version else run.draft_graph
    graph = upgraded(parse(stored))
    messages = [
        JudgedMessage(
            node=row.node,
            to=row.to_number,
            text=row.body,
            verdict=verdict_of(row) or row.error_code,
            reason=row.error_message if row.status == Status.ERROR else "",
        )
        for row in messages_of(call)
    ]
    path = [_taken(call, step, graph) for step in steps_of(call)]
    return Course(path, (run.state.get("end") or {}).get("code", ""), messages)


def _taken(call: Call, step: CallStep, graph: Graph) -> Taken:
    flow = flow_of(call, step)
    here = None if flow else placed(graph, step.node)
    labels = port_names(here.applet, here.node.settings) if here and here.applet else {}
    return Taken(
        flow=flow,
        node=step.node,
        name=step.name or step.node,
        applet=step.applet,
        port=step.port,
        port_label=labels.get(step.port, step.port),
        note=step.note,
        skipped=step.skipped,
        at=step.at,
    )


def _played(call: Call, walk: Walk) -> Course:
    ended = (walk.ended or {}).get("code", "")
    return Course(walk.path, ended, judged_messages(call.account, walk), walk.stuck)


def _parting(before: Course, now: Course) -> tuple[int | None, str]:
    """Return the first step that differs and a sentence; nothing when the call would go as it went."""
    for index, (was, goes) in enumerate(zip(before.path, now.path, strict=False)):
        if (was.flow, was.node, was.port) == (goes.flow, goes.node, goes.port):
            continue
        if now.stuck and index == len(now.path) - 1 and not goes.port:
            return index, now.stuck
        return index, f"Went “{was.shown}”, now goes “{goes.shown}”."
    shorter = min(len(before.path), len(now.path))
    if now.stuck:
        return shorter, now.stuck
    if len(before.path) > shorter:
        return shorter, f"Went on to “{before.path[shorter].shown}”, now ends before."
    if len(now.path) > shorter:
        return shorter, f"Ended here, now goes on to “{now.path[shorter].shown}”."
    return None, _other_difference(before, now)


def _other_difference(before: Course, now: Course) -> str:
    if before.ended != now.ended:
        return f"The path is the same, but it ended as “{before.ended}”, now as “{now.ended}”."
    if [_sent(one) for one in before.messages] != [_sent(one) for one in now.messages]:
        return "The path is the same, but the messages differ."
    return ""


def _sent(message: JudgedMessage) -> tuple[str, str, str]:
    return message.to, message.text, message.verdict


def _present(course: Course, *, unmasked: bool) -> dict[str, Any]:
    text = str if unmasked else mask_numbers
    number = str if unmasked else mask
    path = [present_taken(taken) for taken in course.path]
    return {
        "path": [{**row, "note": text(row["note"]) if row["note"] else None} for row in path],
        "ended": course.ended or None,
        "messages": [
            {
                "node": one.node,
                "to": number(one.to) if one.to else "",
                "text": text(one.text),
                "verdict": one.verdict,
                "reason": text(one.reason),
            }
            for one in course.messages
        ],
        "stuck": course.stuck or None,
    }
