"""What a reader of the SMS report asked for, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from core.errors import DomainError
from core.periods import CUSTOM, Period, period_from
from sms.states import Status

LONGEST_VALUE: Final = 100
NONE: Final = "none"  # for a flow: sent by the API; for a reason: the carrier gave none
NAMES: Final = ("flow", "template", "header", "status", "reason", "q", "tests")
PERIOD_NAMES: Final = ("period", "from", "to")


class BadFilter(DomainError):
    """A filter that the report does not have, or a value it cannot take."""

    code: ClassVar[str] = "reports.bad_filter"
    message: ClassVar[str] = "{problem}"
    status: ClassVar[int] = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """The period and everything that narrows the report; an empty text narrows nothing."""

    period: Period
    flow: str = ""
    template: str = ""
    header: str = ""
    status: str = ""
    reason: str = ""
    q: str = ""
    tests: str = (
        ""  # "" shows messages of test calls, "hide" leaves them out, "only" shows nothing else
    )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period was chosen."""
        return any(getattr(self, name) for name in NAMES)

    @property
    def count(self) -> int:
        """How many filters are set besides the search."""
        return sum(1 for name in NAMES if name != "q" and getattr(self, name))

    def but(self, **changes: str) -> Filters:
        return replace(self, **changes)  # type: ignore[arg-type]  # all of NAMES are text

    def query(self) -> str:
        """Return the query string that brings this very report back."""
        pairs = [*self._period_pairs(), *((n, getattr(self, n)) for n in NAMES if getattr(self, n))]
        return urlencode(pairs)

    def _period_pairs(self) -> list[tuple[str, str]]:
        period = self.period
        if period.key == CUSTOM:
            return [("from", period.first.isoformat()), ("to", period.last.isoformat())]
        return [("period", period.key)]


def filters_from(wanted: Mapping[str, str], *, zone: ZoneInfo, now: datetime) -> Filters:
    """Read a query. Raises BadPeriod and BadFilter; names that are not filters are left alone."""
    clean = {name: _clean(wanted.get(name, "")) for name in (*NAMES, *PERIOD_NAMES)}
    if clean["status"] and clean["status"] not in Status.values:
        known = ", ".join(Status.values)
        raise BadFilter(problem=f"There is no status “{clean['status']}”. Use one of: {known}.")
    if clean["tests"] not in {"", "hide", "only"}:
        raise BadFilter(problem="“tests” is “hide” or “only”; leave it out to see all messages.")
    period = period_from(clean, zone=zone, now=now)
    return Filters(period, **{name: clean[name] for name in NAMES})


def refuse_unknown(wanted: Mapping[str, str]) -> None:
    """Raise BadFilter for a name that is no filter: a misspelt one must not widen an answer."""
    unknown = sorted(set(wanted) - {*NAMES, *PERIOD_NAMES})
    if unknown:
        known = ", ".join((*PERIOD_NAMES, *NAMES))
        raise BadFilter(problem=f"There is no filter “{unknown[0][:40]}”. Use: {known}.")


def _clean(value: str) -> str:
    """Cut a value to a sane length."""
    return value.strip()[:LONGEST_VALUE]
