"""What all registries have in common when rows come in: judge a batch, then add what is new.

Judging writes nothing; a dry run and an import judge with the same code. What is refused is never written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from accounts.caller import Caller
from accounts.models import Account, AuditEvent, Role
from core.errors import DomainError
from dlt.imports.row import Row, RowRefused, Warn
from dlt.models import PrincipalEntity, Record, RecordState, Source

D = TypeVar("D", bound=Hashable)
M = TypeVar("M")
SHOWN_LENGTH: Final = 40


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(slots=True)
class Verdict:
    """One row judged. ``draft`` is what to write, ``there`` what the registry holds.

    ``noted``: the warnings of the dry run, when this is the import after it.
    """

    row: int
    key: str = ""
    name: str = ""
    outcome: Outcome = Outcome.REFUSED
    code: str = ""
    message: str = ""
    warnings: Sequence[Warn] = ()
    draft: Any = None
    there: Any = None
    verb: str = ""
    noted: str | None = None


@dataclass(slots=True)
class Context:
    """On whose behalf a file is imported, and what was chosen for all of its rows."""

    caller: Caller
    filename: str
    entity: str = ""
    category: str = ""
    approve: bool = False
    add_headers: bool = False
    is_windows: bool = False
    is_dry: bool = True
    entities: dict[str, PrincipalEntity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = PrincipalEntity.objects.for_account(self.account)
        self.entities = {row.pe_id: row for row in rows}

    @property
    def account(self) -> Account:
        return self.caller.account

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.account.time_zone)

    @property
    def may_decide(self) -> bool:
        return self.caller.may(Role.ADMIN)


class Importer(ABC, Generic[D, M]):
    """Judges and adds the rows of one registry. One object serves one run through a file."""

    # The column that a report shows of a row which cannot be read; numbers of people are left out.
    shown: ClassVar[str] = ""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.account = context.account
        self._seen: dict[Hashable, tuple[int, int]] = {}

    @abstractmethod
    def read(self, row: Row) -> D:
        """Return what the row says; raises RowRefused and DomainError."""

    @abstractmethod
    def key(self, draft: D) -> Hashable:
        """Return what makes a record the same record."""

    @abstractmethod
    def find(self, drafts: Sequence[D]) -> Mapping[Hashable, M]:
        """Return what the registry has of these, by key."""

    @abstractmethod
    def named(self, draft: D) -> tuple[str, str]:
        """Return the id and the name that a report shows."""

    @abstractmethod
    def compare(self, draft: D, there: M, verdict: Verdict) -> None:
        """Decide about a row whose record is there already."""

    @abstractmethod
    def add(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        """Write rows that are new, in the transaction of their batch."""

    @abstractmethod
    def change(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        """Change records as their rows say, in the transaction of their batch."""

    def look_at(self, drafts: Sequence[tuple[D, Row]]) -> None:
        """Warn about new records. A dry run only: an import repeats what was said then."""

    def judge(self, rows: Iterable[Row]) -> list[Verdict]:
        """Return a verdict for each row, in order."""
        verdicts: list[Verdict] = []
        read: list[tuple[D, Row, Verdict]] = []
        for row in rows:
            verdict = Verdict(row.number, key=self._shown(row), warnings=row.warnings)
            verdicts.append(verdict)
            try:
                draft = self.read(row)
            except RowRefused as refusal:
                verdict.code, verdict.message = refusal.code, str(refusal)
            except DomainError as error:
                verdict.code, verdict.message = error.code.removeprefix("dlt."), str(error)
            else:
                verdict.key, verdict.name = self.named(draft)
                verdict.draft = draft
                read.append((draft, row, verdict))
        there = self.find([draft for draft, _, _ in read])
        for draft, _, verdict in read:
            self._judge_one(draft, there, verdict)
        if self.context.is_dry:
            self.look_at([(d, row) for d, row, v in read if v.outcome is Outcome.ADDED])
        return verdicts

    def _shown(self, row: Row) -> str:
        return row.word(self.shown)[:SHOWN_LENGTH] if self.shown else ""

    def _judge_one(self, draft: D, there: Mapping[Hashable, M], verdict: Verdict) -> None:
        key = self.key(draft)
        before = self._seen.get(key)
        if before is not None:
            number, fingerprint = before
            if fingerprint == hash(draft):
                verdict.outcome = Outcome.UNCHANGED
                verdict.code = "twice"
                verdict.message = f"The same as row {number} of this file."
            else:
                verdict.code = "twice_different"
                verdict.message = f"Row {number} of this file has the same ID with other values."
            return
        self._seen[key] = (verdict.row, hash(draft))
        found = there.get(key)
        if found is None:
            self._new(draft, verdict)
            return
        verdict.there = found
        self.compare(draft, found, verdict)

    def _new(self, draft: D, verdict: Verdict) -> None:
        verdict.outcome = Outcome.ADDED

    def write(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        """Write what was judged good; call it in a transaction."""
        new = [verdict for verdict in verdicts if verdict.outcome is Outcome.ADDED]
        changed = [verdict for verdict in verdicts if verdict.outcome is Outcome.CHANGED]
        if new:
            self.add(new, now)
        if changed:
            self.change(changed, now)


# A state of the portal, and the verb that brings a record there.
VERB_TO: Final = {
    RecordState.INACTIVE.value: "deactivate",
    RecordState.SUSPENDED_CUSTOMER.value: "suspend",
    RecordState.SUSPENDED_USAGE.value: "suspend_usage",
    RecordState.SUSPENDED_VALIDITY.value: "suspend_validity",
    RecordState.BLACKLISTED.value: "blacklist",
    RecordState.EXPIRED.value: "expire",
}


def events_of(
    context: Context, records: Sequence[tuple[Record, int]], past: str, now: datetime, **more: Any
) -> list[AuditEvent]:
    """Return an audit event for each record and the row it came from."""
    return [
        AuditEvent(
            account=context.account,
            at=now,
            actor=context.caller.actor,
            action=f"{record.record_kind}.{past}",
            target=record.target,
            detail={
                "source": Source.IMPORT.value,
                "file": context.filename,
                "row": row,
                "to": record.state,
                **more,
            },
        )
        for record, row in records
    ]
