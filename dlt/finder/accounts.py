"""One index for each account, kept current: what everybody asks who looks for a template.

Each lookup reads the number of the account's last change (``dlt.stamps``). When it is higher than the
index's, the rows with a higher one are read first; so a change is seen by the very next lookup of every
process. What is found is confirmed by the database in the end.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any, Final

from django.db.models import QuerySet

from accounts.models import Account
from dlt import stamps
from dlt.finder.entry import Source
from dlt.finder.index import MANY_CHANGES, TemplateIndex
from dlt.models import ContentTemplate, EntityState, RecordState
from dlt.rules import Rules, arguments_of, rules_of

# Templates that the indexes of one process hold together, about 2 kB each.
MOST_TEMPLATES: Final = 250_000
# Templates told of when a body fits more.
MOST_MATCHES: Final = 200
# Near templates asked for, so that some are left when others may not be sent or are not wanted.
NEAR_ENOUGH: Final = 24

_FIELDS: Final = ("pk", "text", "template_id", "variables", "limit")


class _Kept:
    """An account's index and what it was made from."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index = TemplateIndex()
        self.rules = Rules()
        # No change has this number, so the first lookup builds the index.
        self.stamp = -1

    def bring_up_to(self, account: Account, number: int) -> None:
        """Read what changed, or everything: at first, under new rules and when most is new."""
        rules = rules_of(account)
        changes = {}
        anew = not 0 <= self.stamp < number or rules != self.rules
        if not anew:
            changes = dict(_changed(account, self.stamp, rules))
            anew = len(changes) > max(MANY_CHANGES, len(self.index))
        if anew:
            self.index = TemplateIndex(_approved(account, rules))
            self.rules = rules
        else:
            self.index.apply(changes)
        self.stamp = number


_kept: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def matching_templates(
    account: Account, body: str, *, limit: int = MOST_MATCHES, **wanted: object
) -> list[ContentTemplate]:
    """Return the templates that may be sent and that the body fits, the oldest first.

    ``wanted`` is a Django filter on templates, such as ``entity=row``.
    """
    keys = _index_of(account).find(body).keys[:MOST_MATCHES]
    return list(_confirmed(account, keys, wanted).order_by("pk")[:limit]) if keys else []


def nearest_templates(
    account: Account, body: str, *, n: int = 3, **wanted: object
) -> list[tuple[ContentTemplate, float]]:
    """Return the templates that come nearest to the body, and how much of each stands in it."""
    near = _index_of(account).nearest(body, NEAR_ENOUGH)
    rows = _confirmed(account, [one.key for one in near], wanted).in_bulk() if near else {}
    found = [(rows[key], score) for key, score in near if key in rows]
    return found[:n]


def count_templates(account: Account) -> int:
    """Return how many templates a body is compared with."""
    return len(_index_of(account))


def forget_indexes() -> None:
    """Drop every index of this process; each is built again when it is asked for."""
    with _lock:
        _kept.clear()


def _confirmed(account: Account, keys: Any, wanted: dict[str, object]) -> QuerySet[ContentTemplate]:
    rows = ContentTemplate.objects.for_account(account).approved().filter(pk__in=keys, **wanted)
    return rows.select_related("entity").prefetch_related("headers")


def _index_of(account: Account) -> TemplateIndex:
    number = stamps.current(account.pk)
    with _lock:
        kept = _kept.setdefault(account.pk, _Kept())
        _kept.move_to_end(account.pk)
    if kept.stamp != number:
        with kept.lock:
            if kept.stamp != number:
                kept.bring_up_to(account, number)
                _make_room()
    return kept.index


def _make_room() -> None:
    """Drop what was not asked for the longest, except the last."""
    with _lock:
        held = sum(len(kept.index) for kept in _kept.values())
        while held > MOST_TEMPLATES and len(_kept) > 1:
            _, dropped = _kept.popitem(last=False)
            held -= len(dropped.index)


def _approved(account: Account, rules: Rules) -> Iterator[tuple[int, Source]]:
    rows = ContentTemplate.objects.for_account(account).approved().values_list(*_FIELDS)
    for row in rows.iterator(chunk_size=5000):
        yield row[0], _source(row, rules)


def _changed(account: Account, since: int, rules: Rules) -> Iterator[tuple[int, Source | None]]:
    rows = ContentTemplate.objects.for_account(account).filter(stamp__gt=since)
    for state, entity, *row in rows.values_list("state", "entity__state", *_FIELDS):
        may_be_sent = state == RecordState.APPROVED and entity == EntityState.ACTIVE
        yield row[0], _source(row, rules) if may_be_sent else None


def _source(row: Sequence[Any], rules: Rules) -> Source:
    _, text, template_id, variables, limit = row
    return Source(text, *arguments_of(text, template_id, variables, limit, rules))
