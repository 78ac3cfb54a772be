"""What people are told about the registries: a decision about their record, and what waits too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from accounts.models import Account, Notice, Role, User
from accounts.notices import News, notify, settle
from dlt.changes import Change
from dlt.models import DltSettings, Record
from dlt.registry import KINDS, LABELS, rows_of

MOST_SINGLE: Final = 5
REPEAT_AFTER: Final = timedelta(days=1)
OVERDUE: Final = "dlt.overdue"


def label_of(row: Record) -> str:
    """Name a record in a sentence: template “Missed call alert”."""
    kind, name = row.record_kind, str(getattr(row, "name", "") or row)
    return f"{LABELS[kind].lower()} “{name}”"


def link_of(row: Record) -> str:
    """Return the page on which the record can be seen."""
    if row.record_kind == "template":
        return f"/dlt/templates/{row.pk}/"
    if row.record_kind in {"header", "entity"}:
        value = getattr(row, "value", "") or getattr(row, "pe_id", "")
        return f"/dlt/{'headers' if row.record_kind == 'header' else 'entities'}/?q={value}"
    return "/dlt/"


# --- decisions, to whoever submitted the record -----------------------------------------------------


def tell_submitters(account: Account, changes: Sequence[Change]) -> None:
    """Tell people what became of their records; an observer of ``dlt.changes``."""
    now = changes[0].at
    settle(account, [_decided_key(change) for change in changes if change.after == "pending"], now)
    theirs: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if _is_decision(change) and change.row.submitted_by_id is not None:
            theirs[change.row.submitted_by_id].append(change)
    people = {user.pk: user for user in _members(account, theirs)}
    for pk, decided in theirs.items():
        # Nobody needs to be told what they did themselves, or what left with them.
        if pk in people and decided[0].by != people[pk].email:
            _tell_submitter(account, people[pk], decided)


def _is_decision(change: Change) -> bool:
    return change.before == "pending" and change.after != "draft"


def _members(account: Account, pks: Iterable[int]) -> Iterable[User]:
    return User.objects.filter(pk__in=list(pks), memberships__account=account).distinct()


def _decided_key(change: Change) -> str:
    return f"dlt.decided:{change.row.target}"


def _tell_submitter(account: Account, person: User, decided: Sequence[Change]) -> None:
    if len(decided) > MOST_SINGLE:
        notify(account, _many_decided(person, decided), decided[0].at)
        return
    for change in decided:
        row = change.row
        what, outcome = label_of(row), "approved" if change.resumed else "rejected"
        text = f"Your {what} was {outcome} by {change.by}."
        if row.reason:
            text += f" Reason: {row.reason}"
        key = _decided_key(change)
        news = News("dlt.decided", key, text, link_of(row), Role.VIEWER, user=person)
        notify(account, news, change.at)


def _many_decided(person: User, decided: Sequence[Change]) -> News:
    approved = sum(change.resumed for change in decided)
    parts = [f"{approved} were approved"] if approved else []
    if len(decided) > approved:
        parts.append(f"{len(decided) - approved} were rejected")
    text = f"Of your records, {' and '.join(parts)} by {decided[0].by}."
    key = f"dlt.decided:{person.pk}:{decided[0].at.isoformat()}"
    return News("dlt.decided", key, text, "/dlt/", Role.VIEWER, user=person)


# --- what waits longer than promised, to admins ----------------------------------------------------


def tell_overdue(account: Account, now: datetime) -> None:
    """Tell admins once a day what waits for a decision longer than the account's hours allow."""
    hours = sla_hours(account)
    limit = now - timedelta(hours=hours)
    late = {kind: rows_of(account, kind).filter(state="pending", submitted__lt=limit).count()
            for kind in KINDS}  # fmt: skip
    count = sum(late.values())
    if not count:
        settle(account, [OVERDUE], now)
        return
    known = Notice.objects.filter(account=account, key=OVERDUE, settled__isnull=True).first()
    if known and known.detail.get("count", 0) >= count and now - known.at < REPEAT_AFTER:
        return
    what = "1 record waits" if count == 1 else f"{count} records wait"
    text = f"{what} for a decision longer than the {hours} hours you promise."
    news = News("dlt.overdue", OVERDUE, text, "/approvals/", detail={"count": count}, mail=True)
    notify(account, news, now)


def sla_hours(account: Account) -> int:
    """Return within how many hours the account wants its records decided."""
    chosen = DltSettings.objects.filter(pk=account.pk).values_list("sla_hours", flat=True).first()
    return int(chosen or DltSettings._meta.get_field("sla_hours").default)  # noqa: SLF001 -- Django's name
