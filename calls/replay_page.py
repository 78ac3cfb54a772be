"""A call beside how it would go now: what the template of the page is given."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from accounts.caller import Caller
from accounts.models import Role
from applets import registry
from calls.models import Call
from calls.replaying import replay
from core.errors import DomainError, NotFound

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class StepOf:
    """One step of one course."""

    name: str
    port: str
    icon: str
    category: str
    note: str
    skipped: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The steps of both courses at the same place."""

    before: StepOf | None
    now: StepOf | None
    differs: bool
    first: bool


def context(call: Call, caller: Caller, use: str) -> dict[str, Any]:
    """Return everything the page says. Raises NotFound for a version that does not exist."""
    flow = call.run.flow
    versions = flow.versions.order_by("-number").values_list("number", flat=True)[:MOST_VERSIONS]
    common = {"call": call, "flow": flow, "use": use, "versions": [str(one) for one in versions]}
    try:
        played = replay(call, use).to_json(unmasked=caller.may(Role.EDITOR))
    except NotFound:
        raise
    except DomainError as error:
        return {**common, "problem": str(error)}
    rows = _rows(played["before"]["path"], played["now"]["path"], played["first_difference"])
    ends = {course: _words(played[course]["ended"]) for course in ("before", "now")}
    return {**common, "played": played, "rows": rows, "ends": ends}


def _words(code: str | None) -> str:
    """Say an end code as the call log does."""
    words = (code or "has not ended").replace("_", " ")
    return words[:1].upper() + words[1:]


def _rows(before: list[Any], now: list[Any], first: int | None) -> list[Row]:
    pairs = zip_longest(before, now)
    return [
        Row(
            before=_step(was) if was else None,
            now=_step(goes) if goes else None,
            differs=first is not None and index >= first,
            first=index == first,
        )
        for index, (was, goes) in enumerate(pairs)
    ]


def _step(row: dict[str, Any]) -> StepOf:
    applet = registry.find(row["applet"])
    return StepOf(
        name=row["name"],
        port=row["port_label"] or "",
        icon=applet.icon if applet else "workflow",
        category=applet.category if applet else "logic",
        note=row["note"] or "",
        skipped=row["skipped"],
    )
