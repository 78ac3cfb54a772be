"""Flows that were put away, and how they come back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account
from core.errors import DomainError, NotFound
from flows import template_use
from flows.models import Flow
from flows.services import checked_name, draft_of, live_graph, numbers_of, save_named

_TRANSFER: Final = "transfer"


class FlowInUse(DomainError):
    code: ClassVar[str] = "flows.in_use"
    message: ClassVar[str] = "{numbers} ring this flow. Give them another flow first."
    status: ClassVar[int] = 409


class FlowTransferredTo(DomainError):
    """Calls of other flows come here: without it they would end there."""

    code: ClassVar[str] = "flows.transferred_to"
    message: ClassVar[str] = (
        "Calls of {flows} are transferred to this flow. Publish them without that first."
    )
    status: ClassVar[int] = 409


@transaction.atomic
def archive_flow(*, caller: Caller, flow: Flow, now: datetime) -> Flow:
    """Put a flow away; its calls stay readable. Raises FlowInUse, FlowTransferredTo."""
    locked = Flow.objects.select_for_update().get(pk=flow.pk)
    numbers = numbers_of(locked)
    if numbers:
        raise FlowInUse(numbers=", ".join(numbers))
    others = flows_that_transfer_to(locked)
    if others:
        raise FlowTransferredTo(flows=", ".join(f"“{other.name}”" for other in others))
    locked.archived = now
    locked.save(update_fields=["archived"])
    template_use.forget(locked)
    record(caller=caller, action="flow.archived", target=flow.sid, at=now, name=flow.name)
    return locked


@transaction.atomic
def bring_back_flow(*, caller: Caller, flow: Flow, name: str = "", now: datetime) -> Flow:
    """Take a flow out of the archive. Its name may be another's by now: give it a new one.

    Raises BadFlowName, FlowNameTaken.
    """
    rows = Flow.objects.select_for_update(of=("self",)).select_related("live", "account")
    found = rows.get(pk=flow.pk)
    found.archived = None
    found.name = checked_name(name) if name.strip() else found.name
    save_named(found, update_fields=["archived", "name"])
    template_use.remember(found, draft_of(found), live=False)
    live = live_graph(found)
    if live is not None:
        template_use.remember(found, live, live=True)
    record(caller=caller, action="flow.brought_back", target=flow.sid, at=now, name=found.name)
    return found


def archived_flow_named(account: Account, sid: str) -> Flow:
    """Return a flow of the account's archive. Raises NotFound, also for flows in use."""
    flow = Flow.objects.for_account(account).archived().filter(sid=sid).first()
    if flow is None:
        raise NotFound(what="archived flow")
    return flow


def flows_that_transfer_to(flow: Flow) -> list[Flow]:
    """Return the other flows of the account whose live version leads calls here."""
    rows = Flow.objects.in_use().filter(account_id=flow.account_id).exclude(pk=flow.pk)
    named = rows.annotate(drawn=Cast("live__graph", TextField())).filter(drawn__contains=flow.sid)
    return [other for other in named.select_related("live").order_by("name") if _leads(other, flow)]


def _leads(other: Flow, flow: Flow) -> bool:
    graph = live_graph(other)
    nodes: list[Any] = list(graph.nodes.values()) if graph else []
    return any(node.type == _TRANSFER and node.settings.get("flow") == flow.sid for node in nodes)
