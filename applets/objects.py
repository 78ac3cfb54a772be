"""The objects that expressions read: ``call``, ``sms``, ``run``, ``flow``, ``scenario``, ``nodes``,
``http``, ``vars`` and ``now``.

Names and fields are those of Callr's documents, so that expressions written for it run as they
are. Nothing is worked out before it is read: the kind and the place of a number take a look into
tables that a call without expressions must not pay for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from applets.expressions import MISSING, Lazy, Moment
from core.phone_numbers import PhoneNumber, caller

if TYPE_CHECKING:
    from applets.run import RunView

Reader = Callable[["RunView"], Any]
_UNKNOWN: Final = "UNKNOWN"


class Left(Mapping[str, Any]):
    """What applets left behind, by the id of the node and by its name written as an identifier."""

    def __init__(self, run: RunView, part: str = "") -> None:
        self._nodes, self._aliases = run.nodes, run.aliases
        if part:
            self._nodes = {node: left[part] for node, left in run.nodes.items() if part in left}

    def __getitem__(self, key: str) -> Any:
        return self._nodes[key if key in self._nodes else self._aliases[key]]

    def __iter__(self) -> Iterator[str]:
        names = {node: alias for alias, node in self._aliases.items()}
        return (names.get(node, node) for node in self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


@lru_cache(maxsize=1024)
def _number(e164: str) -> PhoneNumber | None:
    return caller(e164)


@lru_cache(maxsize=1024)
def _location(e164: str) -> str:
    number = _number(e164)
    return number.location if number and number.valid else ""


def _type(e164: str) -> str:
    number = _number(e164)
    return number.type if number else _UNKNOWN


def _country(e164: str) -> str | None:
    number = _number(e164)
    return number.country if number else None


def _moment(run: RunView, written: str) -> Any:
    if not written:
        return MISSING
    return Moment(datetime.fromisoformat(written).astimezone(run.local_time().tzinfo))


def _direction(run: RunView) -> str:
    return "outbound" if run.entry == "api" else "inbound"


def _status(run: RunView) -> str:
    return "in-progress" if run.caller_present else "completed"


def _seconds(run: RunView) -> Any:
    if not run.call.started:
        return MISSING
    return int((run.now - datetime.fromisoformat(run.call.started)).total_seconds())


_CALL: Final[dict[str, Reader]] = {
    # A withheld number is no value: better a message that names the gap than one with a hole in it.
    "from": lambda run: run.call.from_number or MISSING,
    "to": lambda run: run.call.to_number or MISSING,
    "fromNumber": lambda run: run.call.from_number or MISSING,
    "toNumber": lambda run: run.call.to_number or MISSING,
    "fromType": lambda run: _type(run.call.from_number),
    "toType": lambda run: _type(run.call.to_number),
    "fromCountry": lambda run: _country(run.call.from_number),
    "toCountry": lambda run: _country(run.call.to_number),
    "fromLocation": lambda run: _location(run.call.from_number),
    "toLocation": lambda run: _location(run.call.to_number),
    "sid": lambda run: run.call.sid,
    "ref": lambda run: run.call.ref,
    "direction": _direction,
    "startedAt": lambda run: _moment(run, run.call.started),
    "answered": lambda run: run.answered,
    "status": _status,
    "cdr": lambda run: Lazy(_CDR, run),
}
_CDR: Final[dict[str, Reader]] = {
    "callid": lambda run: run.call.sid,
    "callee": lambda run: run.call.to_number,
    "callerNumber": lambda run: run.call.from_number,
    "callerRestricted": lambda run: not run.call.from_number,
    "direction": _direction,
    "started": lambda run: _moment(run, run.call.started),
    "status": _status,
    "durationTotal": _seconds,
    "dialStatus": lambda run: run.facts.get("dial_status", MISSING),
    "dialNumber": lambda run: run.facts.get("dial_number", MISSING),
    "dialDuration": lambda run: run.facts.get("dial_seconds", MISSING),
}
_RUN: Final[dict[str, Reader]] = {
    "id": lambda run: f"{_kind(run)}:{run.call.sid}",
    "type": lambda run: _kind(run),
    "entry": lambda run: run.entry,
}
_FLOW: Final[dict[str, Reader]] = {
    "sid": lambda run: run.call.flow,
    "name": lambda run: run.call.flow_name or MISSING,
}


def _kind(run: RunView) -> str:
    return run.entry.replace("_", "-")


OBJECTS: Final[dict[str, Reader]] = {
    "call": lambda run: Lazy(_CALL, run),
    "sms": lambda run: dict(run.call.sms) or MISSING,
    "run": lambda run: Lazy(_RUN, run),
    "flow": lambda run: Lazy(_FLOW, run),
    "scenario": lambda run: Lazy(_FLOW, run),
    "nodes": Left,
    "http": lambda run: Left(run, "json"),
    "vars": lambda run: dict(run.variables),
    "now": lambda run: Moment(run.local_time()),
}
"""By the name that expressions use. A variable of the same name hides the object."""
