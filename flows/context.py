"""What validation must know of an account, read from the database once per check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from accounts.models import Account
from dlt.models import ContentTemplate, Header, PrincipalEntity, RecordState
from dlt.rules import compile_row, rules_of
from flows.audio.uses import states_of
from flows.graph import Graph
from flows.message_issues import Context, Named, TemplateFacts
from flows.program import is_message, placed
from flows.refusals import refusals_of
from flows.transfers import facts_of_targets


def context_for(account: Account, *graphs: Graph, own: str = "") -> Context:
    """Return the DLT records that the graphs' messages name and the flows they go on in, in a few queries
    however many graphs. ``own`` is the sid of the flow they are of."""
    wanted = _settings_of_messages(graphs, "dlt_template_id")
    return Context(
        region=account.region,
        templates=_templates(account, wanted) if wanted else {},
        headers=_headers(account, _settings_of_messages(graphs, "sender_id")),
        entities=_entities(account, _settings_of_messages(graphs, "dlt_entity_id")),
        refusals=refusals_of(account, _named(graphs)) if wanted else {},
        recordings=states_of(account, graphs),
        flows=facts_of_targets(account, graphs),
        own=own,
    )


def _named(graphs: Iterable[Graph]) -> Iterator[Named]:
    """Yield what each message names, as the engine reads its settings."""
    for graph in graphs:
        for node in graph.nodes.values():
            here = placed(graph, node.id) if is_message(node) else None
            if here is not None and here.settings is not None:
                settings: Any = here.settings
                yield Named(settings.dlt_template_id, settings.dlt_entity_id, settings.sender_id)


def _settings_of_messages(graphs: Iterable[Graph], key: str) -> set[str]:
    nodes = (node for graph in graphs for node in graph.nodes.values() if is_message(node))
    values = (node.settings.get(key) for node in nodes)
    return {value for value in values if isinstance(value, str) and value}


def _templates(account: Account, ids: set[str]) -> dict[str, TemplateFacts]:
    rows = (
        ContentTemplate.objects.for_account(account)
        .filter(template_id__in=ids)
        .select_related("entity")
        .prefetch_related("headers")
    )
    successors = _successors(account, ids)
    rules = rules_of(account)
    return {
        row.template_id: TemplateFacts(
            text=row.text,
            name=row.name,
            state=row.state,
            category=row.category,
            entity=row.entity.pe_id,
            headers=frozenset(header.value for header in row.headers.all()),
            state_label=row.state_label.lower(),
            successor=successors.get(row.template_id, ""),
            rules=compile_row(row, rules),
        )
        for row in rows
    }


def _successors(account: Account, ids: set[str]) -> dict[str, str]:
    """Return the sendable new versions of superseded templates, as "name (id)"."""
    rows = ContentTemplate.objects.for_account(account).approved()
    rows = rows.filter(supersedes__template_id__in=ids, supersedes__state=RecordState.SUPERSEDED)
    named = rows.order_by("pk").values_list("supersedes__template_id", "name", "template_id")
    return {old: f"“{name}” ({new})" for old, name, new in named if old}


def _headers(account: Account, values: set[str]) -> dict[str, dict[str, str]]:
    rows = Header.objects.for_account(account).filter(value__in=values).order_by("pk")
    found: dict[str, dict[str, str]] = {}
    for value, pe_id, state in rows.values_list("value", "entity__pe_id", "state"):
        found.setdefault(value, {})[pe_id] = state
    return found


def _entities(account: Account, ids: set[str]) -> dict[str, str]:
    rows = PrincipalEntity.objects.for_account(account).filter(pe_id__in=ids)
    return dict(rows.values_list("pe_id", "state"))
