"""Who wants to know that a record changed its state. Apps above say so; this one knows none of them.

Everything that changes a state calls ``tell``. Observers hear of the changes at the end of the outermost
``collected`` block, all at once: a file of 100,000 rows is one piece of news. What an observer gets wrong
never undoes a decision.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import Account
from dlt.models import SENDABLE, Record

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """One record's step from a state to another. ``row`` is as it is after it."""

    row: Record
    before: str
    after: str
    at: datetime
    by: str = ""  # the actor as the audit log names it
    batch: str = ""  # what it was part of: "Import of templates.csv"; empty for a single decision

    @property
    def stopped(self) -> bool:
        """Whether messages that needed the record are refused from now on."""
        return self.before in SENDABLE and self.after not in SENDABLE

    @property
    def resumed(self) -> bool:
        """Whether it may be sent with again, or for the first time."""
        return self.before not in SENDABLE and self.after in SENDABLE


Observer = Callable[[Account, Sequence[Change]], None]
_observers: list[Observer] = []


@dataclass(slots=True)
class _Collected:
    batch: str
    changes: list[Change] = field(default_factory=list)


_collecting: ContextVar[_Collected | None] = ContextVar("dlt_changes", default=None)


def observe(observer: Observer) -> None:
    """Let somebody hear of every change; called once as the app starts."""
    if observer not in _observers:
        _observers.append(observer)


def tell(row: Record, before: str, now: datetime, by: str = "") -> None:
    """Say that a record is in another state than ``before``."""
    if row.state == before:
        return
    collecting = _collecting.get()
    batch = collecting.batch if collecting else ""
    change = Change(row, before, row.state, now, by or row.decider or row.maker, batch)
    if collecting is None:
        _pass_on([change])
    else:
        collecting.changes.append(change)


@contextmanager
def collected(batch: str = "") -> Iterator[None]:
    """Pass everything told inside on at the end, at once; an inner block joins the outer one.

    ``batch`` names the whole for people: "Import of templates.csv".
    """
    outer = _collecting.get()
    if outer is not None:
        yield
        return
    mine = _Collected(batch)
    token = _collecting.set(mine)
    try:
        yield
    finally:
        # Also after an exception: what was decided one by one before it stays decided.
        _collecting.reset(token)
        _pass_on(mine.changes)


def _pass_on(changes: Sequence[Change]) -> None:
    if not changes or transaction.get_connection().needs_rollback:
        return
    for account, theirs in _by_account(changes):
        for observer in _observers:
            try:
                with transaction.atomic():
                    observer(account, theirs)
            except Exception:  # the decision stands, whatever the news of it comes to
                logger.exception("dlt.observer_failed", extra={"account": account.sid})


def _by_account(changes: Iterable[Change]) -> list[tuple[Account, list[Change]]]:
    found: dict[int, tuple[Account, list[Change]]] = {}
    for change in changes:
        account = change.row.account
        found.setdefault(account.pk, (account, []))[1].append(change)
    return list(found.values())
