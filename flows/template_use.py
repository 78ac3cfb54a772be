"""Which flows name which template, header and entity.

Kept in a table of its own, written in the transaction that saves a draft, publishes or archives: to ask it
is one indexed query, however many flows there are. Working it out from the graphs instead would parse each
of them for every page of the registry and for every suspension.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from accounts.models import Account
from dlt.models import (
    Chain,
    ConsentTemplate,
    ContentTemplate,
    Header,
    PrincipalEntity,
    Record,
    Telemarketer,
)
from dlt.usage import Use
from flows.graph import Graph, Node
from flows.models import Flow, FlowTemplateUse
from flows.program import is_message

LONGEST: Final = 20
AT_ONCE: Final = 500
_KEYS: Final = {
    "template_id": "dlt_template_id",
    "header": "sender_id",
    "pe_id": "dlt_entity_id",
}
_COMPARED: Final = ("node", "node_name", *_KEYS)


def remember(flow: Flow, graph: Graph, *, live: bool) -> None:
    """Keep what a graph names; call it in the transaction that stores the graph."""
    rows = FlowTemplateUse.objects.filter(flow=flow, live=live)
    wanted = {tuple(values.values()): values for values in _uses_in(graph)}
    # Most saves move a box or reword a greeting: then nothing is written here.
    if set(rows.values_list(*_COMPARED)) == set(wanted):
        return
    rows.delete()
    FlowTemplateUse.objects.bulk_create(
        FlowTemplateUse(account_id=flow.account_id, flow=flow, live=live, **values)
        for values in wanted.values()
    )


def forget(flow: Flow) -> None:
    """A flow that was put away uses nothing."""
    FlowTemplateUse.objects.filter(flow=flow).delete()


def _uses_in(graph: Graph) -> Iterable[dict[str, str]]:
    for node in graph.nodes.values():
        if not is_message(node):
            continue
        values = {column: _value(node, key) for column, key in _KEYS.items()}
        if any(values.values()):
            yield {"node": node.id, "node_name": node.shown_name[:100], **values}


def _value(node: Node, key: str) -> str:
    value: Any = node.settings.get(key)
    usable = isinstance(value, str) and len(value.strip()) <= LONGEST
    return value.strip() if usable else ""


def uses(account: Account, template_ids: Sequence[str]) -> list[Use]:
    """Return the applets that name these templates: what ``dlt.usage`` asks flows for."""
    found: list[Use] = []
    for start in range(0, len(template_ids), AT_ONCE):
        part = list(template_ids[start : start + AT_ONCE])
        rows = FlowTemplateUse.objects.for_account(account).filter(template_id__in=part)
        found += [
            Use(row.template_id, row.flow.name, link(row), row.node_name, row.live)
            for row in rows.select_related("flow").order_by("pk")
        ]
    return found


def link(use: FlowTemplateUse) -> str:
    """Return the address that opens the flow at the applet."""
    return f"/flows/{use.flow.sid}/?applet={use.node}"


def uses_of_record(row: Record) -> QuerySet[FlowTemplateUse]:
    """Return the applets whose messages need this record."""
    rows = FlowTemplateUse.objects.for_account(row.account).select_related("flow")
    return rows.filter(_needs(row))


def _needs(row: Record) -> Q:
    wanted = Q(pk__in=[])
    match row:
        case ContentTemplate():
            wanted = Q(template_id=row.template_id)
        case Header():
            wanted = Q(header=row.value, pe_id__in=[row.entity.pe_id, ""])
        case PrincipalEntity():
            wanted = Q(pe_id=row.pe_id)
        case Chain():
            wanted = Q(pe_id=row.entity.pe_id)
        case Telemarketer():
            wanted = Q(pe_id__in=list(row.chains.values_list("entity__pe_id", flat=True)))
        case ConsentTemplate():
            wanted = Q(template_id__in=list(row.templates.values_list("template_id", flat=True)))
    return wanted
