"""An expression tried with sample values of a flow, while somebody writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypedDict

from applets.expressions import BadExpression, expression
from applets.object_fields import FIELDS
from applets.run import CallFacts, RunView
from applets.variables import VariableInfo, sample_values
from core.errors import DomainError
from flows.graph import Graph
from flows.program import aliases_of, collected, left_by, placed

_SAMPLE: Final = "sample"
_LONGEST_SHOWN: Final = 2_000


class Problem(TypedDict):
    """``position`` counts characters from 1, in a text within the expression that is wrong."""

    code: str
    message: str
    position: int


class Checked(TypedDict):
    """What ``POST /api/v1/expressions/check`` answers. ``value`` is None where the samples have
    none; ``note`` then says what was missing."""

    ok: bool
    problems: list[Problem]
    value: Any
    note: str


def checked_expression(source: str, graph: Graph | None, now: datetime) -> Checked:
    """Say whether an expression can be read, and what it gives with sample values."""
    return _checked(lambda run: expression(source).plain(run.lookup), graph, now)


def checked_text(text: str, graph: Graph | None, now: datetime) -> Checked:
    """The same of a text with variables."""
    return _checked(lambda run: run.expand(text), graph, now)


def _checked(work: Callable[[RunView], Any], graph: Graph | None, now: datetime) -> Checked:
    try:
        value = work(_sample_run(graph, now))
    except BadExpression as error:
        position = int(str(error.context["position"]))
        problem = Problem(code=error.code, message=str(error), position=position)
        return Checked(ok=False, problems=[problem], value=None, note="")
    except DomainError as error:
        return Checked(ok=True, problems=[], value=None, note=str(error))
    shown = value[:_LONGEST_SHOWN] if isinstance(value, str) else value
    return Checked(ok=True, problems=[], value=shown, note="")


def _sample_run(graph: Graph | None, now: datetime) -> RunView:
    """Return a call as it could be in a flow, when every applet has done its part."""
    known = sample_values()
    call = CallFacts(
        from_number=known["CallFrom"],
        to_number=known["CallTo"],
        sid=known["CallSid"],
        ref=known["CallRef"],
        started=now.isoformat(),
        flow=FIELDS["flow"]["sid"].sample,
        flow_name=FIELDS["flow"]["name"].sample,
        sms={name: field.sample for name, field in FIELDS["sms"].items()},
    )
    variables: dict[str, Any] = {}
    nodes: dict[str, Any] = {}
    for node_id in graph.nodes if graph else ():
        here = placed(graph, node_id) if graph else None
        variables |= {info.name: info.sample for info in collected(here)}
        nodes[node_id] = {info.name: _left(info) for info in left_by(here)}
    aliases = aliases_of(graph) if graph else {}
    return RunView(call, now, variables, nodes, aliases, {}, answered=True)


def _left(info: VariableInfo) -> Any:
    """Return a sample of what an applet leaves; of an answer nobody knows, one that has any field."""
    return _Answer() if info.longest is None else info.sample


class _Answer(Mapping[str, Any]):
    """An answer in which every field is there, and is a text."""

    def __getitem__(self, key: str) -> Any:
        return _SAMPLE

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0
