"""What is in the objects that expressions read: for the panel's list, for the worst case of a
message, and as the values an expression is tried with.

Sources of the names: Callr's pages on variables of calls and messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from applets.base import gettext_noop as _
from applets.variables import DIGITS, VARIABLES, VariableInfo

_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BY_NAME: Final = {info.name: info for info in VARIABLES}


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """An object that every run has. Its fields may be missing in a call: a withheld number is no
    value."""

    name: str
    label: str
    fields: tuple[VariableInfo, ...]


def _like(name: str, variable: str) -> VariableInfo:
    known = _BY_NAME[variable]
    return VariableInfo(name, known.label, known.sample, known.longest, known.characters)


def _number_fields(side: str, label: str, sample: str, variable: str) -> tuple[VariableInfo, ...]:
    return (
        _like(f"{side}Number", variable),
        VariableInfo(f"{side}Type", _(f"{label}: kind"), sample, 20, f"{_CAPITALS}_"),
        VariableInfo(f"{side}Country", _(f"{label}: country"), "IN", 3, f"{_CAPITALS}01"),
        VariableInfo(f"{side}Location", _(f"{label}: place"), "Chennai, Tamil Nadu"),
    )


_CALL: Final = ObjectInfo(
    "call",
    _("The call"),
    (
        *_number_fields("from", "Caller's number", "MOBILE", "CallFrom"),
        *_number_fields("to", "Called number", "FIXED_LINE", "CallTo"),
        _like("from", "CallFrom"),
        _like("to", "CallTo"),
        _like("sid", "CallSid"),
        _like("ref", "CallRef"),
        VariableInfo("direction", _("Direction"), "inbound", 8, "inboudt"),
        VariableInfo("startedAt", _("When it began"), "2024-01-15 10:30", 16, f"{DIGITS}-: "),
        VariableInfo("answered", _("Whether it was answered"), "true", 5, "truefals"),
        VariableInfo("status", _("Status"), "in-progress", 11, "in-progescmltd"),
        VariableInfo("cdr", _("Details as Callr writes them"), ""),
    ),
)
_SMS: Final = ObjectInfo(
    "sms",
    _("The message that came in"),
    (
        _like("fromNumber", "CallFrom"),
        _like("toNumber", "CallTo"),
        VariableInfo("bodyText", _("Its text"), "STOP"),
        VariableInfo("sid", _("Its id"), "sms7k2m9x4tq37k2m9x4tq37k2m9x4tq"),
        VariableInfo("fromType", _("Sender's number: kind"), "MOBILE", 20, f"{_CAPITALS}_"),
        VariableInfo("fromCountry", _("Sender's number: country"), "IN", 3, f"{_CAPITALS}01"),
        VariableInfo("fromLocation", _("Sender's number: place"), "India"),
        VariableInfo("direction", _("Direction"), "inbound", 8, "inboudt"),
        VariableInfo("status", _("Status"), "delivered"),
        VariableInfo("encoding", _("Encoding"), "gsm"),
        VariableInfo("parts", _("Segments"), "1", 3, DIGITS),
        VariableInfo("createdAt", _("When it came in"), "2024-01-15T05:00:00.000Z"),
    ),
)
_RUN: Final = ObjectInfo(
    "run",
    _("The run"),
    (
        VariableInfo("id", _("Its id"), "inbound-call:cal7k2m9x4tq3"),
        VariableInfo("type", _("What began it"), "inbound-call", 12, "inboud-calsmpfter"),
        VariableInfo("entry", _("What began it, as flows say it"), "inbound_call"),
    ),
)
_FLOW_FIELDS: Final = (
    VariableInfo("sid", _("Its id"), "flw7k2m9x4tq37k2m9x4tq37k2m9x4tq"),
    VariableInfo("name", _("Its name"), "Main line"),
)

OBJECTS: Final = (
    _CALL,
    _SMS,
    _RUN,
    ObjectInfo("flow", _("The flow"), _FLOW_FIELDS),
    ObjectInfo("scenario", _("The flow, as Callr names it"), _FLOW_FIELDS),
    ObjectInfo("nodes", _("What applets left behind, by their names"), ()),
    ObjectInfo("http", _("Answers of Passthru applets, by their names"), ()),
    ObjectInfo("vars", _("Values that applets set"), ()),
    ObjectInfo("now", _("The time"), ()),
)
FIELDS: Final = {info.name: {field.name: field for field in info.fields} for info in OBJECTS}
