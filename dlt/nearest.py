"""The existing template that one under review is most like, and where the words differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from django.db.models import Q

from accounts.models import Account
from dlt.audit_trail import history_of
from dlt.finder.accounts import nearest_templates
from dlt.models import ContentTemplate, RecordState

COMPARED: Final = 30
INDEXED: Final = 6
LEAST_LIKE: Final = 0.4
_TOKEN: Final = re.compile(r"\{#[a-z]+#\}|\w+|\s+|[^\w\s]")
_FIRST_WORDS: Final = 12

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a difference as it is shown."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A text against an older one: ``likeness`` in percent, and the pieces that make both."""

    title: str
    pieces: tuple[Piece, ...]
    likeness: int
    row: ContentTemplate | None = None

    @property
    def same(self) -> bool:
        return all(piece.kind == "same" for piece in self.pieces)


def difference(title: str, old: str, new: str, row: ContentTemplate | None = None) -> Difference:
    """Compare two texts word by word."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = [
        ("".join(before[a:b]), "".join(after[c:d]), change == "equal")
        for change, a, b, c, d in matcher.get_opcodes()
    ]
    pieces = tuple(_pieces(steps))
    # Never 100 when something differs: the percentage is what people look at first.
    likeness = 100 if old == new else min(99, round(100 * matcher.ratio()))
    return Difference(title, pieces, likeness, row)


def _pieces(steps: list[tuple[str, str, bool]]) -> Iterator[Piece]:
    """Join changes that only a blank keeps apart: people read phrases, not words."""
    removed = added = ""
    for at, (old, new, equal) in enumerate(steps):
        inside = 0 < at < len(steps) - 1 and not new.strip()
        if not equal or inside:
            removed, added = removed + old, added + new
            continue
        yield from _changed(removed, added)
        removed = added = ""
        yield Piece("same", new)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def differences_of(row: ContentTemplate) -> list[Difference]:
    """Return what a template is to be compared with: the version before, what was rejected, the nearest."""
    found = []
    old = row.supersedes
    if old is not None:
        found.append(difference(f"Version before: {old.name}", old.text, row.text, old))
    refused = rejected_text(row)
    if refused is not None and refused != row.text:
        found.append(difference("What was rejected before", refused, row.text))
    near = nearest(row)
    if near is not None:
        found.append(near)
    return found


def rejected_text(row: ContentTemplate) -> str | None:
    """Return the text that was rejected last, which the audit log holds, or None."""
    rejected = False
    for event in history_of(row.account, row):  # newest first
        rejected = rejected or event.action == "template.rejected"
        if rejected and event.action == "template.submitted":
            return str(event.detail.get("text", "")) or None
    return None


def nearest(row: ContentTemplate) -> Difference | None:
    """Return the existing template most like this one, approved or waiting, if any is like it at all."""
    best: tuple[float, ContentTemplate] | None = None
    for other in _candidates(row.account, row):
        likeness = _likeness(row.text, other.text, best[0] if best else LEAST_LIKE)
        if likeness > (best[0] if best else LEAST_LIKE):
            best = (likeness, other)
    if best is None:
        return None
    return difference(f"Nearest: {best[1].name}", best[1].text, row.text, best[1])


def _likeness(text: str, other: str, worth: float) -> float:
    matcher = SequenceMatcher(None, _TOKEN.findall(other), _TOKEN.findall(text), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > worth else 0.0


def _candidates(account: Account, row: ContentTemplate) -> Iterable[ContentTemplate]:
    """Return templates whose text the index finds alike, that begin alike, and the entity's newest."""
    rows = ContentTemplate.objects.for_account(account).exclude(
        pk__in=[row.pk, row.supersedes_id or 0]
    )
    living = rows.filter(state__in=[RecordState.APPROVED, RecordState.PENDING])
    begin = row.text.strip()[:_FIRST_WORDS]
    alike = living.filter(Q(text_sha256=row.text_sha256) | Q(text__startswith=begin))
    found = {other.pk: other for other in alike.order_by("-pk")[:COMPARED]}
    newest = living.filter(entity=row.entity_id).order_by("-pk")[:COMPARED]
    indexed = [other for other, _ in nearest_templates(account, row.text, n=INDEXED)]
    found |= {other.pk: other for other in (*newest, *indexed)}
    found.pop(row.supersedes_id or 0, None)
    found.pop(row.pk, None)
    return found.values()
