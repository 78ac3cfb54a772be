"""Choose a way by what is known of the call."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from applets.base import Applet, AppletSettings, Exit, Port, PortForEach, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import LONGEST_EXPRESSION, BadExpression, check
from applets.fields import panel
from applets.registry import register
from applets.rule_faults import fault_of
from applets.rules import Rule, judge, reads_of
from applets.run import RunView
from applets.variables import DIGITS, VariableInfo
from core.errors import DomainError

_MOST_CASES: Final = 20
_MOST_RULES: Final = 10
_OTHERWISE: Final = "otherwise"


def _free(port: str) -> str:
    if port == _OTHERWISE:
        raise ValueError("otherwise is the way when no case holds; call the case something else")
    return port


PortName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), AfterValidator(_free)
]


class Case(BaseModel):
    """One way out, and when it is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: PortName
    name: str = Field(default="", max_length=60)
    mode: Literal["rules", "expression"] = "rules"
    match: Literal["all", "any"] = "all"
    rules: Annotated[tuple[Rule, ...], Field(max_length=_MOST_RULES)] = ()
    expression: str = Field(default="", max_length=LONGEST_EXPRESSION)

    def same_as(self, other: Case) -> bool:
        """Tell whether both hold for the same calls, whatever they are called."""
        return self._meaning() == other._meaning()

    def _meaning(self) -> tuple[Any, ...]:
        if self.mode == "expression":
            return ("expression", self.expression.strip())
        rules = frozenset(self.rules)
        return (self.match if len(rules) > 1 else "all", rules)


class ConditionSettings(AppletSettings):
    cases: Annotated[tuple[Case, ...], Field(max_length=_MOST_CASES)] = Field(
        default=(),
        title=_("Cases"),
        description=_("The first case that holds is taken."),
        json_schema_extra=panel("rules", required=True),
    )


@register
class Condition(Applet[ConditionSettings]):
    """Leaves through the first case that holds, else through “Otherwise”."""

    slug = "condition"
    label = _("Condition")
    category = "logic"
    icon = "split"
    settings_model = ConditionSettings
    ports = (PortForEach("cases", key="port", label="name"), Port(_OTHERWISE, _("Otherwise")))
    port_on_failure = _OTHERWISE
    leaves = (
        VariableInfo(
            "case", _("Case that was taken"), _OTHERWISE, 40, f"{ascii_lowercase}{DIGITS}_"
        ),
        VariableInfo("name", _("Name of the case that was taken"), "Otherwise", 60),
    )

    def enter(self, settings: ConditionSettings, run: RunView) -> Exit:
        notes: list[str] = []
        for case in settings.cases:
            holds, told = _judge(case, run)
            notes += (f"“{case.name or case.port}”: {note}" for note in told)
            if holds:
                return _leave(case.port, case.name or case.port, notes)
        return _leave(_OTHERWISE, "Otherwise", notes)

    def reads(self, settings: ConditionSettings) -> Iterator[tuple[str, str]]:
        for case in settings.cases:
            rules = case.rules if case.mode == "rules" else ()
            yield from (("cases", name) for rule in rules if (name := reads_of(rule)))

    def issues(self, settings: ConditionSettings) -> Iterator[SettingIssue]:
        for number, case in enumerate(settings.cases, start=1):
            who = f"case {number}" + (f" “{case.name}”" if case.name else "")
            earlier = settings.cases[: number - 1]
            if any(case.port == other.port for other in earlier):
                yield SettingIssue("cases", f"{who}: an earlier case has the port {case.port}.")
            faults = list(_faults(case))
            yield from (SettingIssue("cases", f"{who}{told}") for told in faults)
            same = next((n for n, other in enumerate(earlier, 1) if case.same_as(other)), None)
            if same and not faults:
                told = f"no call can reach {who}: it says the same as case {same}."
                fix = _("Change it, or delete it.")
                yield SettingIssue("cases", told, severity="warning", fix=fix)


def _judge(case: Case, run: RunView) -> tuple[bool, list[str]]:
    """Return whether a case holds, and what could not be worked out about it."""
    if case.mode == "expression":
        try:
            return run.truth(case.expression), []
        except DomainError as error:
            return False, [str(error)]
    notes = []
    for number, rule in enumerate(case.rules, start=1):
        judged = judge(rule, run)
        if judged.note:
            notes.append(f"row {number}: {judged.note}")
        if judged.holds is (case.match == "any"):
            return judged.holds, notes  # the other rows cannot change it
    return bool(case.rules) and case.match == "all", notes


def _leave(port: str, name: str, notes: list[str]) -> Exit:
    return Exit(
        port,
        result={"case": port, "name": name},
        detail={"case": name},
        note=" ".join(notes),
    )


def _faults(case: Case) -> Iterator[str]:
    if case.mode == "expression":
        try:
            check(case.expression)
        except BadExpression as error:
            yield f": {error}"
        return
    if not case.rules:
        yield ": add a row, or no call takes it."
    for number, rule in enumerate(case.rules, start=1):
        if fault := fault_of(rule):
            yield f", row {number}: {fault}"
