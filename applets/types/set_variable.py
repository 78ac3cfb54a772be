"""Give names to values that later applets use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import BadExpression, Expression, MissingVariable
from applets.fields import panel
from applets.objects import OBJECTS
from applets.registry import register
from applets.run import RunView
from applets.variables import VARIABLES, VariableInfo, parse
from core.errors import DomainError
from core.plain import check_plain

_OF_EVERY_CALL: Final = frozenset(info.name for info in VARIABLES)
_LARGEST: Final = 10_000
"""Characters of a value as JSON: it is stored with every turn of the call."""
_SHOWN: Final = 200


class ValueCannotBeKept(DomainError):
    """A value is too large for a variable, or holds what no database keeps."""

    code = "variables.cannot_be_kept"
    message = "The value of {name} cannot be kept: it {problem}."


class Assignment(BaseModel):
    """One name and what it stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", title=_("Name"), pattern=r"^$|^\$?[A-Za-z_][A-Za-z0-9_]{0,62}$")
    value: str = Field(default="", title=_("Value"), max_length=2000)

    @property
    def variable(self) -> str:
        """The name without the dollar that Callr writes before it."""
        return self.name.removeprefix("$")


class SetVariableSettings(AppletSettings):
    assignments: list[Assignment] = Field(
        default_factory=list,
        title=_("Values"),
        description=_(
            "A text, with variables if you like, or an expression in ${{ }}. Later applets use"
            " it by its name, as {name}."
        ),
        max_length=50,
        json_schema_extra=panel("assignments", required=True),
    )


@register
class SetVariable(Applet[SetVariableSettings]):
    """Names values for later applets; one that cannot be worked out is left out."""

    slug = "set_variable"
    label = _("Set variable")
    category = "logic"
    icon = "variable"
    summary = "{assignments}"
    settings_model = SetVariableSettings
    ports = (Port("next", _("Next")),)
    port_without_caller = "next"
    port_on_failure = "next"
    collects = (VariableInfo("{assignments.name}", _("Value set in the flow"), "sample"),)

    def enter(self, settings: SetVariableSettings, run: RunView) -> Exit:
        found: dict[str, Any] = {}
        notes: list[str] = []
        for row in settings.assignments:
            try:
                found[row.variable] = _value_of(row, run)
            except DomainError as error:
                notes.append(_("{name} was not set.").format(name=row.variable) + f" {error}")
            else:
                run = replace(run, variables={**run.variables, **found})
        detail = {"set": {name: _shown(value) for name, value in found.items()}}
        return Exit("next", variables=found, detail=detail, note=" ".join(notes))

    def issues(self, settings: SetVariableSettings) -> Iterator[SettingIssue]:
        for number, row in enumerate(settings.assignments, start=1):
            if not row.name:
                yield SettingIssue("assignments", f"Row {number}: Give it a name.")
            elif row.variable in _OF_EVERY_CALL:
                told = f"Every call has {row.variable} already; it cannot be set."
                yield SettingIssue("assignments", told, fix=_("Choose another name."))
            elif row.variable in OBJECTS:
                told = f"Expressions find your value under {row.variable}, and no more the call's."
                yield SettingIssue("assignments", told, "warning", _("Choose another name."))
            try:
                parse(row.value)
            except BadExpression as error:
                yield SettingIssue("assignments", f"Row {number}: {error}")


def _value_of(row: Assignment, run: RunView) -> Any:
    """Return a value: that of an expression as it is, be it a list; else a text."""
    parts = parse(row.value.strip())
    if len(parts) != 1 or not isinstance(parts[0], Expression):
        return _kept(row, run.expand(row.value))
    value = parts[0].plain(run.lookup)
    if value is None:
        raise MissingVariable(name=parts[0].source)
    return _kept(row, value)


def _kept(row: Assignment, value: Any) -> Any:
    fault = check_plain(value)
    problem = fault[1] if fault else ""
    if not problem and len(json.dumps(value, ensure_ascii=False)) > _LARGEST:
        problem = f"is longer than {_LARGEST} characters"
    if problem:
        raise ValueCannotBeKept(name=row.variable, problem=problem)
    return value


def _shown(value: Any) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown[:_SHOWN]
