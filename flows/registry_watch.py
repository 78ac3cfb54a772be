"""What a change in the registries means for flows: warnings in open pages, and a notice to the admins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from accounts.models import Account, Notice
from accounts.notices import News, detail_of, notify, settle
from core.live import publish_on_commit
from dlt.changes import Change
from dlt.models import ContentTemplate, RecordState
from dlt.notices import label_of, link_of
from dlt.registry import LABELS
from flows.models import FlowTemplateUse
from flows.template_use import link, uses_of_record

STOPPED: Final = "dlt.stopped"
MOST_SINGLE: Final = 5
MOST_NAMED: Final = 3
MOST_KEPT: Final = 200  # names of flows, flows of a live event
# Of how many records one notice follows each, to end with the last of them.
MOST_FOLLOWED: Final = 500
# From as many records on, the flows' uses are read once instead of record by record.
MANY: Final = 50
# What people end on purpose, or take back a moment after they approved it.
_PLANNED_ENDS: Final = frozenset(
    {RecordState.SUPERSEDED.value, RecordState.RETIRED.value, RecordState.PENDING.value}
)

Uses = dict[str, list[FlowTemplateUse]]


def watch(account: Account, changes: Sequence[Change]) -> None:
    """Warn whoever looks at a flow that lost, or got back, what its messages need; tell the admins of what
    stopped. An observer of ``dlt.changes``."""
    moved = [change for change in changes if change.stopped or change.resumed]
    if not moved:
        return
    uses = _uses(account, moved)
    _refresh_open_pages(account, uses)
    _settle(account, [change for change in moved if change.resumed], moved[0].at)
    stopped = [change for change in moved if change.stopped and _is_news(change, uses)]
    if len(stopped) > MOST_SINGLE or (stopped and stopped[0].batch):
        _tell_many(account, stopped, uses)
        return
    for change in stopped:
        _tell(account, change, uses[change.row.target])


def _uses(account: Account, changes: Sequence[Change]) -> Uses:
    if len(changes) < MANY:
        return {change.row.target: list(uses_of_record(change.row)) for change in changes}
    everything = FlowTemplateUse.objects.for_account(account).select_related("flow")
    by_template: Uses = {}
    for use in everything:
        by_template.setdefault(f"template {use.template_id}", []).append(use)
    return {
        change.row.target: by_template.get(change.row.target, [])
        if isinstance(change.row, ContentTemplate)
        else list(uses_of_record(change.row))
        for change in changes
    }


def _refresh_open_pages(account: Account, uses: Uses) -> None:
    sids = sorted({use.flow.sid for found in uses.values() for use in found})
    if sids:
        # Without a list every open flow looks for itself.
        flows = sids if len(sids) <= MOST_KEPT else None
        publish_on_commit(account.sid, {"type": "flows.checked", "flows": flows})


def _settle(account: Account, resumed: Sequence[Change], now: datetime) -> None:
    """End the notices of what may be used again; one of many records ends with the last of them."""
    if not resumed:
        return
    settle(account, [_key(change) for change in resumed], now)
    back = {change.row.target for change in resumed}
    rows = Notice.objects.filter(account=account, kind=STOPPED, settled__isnull=True)
    for notice in rows.filter(detail__has_key="targets"):
        targets = set(notice.detail["targets"])
        if not targets & back:
            continue
        Notice.objects.filter(pk=notice.pk).update(
            detail={**notice.detail, "targets": sorted(targets - back)}
        )
        if targets <= back:
            settle(account, [notice.key], now)


def _is_news(change: Change, uses: Uses) -> bool:
    """Whether it needs an admin: the planned end of what no call uses does not."""
    in_use = any(use.live for use in uses[change.row.target])
    return in_use or change.after not in _PLANNED_ENDS


def _key(change: Change) -> str:
    return f"{STOPPED}:{change.row.target}"


def _tell(account: Account, change: Change, uses: Iterable[FlowTemplateUse]) -> None:
    row = change.row
    what = label_of(row)
    text = f"{what[0].upper()}{what[1:]} can no longer be used: {_state(change)}."
    if row.reason:
        text += f" Reason: {row.reason.rstrip('.')}."
    live = {use.flow.sid: use for use in uses if use.live}
    text += f" {_flows(sorted(use.flow.name for use in live.values()))}"
    where = link(next(iter(live.values()))) if len(live) == 1 else link_of(row)
    notify(account, News(STOPPED, _key(change), text, where, mail=True), change.at)


def _state(change: Change) -> str:
    """Say how it stands and who set it so: "suspended by ravi@acme.example"."""
    label = change.row.state_label.lower()
    return f"{label} (by {change.by})" if change.by else label


def _flows(names: Sequence[str]) -> str:
    if not names:
        return "No published flow uses it."
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    if len(names) == 1:
        return f"1 published flow uses it: {shown}. Its calls go on without the SMS."
    return f"{len(names)} published flows use it: {shown}{more}. Their calls go on without the SMS."


def _tell_many(account: Account, changes: Sequence[Change], uses: Uses) -> None:
    """One notice for the whole of a file or a selection; further parts of it add to the same."""
    batch = changes[0].batch
    key = f"{STOPPED}:{batch or changes[0].at.isoformat()}"[:200]
    before = detail_of(account, key)
    counts = Counter(before.get("counts", {}))
    counts.update(change.row.record_kind for change in changes)
    names = set(before.get("flows", []))
    names |= {use.flow.name for change in changes for use in uses[change.row.target] if use.live}
    targets = {*before.get("targets", []), *(change.row.target for change in changes)}
    detail: dict[str, Any] = {"counts": dict(counts), "flows": sorted(names)[:MOST_KEPT]}
    if len(targets) == counts.total() and len(targets) <= MOST_FOLLOWED:
        detail["targets"] = sorted(targets)
    whole = f" ({batch})" if batch else f" (by {changes[0].by})"
    used = _flows(sorted(names)).replace(" it", " them", 1)
    text = f"{_counted(counts)} can no longer be used{whole}. {used}"
    notify(account, News(STOPPED, key, text, "/dlt/", detail=detail, mail=True), changes[0].at)


def _counted(counts: Counter[str]) -> str:
    parts = [f"{n:,} {_noun(kind, n)}" for kind, n in sorted(counts.items())]
    return " and ".join(parts)


def _noun(kind: str, count: int) -> str:
    word = LABELS[kind].lower()
    if count == 1:
        return word
    return "entities" if kind == "entity" else f"{word}s"
