"""Ids of the DLT registries: what their digits give away.

The third and fourth digit name the kind of record, seen on every public id we could compare;
the first two name the operator that registered it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from core.errors import DomainError

USUAL_LENGTH: Final = 19
_SHAPE: Final = re.compile(r"\d{12,20}", re.ASCII)
_SPREADSHEET: Final = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


class IdKind(StrEnum):
    """What an id may name, in the words of the pages."""

    ENTITY = "Entity ID"
    TELEMARKETER = "Telemarketer ID"
    HEADER = "Header ID"
    TEMPLATE = "Template ID"
    CONSENT = "Consent template ID"


KINDS: Final = {
    "01": IdKind.ENTITY,
    "02": IdKind.TELEMARKETER,
    "05": IdKind.HEADER,
    "07": IdKind.TEMPLATE,
    "77": IdKind.TEMPLATE,
}


# No published id shows digits of its own for consent templates; portals give them those of templates.
_MAY_BE: Final = {IdKind.CONSENT: frozenset({None, IdKind.TEMPLATE, IdKind.CONSENT})}
# Stands in for the id of a draft until the portal gave one; no id of a registry has letters.
_PROVISIONAL: Final = "draft-"


class BadId(DomainError):
    code = "dlt.bad_id"
    message = "{problem}"


def kind_of(value: str) -> IdKind | None:
    """Return what an id names, or None when its digits do not say."""
    return KINDS.get(value[2:4])


def problem_with(value: str, wanted: IdKind) -> str:
    """Return why ``value`` cannot be an id of that kind, or nothing."""
    if _SPREADSHEET.fullmatch(value):
        return (
            f"“{value}” is a number that a spreadsheet rounded: its last digits are lost."
            f" Copy the {wanted} from the DLT portal."
        )
    if not _SHAPE.fullmatch(value):
        start = _a(wanted)
        return f"{start[0].upper()}{start[1:]} has 12 to 20 digits, nothing else; most have 19."
    seems = kind_of(value)
    if seems not in _MAY_BE.get(wanted, (None, wanted)):
        return f"This looks like {_a(seems)} ({value[:4]}…), not {_a(wanted)}."
    return ""


def _a(kind: IdKind | None) -> str:
    return f"an {kind}" if kind is IdKind.ENTITY else f"a {kind}"


def require_id(value: str, wanted: IdKind, field: str) -> str:
    """Return the id without the spaces around it; raises BadId."""
    value = value.strip()
    problem = problem_with(value, wanted)
    if problem:
        raise BadId(field=field, problem=problem)
    return value


def warning_about(value: str) -> str:
    """Return what is unusual about a valid id, or nothing."""
    if len(value) == USUAL_LENGTH:
        return ""
    digits = f"Most ids have {USUAL_LENGTH} digits, this one has {len(value)}."
    return f"{digits} Compare it with the portal."


def provisional_id(random: str) -> str:
    """Return what stands in for an id that the portal has not given yet."""
    return f"{_PROVISIONAL}{random}"


def is_provisional(value: str) -> bool:
    return value.startswith(_PROVISIONAL)


# The 13 digits behind the kind are mostly the moment of registration in milliseconds.
_FIRST_YEAR: Final = datetime(2018, 7, 1, tzinfo=UTC)  # no portal is older


def made_on(value: str, now: datetime) -> datetime | None:
    """Return when an id was made, when its digits say: true of most template and header ids."""
    if not _SHAPE.fullmatch(value) or len(value) < USUAL_LENGTH:
        return None
    moment = datetime.fromtimestamp(int(value[4:17]) / 1000, tz=UTC)
    return moment if _FIRST_YEAR <= moment <= now else None
