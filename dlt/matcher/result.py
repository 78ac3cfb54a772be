"""The two answers of a check, and their shape in the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dlt.matcher.notes import risks
from dlt.matcher.problem import Problem
from dlt.matcher.search import Spans
from dlt.matcher.template import Template
from dlt.matcher.values import VariableValue, values_of


@dataclass
class Match:
    """The body is the template with these values. Values and notes are worked out when read.

    Not frozen, which would make every check a tenth slower.
    """

    template: Template
    body: str
    spans: Spans

    @cached_property
    def variables(self) -> tuple[VariableValue, ...]:
        return values_of(self.template, self.body, self.spans)

    @cached_property
    def notes(self) -> tuple[Problem, ...]:
        return risks(self.template, self.body, self.variables)

    def as_dict(self) -> dict[str, object]:
        return {
            "match": True,
            "variables": _listed(self.variables),
            "problems": [],
            "notes": _listed(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The body would be refused: every reason, the values as far as they can be told, a repair."""

    problems: tuple[Problem, ...]
    variables: tuple[VariableValue, ...] = ()
    suggestion: str | None = None
    notes: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, object]:
        shape: dict[str, object] = {
            "match": False,
            "variables": _listed(self.variables),
            "problems": _listed(self.problems),
            "notes": _listed(self.notes),
        }
        if self.suggestion is not None:
            shape["suggestion"] = self.suggestion
        return shape


def _listed(items: Iterable[Problem | VariableValue]) -> list[dict[str, object]]:
    return [item.as_dict() for item in items]
