"""A graph made ready to run: each node's applet, its parsed settings and where its ports lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from pydantic import ValidationError

from applets import registry
from applets.base import Applet, AppletSettings, Port, PortForEach
from applets.fields import E164_PATTERN
from applets.message_settings import sends_sms
from applets.variables import VariableInfo
from flows.graph import Graph, Node

# Beside the nodes' ids in the cache: an id has 64 characters at most.
_EXITS: Final = "exits".rjust(65)
_ALIASES: Final = "aliases".rjust(65)
_NOT_IDENTIFIER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One complaint about a node's settings; ``setting`` is a top-level key."""

    code: str
    setting: str
    message: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A node ready to run. Without ``applet`` or ``settings`` it cannot, and ``problem`` says
    why."""

    node: Node
    applet: Applet[Any] | None
    settings: AppletSettings | None
    faults: tuple[SettingFault, ...]
    problem: str
    exits: Mapping[str, str]


def placed(graph: Graph, node_id: str) -> Placed | None:
    """Return a node ready to run, worked out once per graph; None when there is no such node."""
    found: Placed | None = graph.compiled.get(node_id)
    if found is None and node_id in graph.nodes:
        found = _compile(graph.nodes[node_id], exits_of(graph).get(node_id, {}))
        graph.compiled[node_id] = found
    return found


def exits_of(graph: Graph) -> Mapping[str, Mapping[str, str]]:
    """Return ``{node: {port: node}}``; of two connections from one port the first counts."""
    exits: dict[str, dict[str, str]] | None = graph.compiled.get(_EXITS)
    if exits is None:
        exits = {}
        for connection in graph.connections:
            exits.setdefault(connection.from_node, {}).setdefault(
                connection.port, connection.to_node
            )
        graph.compiled[_EXITS] = exits
    return exits


def aliases_of(graph: Graph) -> Mapping[str, str]:
    """Return ``{name as identifier: node id}`` for ``nodes.<name>`` in texts; the first of a
    name counts."""
    aliases: dict[str, str] | None = graph.compiled.get(_ALIASES)
    if aliases is None:
        aliases = {}
        for node in graph.nodes.values():
            alias = alias_of(node)
            if alias and alias not in graph.nodes:
                aliases.setdefault(alias, node.id)
        graph.compiled[_ALIASES] = aliases
    return aliases


def alias_of(node: Node) -> str:
    """Return a node's name as an identifier: "Look up order" is ``look_up_order``."""
    return _NOT_IDENTIFIER.sub("_", node.name.lower()).strip("_")


def is_message(node: Node) -> bool:
    """Whether a node sends an SMS: what the DLT registries have a say in."""
    return sends_sms(registry.find(node.type))


def port_names(applet: Applet[Any], settings: Mapping[str, Any]) -> dict[str, str]:
    """Return ``{port: label}`` of a node, also for settings that are not complete yet."""
    names: dict[str, str] = {}
    for port in applet.ports:
        if port.when and not _is_set(applet, settings, *port.when):
            continue
        if isinstance(port, Port):
            names.setdefault(port.name, port.label)
        else:
            for name, label in _listed(port, settings.get(port.setting)):
                names.setdefault(name, label)
    return names


def _is_set(applet: Applet[Any], settings: Mapping[str, Any], setting: str, wanted: Any) -> bool:
    """Tell whether a setting has a value; one that is not stored has its default."""
    default = applet.settings_model.model_fields[setting].default
    return bool(settings.get(setting, default) == wanted)


def _listed(port: PortForEach, entries: Any) -> list[tuple[str, str]]:
    rows = [row for row in entries if isinstance(row, dict)] if isinstance(entries, list) else []
    named = [(row.get(port.key), row.get(port.label)) for row in rows]
    return [(key, str(label or key)) for key, label in named if isinstance(key, str) and key]


def collected(here: Placed | None) -> tuple[VariableInfo, ...]:
    """Return the variables a node sets, as its settings name and bound them."""
    return _in_node(here, here.applet.collects if here and here.applet else ())


def left_by(here: Placed | None) -> tuple[VariableInfo, ...]:
    """Return what later texts find under ``nodes.<the node's name>``."""
    return _in_node(here, here.applet.leaves if here and here.applet else ())


def _in_node(here: Placed | None, infos: tuple[VariableInfo, ...]) -> tuple[VariableInfo, ...]:
    if here is None or here.applet is None:
        return ()
    settings = {**_defaults(type(here.applet)), **here.node.settings}
    return tuple(info for one in infos for info in one.in_node(settings))


@lru_cache(maxsize=64)
def _defaults(applet: type[Applet[Any]]) -> dict[str, Any]:
    return {key: field.default for key, field in applet.settings_model.model_fields.items()}


def upgraded(graph: Graph) -> Graph:
    """Return the flow with every node's settings as its applet writes them today."""
    old = [node for node in graph.nodes.values() if _is_older(node)]
    if not old:
        return graph
    renewed = {node.id: _upgraded_node(node) for node in old}
    return replace(graph, nodes={**graph.nodes, **renewed}, compiled={})


def _is_older(node: Node) -> bool:
    applet = registry.find(node.type)
    return applet is not None and node.version < applet.version


def _upgraded_node(node: Node) -> Node:
    applet = registry.get(node.type)
    try:
        settings = applet.upgrade(dict(node.settings), node.version)
    except (LookupError, TypeError, ValueError):
        return node  # settings no version ever wrote: kept as they are, for the issues to name
    return replace(node, settings=settings, version=applet.version)


def _compile(node: Node, exits: Mapping[str, str]) -> Placed:
    applet = registry.find(node.type)
    if applet is None:
        problem = f"There is no applet of the type “{node.type}” here."
        return Placed(node, None, None, (), problem, exits)
    if node.version > applet.version:
        problem = (
            f"Its settings are of version {node.version}; this installation knows {applet.version}."
        )
        return Placed(node, applet, None, (), problem, exits)
    current = _upgraded_node(node) if node.version < applet.version else node
    try:
        settings = applet.settings_model.model_validate(dict(current.settings))
    except ValidationError as error:
        faults = tuple(
            _fault(item) for item in error.errors(include_url=False, include_input=False)
        )
        told = "; ".join(f"{fault.setting}: {fault.message}" for fault in faults[:3])
        return Placed(node, applet, None, faults, f"Its settings are not right: {told}", exits)
    return Placed(node, applet, settings, (), "", exits)


def _fault(error: Any) -> SettingFault:
    """Translate one complaint of pydantic's: its sentence, the key it is about, and a code of
    ours."""
    place = error["loc"]
    setting = str(place[0]) if place else ""
    if error["type"] == "extra_forbidden":
        named = ".".join(str(part) for part in place)
        return SettingFault("flows.unknown_setting", setting, f"There is no setting “{named}”.")
    within = f"Entry {place[1] + 1}: " if len(place) > 1 and isinstance(place[1], int) else ""
    return SettingFault("flows.invalid_setting", setting, f"{within}{_complaint(error)}")


def _complaint(error: Any) -> str:
    """Say what is wrong; a pattern means nothing to those who draw flows."""
    if error["type"] != "string_pattern_mismatch":
        return f"{error['msg']}."
    if E164_PATTERN in error["ctx"]["pattern"]:
        return "Write the number with its country code, such as +919876543210."
    return "This does not have the expected form."
