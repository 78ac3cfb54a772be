"""What waits for a decision: records of every kind, longest first, a page at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Q, QuerySet, Value

from accounts.caller import Caller
from accounts.models import Account, Role
from dlt.lint import LintFinding
from dlt.models import Record
from dlt.record_findings import findings_of_many
from dlt.registry import KINDS, LABELS, rows_of
from dlt.services.decisions import is_own, only_admin
from dlt.sla import Due, allowed_time, due

PER_PAGE: Final = 50

# What a record is found by.
_FOUND_BY: Final[dict[str, tuple[str, ...]]] = {
    "entity": ("name", "pe_id"),
    "telemarketer": ("name", "tm_id"),
    "header": ("value", "entity__name"),
    "template": ("name", "template_id", "text"),
    "chain": ("hash", "entity__name"),
    "cta": ("value", "entity__name"),
    "consent": ("name", "consent_id", "brand", "text"),
}
# What lint and pages read of a record beside its row.
_JOINED: Final[dict[str, tuple[str, ...]]] = {
    "template": ("entity", "account", "consent_template", "supersedes"),
}
_FETCHED: Final[dict[str, tuple[str, ...]]] = {
    "template": ("headers",),
    "chain": ("links__telemarketer",),
    "consent": ("headers",),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the queue is narrowed by; empty is everything."""

    kind: str = ""
    entity: str = ""
    maker: str = ""
    q: str = ""

    @property
    def any(self) -> bool:
        return bool(self.kind or self.entity or self.maker or self.q)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One submission in the queue."""

    kind: str
    row: Record
    due: Due
    own: bool
    may_decide: bool
    findings: list[LintFinding] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def errors(self) -> int:
        return self.counts["error"]

    @property
    def warnings(self) -> int:
        return self.counts["warning"]

    @property
    def hints(self) -> int:
        return self.counts["hint"]


def waiting_page(
    caller: Caller, chosen: Chosen, number: int | str | None, now: datetime
) -> Page[Waiting]:
    """Return one page of the queue; odd page numbers give the nearest page there is."""
    paginator: Paginator[Any] = Paginator(_keys(caller.account, chosen), PER_PAGE)
    page = paginator.get_page(number)
    page.object_list = waiting_of(caller, list(page.object_list), now)
    return page


def waiting_of(caller: Caller, keys: Sequence[tuple[str, int]], now: datetime) -> list[Waiting]:
    """Return what is still there of these records (kind and pk), in their order."""
    account = caller.account
    rows = fetch(account, keys)
    found = [rows[key] for key in keys if key in rows]
    findings = findings_of_many(account, found)
    alone, allowed = only_admin(caller), allowed_time(account)
    decides = caller.may(Role.ADMIN)
    return [
        Waiting(
            kind=row.record_kind,
            row=row,
            due=due(row.submitted, allowed, now),
            own=is_own(caller, row),
            may_decide=decides and (alone or not is_own(caller, row)),
            findings=findings[row.record_kind, row.pk],
        )
        for row in found
    ]


def fetch(account: Account, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Record]:
    """Return records of an account by kind and pk, with what pages show of them. A few queries per kind."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in keys:
        wanted[kind].append(pk)
    found: dict[tuple[str, int], Record] = {}
    for kind, pks in wanted.items():
        if kind not in KINDS:
            continue
        rows = rows_of(account, kind).select_related(*_joined(kind))
        for row in rows.prefetch_related(*_FETCHED.get(kind, ())).filter(pk__in=pks):
            row.account = account
            found[kind, row.pk] = row
    return found


def _joined(kind: str) -> tuple[str, ...]:
    plain = ("account",) if kind in {"entity", "telemarketer"} else ("account", "entity")
    return _JOINED.get(kind, plain)


def key_of(text: str) -> tuple[str, int] | None:
    """Read a record's key as pages write it, such as "template-12"; None when it is none."""
    kind, _, pk = text.partition("-")
    if kind in KINDS and pk.isascii() and pk.isdecimal() and len(pk) < 19:
        return kind, int(pk)
    return None


class _Keys:
    """The keys of the queue as a paginator wants them: counted and sliced in the database."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._rows = rows

    def count(self) -> int:
        return self._rows.count()

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, part: slice) -> list[tuple[str, int]]:
        ordered = self._rows.order_by("submitted", "kind_name", "pk")[part]
        return [(kind, pk) for kind, pk, _ in ordered]


def _keys(account: Account, chosen: Chosen) -> Any:
    kinds = [chosen.kind] if chosen.kind in KINDS else list(KINDS)
    first, *rest = (_pending(account, kind, chosen) for kind in kinds)
    return _Keys(first.union(*rest, all=True) if rest else first)


def _pending(account: Account, kind: str, chosen: Chosen) -> QuerySet[Any, Any]:
    rows = rows_of(account, kind).select_related(None).filter(state="pending")
    if chosen.entity:
        rows = rows.filter(_of_entity(kind, chosen.entity))
    if chosen.maker:
        rows = rows.filter(maker=chosen.maker)
    if chosen.q:
        wanted = Q()
        for name in _FOUND_BY[kind]:
            wanted |= Q(**{f"{name}__icontains": chosen.q})
        rows = rows.filter(wanted)
    named: QuerySet[Any, Any] = rows.annotate(kind_name=Value(kind, output_field=CharField()))
    keys: QuerySet[Any, Any] = named.values_list("kind_name", "pk", "submitted")
    return keys


def _of_entity(kind: str, pe_id: str) -> Q:
    if kind == "entity":
        return Q(pe_id=pe_id)
    return Q(pk__in=[]) if kind == "telemarketer" else Q(entity__pe_id=pe_id)


def makers(account: Account) -> list[str]:
    """Return whose submissions wait. One query."""
    first, *rest = (
        rows_of(account, kind).select_related(None).filter(state="pending").values_list("maker")
        for kind in KINDS
    )
    return sorted(maker for (maker,) in first.union(*rest) if maker)
