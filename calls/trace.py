"""The steps of a call: stored once per turn, shown live."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from calls.live_counts import counts_event
from calls.models import Call, CallStep
from core.live import publish_on_commit
from core.times import rfc3339
from flows.engine import Step
from flows.models import FlowRun

logger = logging.getLogger(__name__)

_CHANGING: Final = ["port", "left", "skipped", "ends", "note", "detail"]
_LONGEST_NOTE: Final = 300


@dataclass(slots=True)
class Report:
    """What became of the effects of one step."""

    detail: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def store_steps(
    call: Call, run: FlowRun, steps: Sequence[Step], reports: Mapping[int, Report], known: int
) -> None:
    """Write the new and changed steps of a turn in one statement, and tell open pages after the
    commit. ``known``: how many steps the call had before."""
    rows = [_row(call, run, step, reports.get(step.index)) for step in steps]
    if not rows:
        return
    CallStep.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["call", "index"], update_fields=_CHANGING
    )
    for row in rows:
        if "failure" in row.detail:
            logger.error(
                "calls.applet_failed",
                extra={"call": call.sid, "step": row.index, "why": row.detail["failure"]},
            )
    _publish(call, rows)
    flow, version = run.place
    number = version.number if version else None
    counts = counts_event(flow.sid, number, steps, known=known, tests=call.is_test)
    publish_on_commit(call.account.sid, counts)


def amend_step(call_id: int, index: int, detail: Mapping[str, Any], note: str = "") -> None:
    """Add what became known after the call had gone on, as when an e-mail was sent."""
    with transaction.atomic():
        steps = CallStep.objects.select_for_update(of=("self",)).select_related("call__account")
        step = steps.filter(call_id=call_id, index=index).first()
        if step is None:
            return
        step.detail = {**step.detail, **detail}
        step.note = f"{step.note} {note}".strip()[:_LONGEST_NOTE]
        step.save(update_fields=["detail", "note"])
        _publish(step.call, [step])


def _publish(call: Call, steps: Sequence[CallStep]) -> None:
    """Tell open pages where the call went and no more: viewers hear it, who may not see whole numbers."""
    passed = [[step.index, step.node, step.port] for step in steps]
    publish_on_commit(call.account.sid, {"type": "call.step", "call": call.sid, "steps": passed})


def note_transfer(call: Call, run: FlowRun, index: int, problem: str) -> None:
    """Write into a transfer's step which flow the call went on in, or why it could not."""
    flow, version = run.place
    if problem:
        amend_step(call.pk, index, {}, problem)
        return
    detail = {"flow_name": flow.name, "flow_version": version.number if version else None}
    amend_step(call.pk, index, detail, f"The call goes on in “{flow.name}”.")


def present_step(step: CallStep) -> dict[str, Any]:
    """A step as the API and the live trace show it."""
    taken = step.left - step.at if step.left else None
    return {
        "index": step.index,
        "node": step.node,
        "applet": step.applet,
        "name": step.name,
        "port": step.port or None,
        "at": rfc3339(step.at),
        "ms": round(taken.total_seconds() * 1000) if taken else 0,
        "detail": step.detail,
        "note": step.note or None,
        "skipped": step.skipped,
    }


def _row(call: Call, run: FlowRun, step: Step, report: Report | None) -> CallStep:
    flow, version = run.place
    detail = {**step.detail, **(report.detail if report else {})}
    note = " ".join(
        dict.fromkeys(part for part in (step.note, report.note if report else "") if part)
    )
    return CallStep(
        call=call,
        index=step.index,
        flow=flow,
        version=version.number if version else None,
        node=step.node,
        applet=step.applet,
        name=step.name,
        port=step.port,
        at=step.at,
        left=step.left,
        skipped=step.skipped,
        ends=step.ends,
        after_call=step.after_call,
        note=note[:_LONGEST_NOTE],
        detail=detail,
        to_count_for=flow.pk,
    )
