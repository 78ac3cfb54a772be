"""Rows that become records of a registry: how they enter, and what the portal's state does to them.

Whatever is new enters as pending, because two people stand behind everything that is sent with. What the
portal holds inactive, suspended or blacklisted enters as that.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol, TypeVar

from accounts.models import AuditEvent
from dlt.changes import tell
from dlt.imports import spelling
from dlt.imports.importer import VERB_TO, Importer, Outcome, Verdict, events_of
from dlt.imports.row import Row, RowRefused
from dlt.models import SENDABLE, EntityState, PrincipalEntity, Record, RecordState, Source
from dlt.services.decisions import change
from dlt.transitions import VERBS


class RecordDraft(Protocol):
    """What a row says of a record. ``state`` is our word for the portal's, or empty."""

    @property
    def state(self) -> str: ...
    def __hash__(self) -> int: ...


D = TypeVar("D", bound=RecordDraft)
R = TypeVar("R", bound=Record)

_HALTED: Final = frozenset(VERB_TO)
# Entities, telemarketers and chains have fewer states.
_OF_ENTITIES: Final = {
    RecordState.SUSPENDED_CUSTOMER.value: EntityState.SUSPENDED.value,
    RecordState.SUSPENDED_USAGE.value: EntityState.SUSPENDED.value,
    RecordState.SUSPENDED_VALIDITY.value: EntityState.SUSPENDED.value,
    RecordState.EXPIRED.value: EntityState.INACTIVE.value,
    RecordState.RETIRED.value: EntityState.INACTIVE.value,
    RecordState.SUPERSEDED.value: EntityState.INACTIVE.value,
    RecordState.APPROVED.value: EntityState.ACTIVE.value,
    RecordState.DRAFT.value: EntityState.PENDING.value,
}


class RecordImporter(Importer[D, R]):
    """Adds records of one kind: pending, or as the portal halted them."""

    kind: ClassVar[str]
    states: ClassVar[type[EntityState] | type[RecordState]] = RecordState

    @abstractmethod
    def build(self, draft: D) -> R:
        """Return the unsaved record of a draft."""

    @abstractmethod
    def differences(self, draft: D, there: R) -> list[str]:
        """Return what differs from the record that is there, in plain words."""

    def entity(self, row: Row) -> PrincipalEntity:
        """Return whose record a row is; raises RowRefused, also for an entity of another account."""
        pe_id = row.digits("entity") or self.context.entity
        if not pe_id:
            raise RowRefused("missing", "The row does not say whose it is; choose an entity.")
        found = self.context.entities.get(pe_id)
        if found is None:
            problem = f"Entity {pe_id[:40]} is not in this account. Register it first."
            raise RowRefused("unknown_entity", problem)
        return found

    def state(self, row: Row) -> str:
        """Return the state a row gives, in the words of this kind; empty when it gives none."""
        word = row.word("status")
        state = spelling.state(word)
        if word and not state:
            row.warn("unknown_status", f"The status “{word[:40]}” is not known, so it is left out.")
        if self.states is EntityState:
            return _OF_ENTITIES.get(state, state)
        return state

    def _new(self, draft: D, verdict: Verdict) -> None:
        if draft.state == RecordState.REJECTED:
            verdict.code = "rejected"
            verdict.message = "The portal rejected it, so there is nothing to send with."
            return
        verdict.outcome = Outcome.ADDED
        entering = self.entering(draft.state)
        if entering != self.states.PENDING and entering not in SENDABLE:
            verdict.message = f"Enters as {self.states(entering).label.lower()}, as in the file."
        elif draft.state in (RecordState.PENDING, RecordState.DRAFT):
            verdict.message = "The portal has not approved it yet; compare before you approve."

    def entering(self, state: str) -> str:
        """Return the state a new record gets."""
        ready = state in SENDABLE or not state
        if ready:
            sendable = "active" if self.states is EntityState else "approved"
            return sendable if self.context.approve else "pending"
        return "pending" if state == RecordState.DRAFT else state

    def compare(self, draft: D, there: R, verdict: Verdict) -> None:
        different = self.differences(draft, there)
        if different:
            verdict.code = "differs"
            verdict.message = f"In the registry already, with another {', '.join(different)}."
            return
        verdict.outcome = Outcome.UNCHANGED
        if draft.state in ("", there.state, RecordState.PENDING, RecordState.DRAFT):
            return
        self._compare_state(draft.state, there, verdict)

    def _compare_state(self, state: str, there: R, verdict: Verdict) -> None:
        label = there.state_label.lower()
        name = self.verb_to(state)
        verb = VERBS[self.kind].get(name) if name else None
        if verb is not None and there.state in verb.sources:
            if self.context.may_decide:
                verdict.outcome, verdict.verb = Outcome.CHANGED, verb.name
                verdict.message = (
                    f"{there.state_label} here, {self.states(state).label.lower()} in the file."
                )
            else:
                verdict.outcome = Outcome.REFUSED
                verdict.code = "needs_admin"
                verdict.message = (
                    f"The file says {self.states(state).label.lower()}: an admin must import that."
                )
        elif state in SENDABLE and there.state not in ("pending", "draft"):
            again = "Submit it again" if there.state == RecordState.REJECTED else "Reinstate it"
            verdict.code = "reinstate"
            verdict.message = f"The portal has it active; here it is {label}. {again} on its page."
        elif state not in SENDABLE:
            verdict.code = "state_differs"
            verdict.message = (
                f"The file says {self.states(state).label.lower()}; here it is {label}."
            )

    def verb_to(self, state: str) -> str:
        if self.states is EntityState and state == EntityState.SUSPENDED:
            return "suspend"
        return VERB_TO.get(state, "")

    def add(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        rows = [self._record(verdict.draft, now) for verdict in verdicts]
        type(rows[0])._default_manager.bulk_create(rows)  # noqa: SLF001 -- how Django names it
        self.link(verdicts, rows)
        numbered = [(row, verdict.row) for row, verdict in zip(rows, verdicts, strict=True)]
        events = events_of(self.context, numbered, "submitted", now)
        approved = [(row, number) for row, number in numbered if row.state in SENDABLE]
        events += events_of(self.context, approved, "approved", now, self_approved=True)
        AuditEvent.objects.bulk_create(events)
        for row, _ in approved:
            tell(row, "", now)

    def _record(self, draft: D, now: datetime) -> R:
        row = self.build(draft)
        caller = self.context.caller
        row.account = self.account
        row.state = self.entering(draft.state)
        row.source = Source.IMPORT
        row.maker, row.submitted, row.submitted_by = caller.actor, now, caller.user
        if row.state != self.states.PENDING:
            row.decider, row.decided, row.decided_by = caller.actor, now, caller.user
        if row.state not in (self.states.PENDING, *SENDABLE):
            row.reason = f"As in the file {self.context.filename}."[:300]
        return row

    def link(self, verdicts: Sequence[Verdict], rows: Sequence[R]) -> None:
        """Write what hangs on the new records."""

    def change(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        for verdict in verdicts:
            there: Any = verdict.there
            change(
                caller=self.context.caller,
                kind=self.kind,
                pk=there.pk,
                verb=verdict.verb,
                now=now,
                reason=f"Row {verdict.row} of the file {self.context.filename}.",
                source=Source.IMPORT,
            )
