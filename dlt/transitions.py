"""What may be done to a record: from which states, to which, by whom. The one table of it.

Facts: states of the operators' tables (codes 602 to 632, 446 to 451). Whatever becomes sendable takes two
people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.models import Role
from dlt.models import SENDABLE, EntityState, RecordState


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that may be done. ``past`` is its word in the audit log and on pages."""

    name: str
    label: str
    past: str
    sources: frozenset[str]
    to: str
    role: Role = Role.ADMIN
    needs_reason: bool = False

    @property
    def makes_sendable(self) -> bool:
        """Whether it takes a second person: the maker is not the checker."""
        return self.to in SENDABLE


_E, _R = EntityState, RecordState
_HALTED_ENTITY: Final = frozenset({_E.INACTIVE.value, _E.SUSPENDED.value, _E.BLACKLISTED.value})
_PAUSED: Final = frozenset(
    {
        _R.INACTIVE.value,
        _R.SUSPENDED_USAGE.value,
        _R.SUSPENDED_VALIDITY.value,
        _R.SUSPENDED_CUSTOMER.value,
    }
)
_HALTED: Final = _PAUSED | {_R.BLACKLISTED.value, _R.EXPIRED.value}
_RUNNING: Final = frozenset({_R.APPROVED.value, _R.INACTIVE.value})


def _of(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


_ENTITY: Final = (
    Verb("submit", "Submit again", "submitted", _of(_E.INACTIVE), _E.PENDING, Role.EDITOR),
    Verb("approve", "Approve", "approved", _of(_E.PENDING), _E.ACTIVE),
    Verb("reject", "Reject", "rejected", _of(_E.PENDING), _E.INACTIVE, needs_reason=True),
    Verb("deactivate", "Set inactive", "deactivated", _of(_E.ACTIVE), _E.INACTIVE, needs_reason=True),
    Verb("suspend", "Suspend", "suspended", _of(_E.ACTIVE, _E.INACTIVE), _E.SUSPENDED, needs_reason=True),
    Verb(
        "blacklist", "Blacklisted by an operator", "blacklisted",
        _of(_E.ACTIVE, _E.INACTIVE, _E.SUSPENDED), _E.BLACKLISTED, needs_reason=True,
    ),
    Verb("reinstate", "Reinstate", "reinstated", _HALTED_ENTITY, _E.ACTIVE),
)  # fmt: skip
_RECORD: Final = (
    Verb("submit", "Submit for approval", "submitted", _of(_R.DRAFT, _R.REJECTED), _R.PENDING, Role.EDITOR),
    Verb("approve", "Approve", "approved", _of(_R.PENDING), _R.APPROVED),
    Verb("reject", "Reject", "rejected", _of(_R.PENDING), _R.REJECTED, needs_reason=True),
    Verb("discard", "Discard", "discarded", _of(_R.DRAFT, _R.REJECTED), _R.RETIRED, Role.EDITOR),
    Verb("deactivate", "Set inactive", "deactivated", _of(_R.APPROVED), _R.INACTIVE, needs_reason=True),
    Verb("suspend", "Suspend", "suspended", _RUNNING, _R.SUSPENDED_CUSTOMER, needs_reason=True),
    Verb(
        "suspend_usage", "Suspended by an operator: unused", "suspended",
        _RUNNING, _R.SUSPENDED_USAGE, needs_reason=True,
    ),
    Verb(
        "suspend_validity", "Suspended by an operator: validity", "suspended",
        _RUNNING, _R.SUSPENDED_VALIDITY, needs_reason=True,
    ),
    Verb(
        "blacklist", "Blacklisted by an operator", "blacklisted",
        _RUNNING | _PAUSED | _of(_R.EXPIRED), _R.BLACKLISTED, needs_reason=True,
    ),
    Verb("reinstate", "Reinstate", "reinstated", _HALTED, _R.APPROVED),
    Verb("retire", "Retire", "retired", _RUNNING | _HALTED | _of(_R.SUPERSEDED), _R.RETIRED),
)  # fmt: skip
_EXPIRE: Final = Verb("expire", "Set expired", "expired", _RUNNING | _PAUSED, _R.EXPIRED)
_SUPERSEDE: Final = Verb(
    "supersede", "Superseded by a new version", "superseded", _RUNNING | _PAUSED, _R.SUPERSEDED
)


def _named(*verbs: Verb) -> dict[str, Verb]:
    return {verb.name: verb for verb in verbs}


VERBS: Final[dict[str, dict[str, Verb]]] = {
    "entity": _named(*_ENTITY),
    "telemarketer": _named(*_ENTITY),
    "chain": _named(*_ENTITY),
    "header": _named(*_RECORD, _EXPIRE),
    "template": _named(*_RECORD, _SUPERSEDE),
    "cta": _named(*_RECORD),
    "consent": _named(*_RECORD, _EXPIRE),
}
ALL_VERBS: Final = tuple(dict.fromkeys(name for verbs in VERBS.values() for name in verbs))


def verbs_from(kind: str, state: str) -> list[Verb]:
    """Return what may be done to a record of this kind in this state."""
    return [verb for verb in VERBS[kind].values() if state in verb.sources]
