"""Versions by supersession: a changed text is a new template; the old one ends when nothing uses it."""

from __future__ import annotations

from datetime import datetime

from accounts.caller import Caller
from dlt.audit_trail import write
from dlt.changes import tell
from dlt.models import ContentTemplate, RecordState, Source
from dlt.stamps import stamp_templates
from dlt.transitions import VERBS
from dlt.usage import uses_of


def supersede_predecessor(caller: Caller, row: ContentTemplate, now: datetime) -> bool:
    """End the version before an approved one, unless a live flow still sends it; says whether it did.

    A flow that calls run would refuse its messages from this moment on; there the old version stays, and its
    page says which flows to move.
    """
    old = row.supersedes
    if old is None or old.state not in VERBS["template"]["supersede"].sources:
        return False
    if any(use.live for use in uses_of(row.account, [old.template_id])):
        return False
    before = old.state
    still = ContentTemplate.objects.filter(pk=old.pk, state=before)
    reason = f"Superseded by {row.template_id}."
    ended = still.update(
        state=RecordState.SUPERSEDED, reason=reason, decider=caller.actor, decided=now,
        decided_by=caller.user,
    )  # fmt: skip
    if ended:
        old.refresh_from_db()
        detail = {"from": before, "to": old.state, "reason": reason, "source": Source.MANUAL}
        write(caller, old, "superseded", now, **detail)
        stamp_templates(row.account, pk=old.pk)
        tell(old, before, now, caller.actor)
    return bool(ended)
