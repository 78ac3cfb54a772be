"""What is wrong with a flow. Pure: what must be known of the account comes in as ``Context``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from applets.base import Applet, SettingIssue
from applets.catalogue import required_settings, schema_of
from applets.message_settings import sends_sms
from flows.audio_issues import audio_issues
from flows.extents import Extents
from flows.graph import Graph, Node
from flows.issues import Issue
from flows.message_issues import Context, message_issues, needs_dlt
from flows.path_issues import path_issues, ways_of
from flows.program import Placed, is_message, placed, port_names
from flows.silence_issues import silence_issues
from flows.transfer_issues import transfer_issues
from flows.unset_issues import unset_issues

_DLT_SETTINGS: Final = frozenset({"dlt_entity_id", "dlt_template_id"})


def issues(graph: Graph, context: Context) -> list[Issue]:
    """Return everything there is to say about a flow."""
    extents, ways = Extents(graph), ways_of(graph)
    found = [
        *_entry_issues(graph),
        *(issue for node in graph.nodes for issue in _node_issues(graph, node, context, extents)),
        *_connection_issues(graph),
        *path_issues(graph, ways),
        *silence_issues(graph, ways),
        *unset_issues(graph, ways),
        *transfer_issues(graph, context),
    ]
    return list(
        {(issue.code, issue.node, issue.port, issue.message): issue for issue in found}.values()
    )


def registry_issues(graph: Graph, context: Context) -> list[Issue]:
    """Return only what the registries have against a flow's messages: for what calls run, where the rest
    was settled as it was published."""
    extents = Extents(graph)
    found: list[Issue] = []
    for node in graph.nodes.values():
        here = placed(graph, node.id) if is_message(node) else None
        if here is not None and here.settings is not None:
            found += message_issues(here, context, extents)
    return found


def _entry_issues(graph: Graph) -> Iterator[Issue]:
    if not graph.nodes:
        yield Issue("error", "flows.empty", "The flow is empty.", fix="Add an applet.")
    elif graph.entry is None and not graph.entries:
        told = "Nothing says where the call starts."
        yield Issue("error", "flows.no_entry", told, fix="Choose the first applet.")
    for start in (graph.entry, *graph.entries.values()):
        if start is not None and start not in graph.nodes and graph.nodes:
            told = f"The call starts at “{start}”, which is not in the flow."
            yield Issue("error", "flows.no_entry", told, fix="Choose the first applet.")


def _node_issues(graph: Graph, node_id: str, context: Context, extents: Extents) -> Iterator[Issue]:
    here = placed(graph, node_id)
    if here is None:
        return
    if here.applet is None:
        told = f"“{here.node.shown_name}”: {here.problem}"
        yield Issue(
            "error", "flows.unknown_applet", told, node_id, fix="Delete it, or use another applet."
        )
        return
    if here.node.version > here.applet.version:
        told = f"“{here.node.shown_name}”: {here.problem}"
        yield Issue("error", "flows.newer_settings", told, node_id, fix="Update this installation.")
        return
    for fault in here.faults:
        yield Issue(
            "error",
            fault.code,
            _about(here, fault.setting, fault.message),
            node_id,
            None,
            fault.setting,
        )
    yield from _missing_settings(here, here.applet, context)
    fields = schema_of(here.applet)["properties"]
    yield from audio_issues(
        here, context.recordings, lambda key: _is_shown(fields[key], here.node, fields), _about
    )
    if here.settings is not None:
        yield from (_from_applet(here, found) for found in here.applet.issues(here.settings))
        if is_message(here.node):
            yield from message_issues(here, context, extents)


def _missing_settings(here: Placed, applet: Applet[Any], context: Context) -> Iterator[Issue]:
    """Yield required settings that are empty, as far as the panel shows them."""
    fields = schema_of(applet)["properties"]
    needless = _DLT_SETTINGS if sends_sms(applet) and not needs_dlt(here.node, context) else ()
    for key in required_settings(applet):
        field = fields[key]
        if key in needless or not _is_shown(field, here.node, fields):
            continue
        value = here.node.settings.get(key, field.get("default"))
        if value is None or (isinstance(value, str | list) and not _filled(value)):
            told = _about(here, key, "is empty.")
            yield Issue(
                "error", "flows.missing_setting", told, here.node.id, None, key, "Fill it in."
            )


def _filled(value: str | list[Any]) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _is_shown(field: Mapping[str, Any], node: Node, fields: Mapping[str, Any]) -> bool:
    condition = field.get("show_when")
    if condition is None:
        return True
    key, wanted = condition["setting"], condition["equals"]
    value = node.settings.get(key, fields[key].get("default"))
    return value in wanted if isinstance(wanted, list) else bool(value == wanted)


def _from_applet(here: Placed, found: SettingIssue) -> Issue:
    code = "flows.invalid_setting" if found.severity == "error" else "flows.setting_advice"
    told = _about(here, found.setting, found.message)
    return Issue(found.severity, code, told, here.node.id, None, found.setting, found.fix)


def _about(here: Placed, setting: str, sentence: str) -> str:
    """Name the applet and the field as the panel shows them."""
    fields = schema_of(here.applet)["properties"] if here.applet else {}
    title = fields.get(setting, {}).get("title", setting)
    return f"“{here.node.shown_name}”, {title}: {sentence}"


def _connection_issues(graph: Graph) -> Iterator[Issue]:
    seen: set[tuple[str, str]] = set()
    for connection in graph.connections:
        source, port, target = connection.from_node, connection.port, connection.to_node
        if source not in graph.nodes:
            told = f"A connection starts at “{source}”, which is not in the flow."
            yield Issue("error", "flows.unknown_node", told, fix="Delete the connection.")
            continue
        name = graph.nodes[source].shown_name
        if target not in graph.nodes:
            told = f"“{name}”: “{port}” leads to “{target}”, which is not in the flow."
            yield Issue("error", "flows.unknown_node", told, source, port, fix="Connect it anew.")
        if not _has_port(graph, source, port):
            told = f"“{name}” has no output “{port}”."
            yield Issue(
                "error", "flows.unknown_port", told, source, port, fix="Delete the connection."
            )
        if (source, port) in seen:
            told = f"“{name}”: two connections leave “{port}”; only one can be followed."
            yield Issue("error", "flows.port_twice", told, source, port, fix="Delete one of them.")
        seen.add((source, port))


def _has_port(graph: Graph, node_id: str, port: str) -> bool:
    here = placed(graph, node_id)
    if here is None or here.applet is None:
        return True  # what an unknown applet has, nobody can say
    return port in port_names(here.applet, here.node.settings)
