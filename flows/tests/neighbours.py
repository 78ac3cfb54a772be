"""Other flows of the account, as a played call goes on in them."""

from __future__ import annotations

from accounts.models import Account
from flows.graph import parse
from flows.models import Flow
from flows.program import upgraded
from flows.rehearsal import FindFlow, Neighbour


def neighbours_of(account: Account) -> FindFlow:
    """Return a look-up by sid: the version that is live, or the drawing of a flow without one, read once."""
    known: dict[str, Neighbour] = {}

    def find(sid: str) -> Neighbour:
        if sid not in known:
            known[sid] = _read(account, sid)
        return known[sid]

    return find


def _read(account: Account, sid: str) -> Neighbour:
    rows = Flow.objects.for_account(account).in_use().select_related("live")
    flow = rows.filter(sid=sid).first()
    if flow is None:
        return Neighbour(problem="The flow that the call was to go on in does not exist any more.")
    return Neighbour(upgraded(parse(flow.live.graph if flow.live else flow.draft)))
