"""Saving a draft that others may have changed meanwhile: what can be merged is, the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from accounts.caller import Caller
from core.errors import DomainError
from flows.conflict_words import present_conflicts
from flows.graph import Graph, content_hash, dump, parse
from flows.merge import Choice, merge
from flows.models import Flow
from flows.names_shown import conflicts_with_names
from flows.program import upgraded
from flows.services import StaleDraft, draft_of, store_draft, whose


class DraftConflict(DomainError):
    """Both changed the same applets; ``conflicts`` shows the two sides of each. Nothing was stored."""

    code: ClassVar[str] = "flows.draft_conflict"
    message: ClassVar[str] = (
        "{updated_by} changed the same applets in the meantime. Choose for each which one stays."
    )
    status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True)
class Resolution:
    """How conflicts are settled: ``choices`` by their key, made looking at the draft of ``theirs_hash``."""

    theirs_hash: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """The flow as stored. ``graph``: the merged draft, when it is not the one that was sent."""

    flow: Flow
    graph: Graph | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    merged_with: str = ""


@transaction.atomic
def save_or_merge(
    *,
    caller: Caller,
    flow: Flow,
    graph: object,
    base_hash: str,
    now: datetime,
    base: object = None,
    resolution: Resolution | None = None,
) -> Saved:
    """Store a draft; merge it with what others saved since ``base_hash``.

    ``base`` is the graph of ``base_hash`` as it was read. Without it nothing can be merged.

    Raises:
        StaleDraft: the draft is no longer the one of ``base_hash``, and there is no ``base``.
        DraftConflict: both sides changed the same; choices made looking at an older draft do not count.
        NotAGraph, GraphTooLarge: it cannot be stored at all.
    """
    mine = parse(graph)
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    if base_hash == locked.draft_hash or content_hash(mine) == locked.draft_hash:
        return Saved(store_draft(locked, mine, caller, now))
    if base is None:
        raise StaleDraft(**whose(locked))
    before, theirs, mine = upgraded(parse(base)), draft_of(locked), upgraded(mine)
    up_to_date = resolution is not None and resolution.theirs_hash == locked.draft_hash
    choices = resolution.choices if resolution and up_to_date else {}
    found = merge(before, theirs, mine, choices)
    if found.conflicts:
        shown = present_conflicts(found.conflicts, theirs, mine)
        shown = conflicts_with_names(caller.account, shown)
        raise DraftConflict(**whose(locked), conflicts=shown)
    merged_with = locked.draft_updated_by
    stored = store_draft(locked, parse(dump(found.graph)), caller, now)
    return Saved(stored, found.graph, found.renamed, merged_with)
