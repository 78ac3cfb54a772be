"""What is wrong with a row of a rule before any call: half-written, or asking what cannot be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from applets.base import gettext_noop as _
from applets.expressions import BadExpression, check
from applets.expressions.regexes import BadPattern, regex
from applets.fields import E164_PATTERN
from applets.opening_hours import DAYS
from applets.rules import NO_VALUE, NUMBER_TYPES, OPERATORS, Operator, Rule, Subject, is_number

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
_RESULT: Final = re.compile(r"nodes(\?\.|\.|\[).+", re.ASCII | re.DOTALL)
_E164: Final = re.compile(E164_PATTERN, re.ASCII)
_BEGINNING: Final = re.compile(r"\+[1-9][0-9]{0,14}", re.ASCII)
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)
_KEYS: Final = re.compile(r"[0-9*#]+", re.ASCII)


def fault_of(rule: Rule) -> str:
    """Return what is wrong with a row, in a sentence; empty when nothing is."""
    if rule.operator not in OPERATORS[rule.subject]:
        return _("This comparison does not go with what is compared.")
    return _name_fault(rule) or _count_fault(rule) or _value_fault(rule)


def _name_fault(rule: Rule) -> str:
    if rule.subject == "variable" and not _VARIABLE.fullmatch(rule.name):
        return _("Name the variable, such as digits.")
    if rule.subject == "result":
        if not _RESULT.fullmatch(rule.name):
            return _("Say where the result is, such as nodes.lookup.json.status.")
        try:
            check(rule.name)
        except BadExpression as error:
            return str(error)
    return ""


def _count_fault(rule: Rule) -> str:
    if rule.operator in NO_VALUE:
        return ""
    filled = [value for value in rule.values if value.strip()]
    if rule.operator == "between":
        return "" if len(rule.values) == len(filled) == 2 else _("Give both ends.")
    if not filled or len(filled) < len(rule.values):
        return _("Give a value to compare with.")
    return _("Give one value.") if len(filled) > 1 and rule.operator != "one_of" else ""


def _value_fault(rule: Rule) -> str:
    if rule.operator in NO_VALUE:
        return ""
    if rule.operator == "matches":
        try:
            regex(rule.values[0], "")
        except BadPattern as error:
            return f"The pattern cannot be used: {error}."
        return ""
    fits, told = _form_of(rule.subject, rule.operator)
    return "" if all(fits(value) for value in rule.values) else told


def _form_of(subject: Subject, operator: Operator) -> tuple[Callable[[str], object], str]:
    """Return the test each value must pass, and the sentence when it does not."""
    if subject in _FORMS:
        if operator == "starts_with" and subject in ("caller", "called"):
            return _BEGINNING.fullmatch, _("Write how the number begins, such as +9140.")
        return _FORMS[subject]
    if operator in ("greater", "less", "between"):
        return is_number, _("Give a number, such as 10 or 2.5.")
    if subject == "digits":
        return _KEYS.fullmatch, _("Only the keys 0 to 9, * and # can be pressed.")
    return bool, ""


_WHOLE: Final = (
    _E164.fullmatch,
    _("Write the number with its country code, such as +919876543210."),
)
_FORMS: Final[Mapping[Subject, tuple[Callable[[str], object], str]]] = {
    "caller": _WHOLE,
    "called": _WHOLE,
    "caller_type": (NUMBER_TYPES.__contains__, _("Choose a type of number.")),
    "caller_country": (_COUNTRY.fullmatch, _("Choose a country.")),
    "time": (_CLOCK.fullmatch, _("Give a time, such as 09:00.")),
    "weekday": (DAYS.__contains__, _("Choose a day.")),
}
