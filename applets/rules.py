"""Rules somebody clicked together: one row compares one thing of the call with a value.

Pure: a row is judged by what the run knows at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from applets.expressions import MISSING, MissingVariable
from applets.expressions.regexes import BadPattern, regex
from applets.opening_hours import DAYS
from applets.run import RunView
from applets.variables import as_text
from core import phone_numbers
from core.errors import DomainError

MOST_VALUES: Final = 50

Subject = Literal[
    "caller",
    "called",
    "caller_type",
    "caller_country",
    "digits",
    "time",
    "weekday",
    "variable",
    "result",
]
Operator = Literal[
    "is",
    "is_not",
    "one_of",
    "starts_with",
    "contains",
    "greater",
    "less",
    "between",
    "is_set",
    "is_not_set",
    "matches",
]

_NUMBER: Final[tuple[Operator, ...]] = (
    "is",
    "is_not",
    "one_of",
    "starts_with",
    "is_set",
    "is_not_set",
    "matches",
)
_ANY: Final[tuple[Operator, ...]] = (
    "is",
    "is_not",
    "one_of",
    "starts_with",
    "contains",
    "greater",
    "less",
    "between",
    "is_set",
    "is_not_set",
    "matches",
)
OPERATORS: Final[Mapping[Subject, tuple[Operator, ...]]] = {
    "caller": _NUMBER,
    "called": _NUMBER,
    "caller_type": ("is", "is_not"),
    "caller_country": ("is", "is_not", "one_of"),
    "digits": _ANY,
    "time": ("between", "less", "greater"),
    "weekday": ("is", "is_not", "one_of"),
    "variable": _ANY,
    "result": _ANY,
}
NO_VALUE: Final[frozenset[Operator]] = frozenset({"is_set", "is_not_set"})

# "Can receive SMS" is MOBILE or FIXED_LINE_OR_MOBILE: in many countries nobody can tell them apart.
NUMBER_TYPES: Final = ("can_receive_sms", "mobile", "fixed_line", "toll_free", "unknown")
_TYPES: Final = {"MOBILE": "mobile", "FIXED_LINE": "fixed_line", "TOLL_FREE": "toll_free"}

Value = Annotated[str, StringConstraints(max_length=500)]


class Rule(BaseModel):
    """One row. A half-written one is kept, and holds for no call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: Subject
    name: str = Field(default="", max_length=200)
    """Of a variable; of a result the path to it, such as ``nodes.lookup.json.status``."""
    operator: Operator
    value: Value | Annotated[tuple[Value, ...], Field(max_length=MOST_VALUES)] = ""
    """A list for ``one_of`` and ``between``."""

    @property
    def values(self) -> tuple[str, ...]:
        return (self.value,) if isinstance(self.value, str) else self.value


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a row holds; ``note`` says why it could not be told."""

    holds: bool
    note: str = ""


class _Untold(Exception):
    """The values of this call cannot be compared; says why in a few words."""


def judge(rule: Rule, run: RunView) -> Judged:
    """Return whether a row holds. What cannot be worked out does not hold, and is said."""
    try:
        return Judged(_holds(rule, run))
    except (DomainError, _Untold) as error:
        return Judged(holds=False, note=str(error))


def kinds_of(number: str) -> frozenset[str]:
    """Return which of ``NUMBER_TYPES`` a caller's number is."""
    known = _caller(number)
    if known is None or known.type == "UNKNOWN":
        return frozenset({"unknown"})
    kinds = {_TYPES[known.type]} if known.type in _TYPES else set()
    return frozenset(kinds | {"can_receive_sms"} if known.can_receive_sms else kinds)


def reads_of(rule: Rule) -> str:
    """Return the value a row looks at that a flow must set, as an expression; empty when there is none."""
    if rule.operator in NO_VALUE:
        return ""  # it asks just whether there is one
    if rule.subject in ("variable", "result"):
        return rule.name
    return "digits" if rule.subject == "digits" else ""


@lru_cache(maxsize=2048)
def _caller(number: str) -> phone_numbers.PhoneNumber | None:
    return phone_numbers.caller(number)


def _holds(rule: Rule, run: RunView) -> bool:
    _refuse_half_written(rule)
    if rule.subject == "time":
        return _time_holds(rule, run)
    found = _FOUND[rule.subject](rule, run)
    if rule.operator == "is_set":
        return found not in (None, "")
    if rule.operator == "is_not_set":
        return found in (None, "")
    if rule.operator == "is_not":
        return not _equals(found, rule.values[0])
    if found is None:
        return False  # nothing is there to compare
    return _COMPARISONS[rule.operator](found, rule)


def _refuse_half_written(rule: Rule) -> None:
    """A test call runs drafts as they are: without this "is not (nothing)" would hold for everybody."""
    if rule.operator not in OPERATORS[rule.subject]:
        raise _Untold("This comparison does not go with what is compared.")
    if rule.operator in NO_VALUE:
        return
    wanted = 2 if rule.operator == "between" else 1
    if len(rule.values) < wanted or not all(rule.values):
        raise _Untold("There is no value to compare with.")


def _variable(rule: Rule, run: RunView) -> Any:
    value = run.lookup(rule.name)
    return None if value is MISSING else value


def _country(rule: Rule, run: RunView) -> Any:
    known = _caller(run.call.from_number)
    return known.country if known else None


def _result(rule: Rule, run: RunView) -> Any:
    try:
        return run.evaluate(rule.name)
    except MissingVariable:
        return None  # the applet was not visited, or left nothing of that name


_FOUND: Final[Mapping[Subject, Callable[[Rule, RunView], Any]]] = {
    "caller": lambda _rule, run: run.call.from_number or None,
    "called": lambda _rule, run: run.call.to_number or None,
    "caller_type": lambda _rule, run: kinds_of(run.call.from_number),
    "caller_country": _country,
    "digits": lambda _rule, run: run.variables.get("digits") or None,
    "weekday": lambda _rule, run: DAYS[run.local_time().weekday()],
    "variable": _variable,
    "result": _result,
}
"""What a row looks at; None when the call does not have it."""


def _time_holds(rule: Rule, run: RunView) -> bool:
    now = run.local_time().strftime("%H:%M")
    first = rule.values[0]
    if rule.operator == "less":
        return now < first
    if rule.operator == "greater":
        return now >= first  # "from 18:00 on": a minute is the least that is looked at
    until = rule.values[1]
    return first <= now < until if first < until else now >= first or now < until


def _equals(found: Any, wanted: str) -> bool:
    if isinstance(found, frozenset):
        return wanted in found
    if found is None:
        return False
    if isinstance(found, int | float) and not isinstance(found, bool):
        return _number_or_none(wanted) == found
    return _text(found).casefold() == wanted.casefold()


def _text(found: Any) -> str:
    """Return a value as a text, whole: what is compared must not be cut."""
    if isinstance(found, str):
        return found
    text = as_text(found)
    if text is None:
        raise _Untold("It is a list or an object, not a text or a number.")
    return text


def _number(found: Any) -> float:
    if isinstance(found, int | float) and not isinstance(found, bool):
        return found
    number = _number_or_none(found) if isinstance(found, str) else None
    if number is None:
        raise _Untold("It is not a number.")
    return number


def _number_or_none(text: str) -> float | None:
    return float(text) if is_number(text) else None


def is_number(text: str) -> bool:
    """Tell whether a text is a decimal number as people write it: no exponent, no infinity."""
    whole, _point, part = text.removeprefix("-").partition(".")
    digits = whole + part
    return digits.isascii() and digits.isdecimal() and bool(whole) and len(digits) <= 30


def _between(found: Any, rule: Rule) -> bool:
    low, high = (_number(value) for value in rule.values[:2])
    return low <= _number(found) <= high


def _matches(found: Any, rule: Rule) -> bool:
    try:
        pattern = regex(rule.values[0], "")
    except BadPattern as error:
        raise _Untold(f"The pattern cannot be used: {error}.") from None
    return pattern.compiled.search(_text(found)) is not None


_COMPARISONS: Final[Mapping[Operator, Callable[[Any, Rule], bool]]] = {
    "is": lambda found, rule: _equals(found, rule.values[0]),
    "one_of": lambda found, rule: any(_equals(found, value) for value in rule.values),
    "starts_with": lambda found, rule: (
        _text(found).casefold().startswith(rule.values[0].casefold())
    ),
    "contains": lambda found, rule: rule.values[0].casefold() in _text(found).casefold(),
    "greater": lambda found, rule: _number(found) > _number(rule.values[0]),
    "less": lambda found, rule: _number(found) < _number(rule.values[0]),
    "between": _between,
    "matches": _matches,
}
