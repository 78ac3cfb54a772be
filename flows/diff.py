"""What differs between two graphs for a call: pure, and blind to layout and notes.

Both graphs are read as today's applets write them (``flows.program.upgraded``), and a setting that is left
out counts as its default: rewriting a file changes nothing here. Sentences are in ``flows.diff_words``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from applets import registry
from applets.base import Applet
from applets.catalogue import schema_of
from flows.graph import ENTRY_KINDS, Graph, Node
from flows.program import port_names
from flows.setting_words import words_of

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting of an applet, titled and worded as the panel shows it."""

    setting: str
    title: str
    old: Any
    new: Any
    old_words: str
    new_words: str


@dataclass(frozen=True, slots=True)
class AppletChange:
    """What became of one applet. ``old_…`` are set where they differ; ``other``: in keys we do not know."""

    node: str
    kind: Kind
    name: str
    label: str
    old_name: str | None = None
    old_label: str | None = None
    settings: tuple[SettingChange, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """Where a port leads now and led before; a null leads nowhere."""

    kind: Literal["added", "removed", "moved"]
    node: str
    port: str
    to: str | None
    old_to: str | None
    name: str
    port_label: str
    to_name: str | None
    old_to_name: str | None


@dataclass(frozen=True, slots=True)
class StartChange:
    """Where one of ENTRY_KINDS starts now and started before."""

    entry: str
    new: str | None
    old: str | None
    new_name: str | None
    old_name: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    applets: tuple[AppletChange, ...] = ()
    connections: tuple[ConnectionChange, ...] = ()
    starts: tuple[StartChange, ...] = ()
    other: bool = False

    def __bool__(self) -> bool:
        return bool(self.applets or self.connections or self.starts or self.other)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def diff(old: Graph, new: Graph) -> Changes:
    """Return what a call could notice of going from one graph to another."""
    return Changes(
        applets=tuple(_applets(old, new)),
        connections=tuple(_connections(old, new)),
        starts=tuple(_starts(old, new)),
        other=not same(old.extra, new.extra),
    )


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same file: 1 is neither true nor 1.0."""
    return one is other or _written(one) == _written(other)


def same_node(one: Node | None, other: Node | None) -> bool:
    """Tell whether two applets are the same, or both are none."""
    if one is None or other is None or one is other:
        return one is other
    return (one.type, one.version, one.name) == (other.type, other.version, other.name) and same(
        [one.settings, one.extra], [other.settings, other.extra]
    )


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=dict)


def _applets(old: Graph, new: Graph) -> Iterator[AppletChange]:
    for node in new.nodes.values():
        before = old.nodes.get(node.id)
        if before is None:
            yield AppletChange(node.id, "added", node.shown_name, label_of(node))
        else:
            change = applet_change(before, node)
            if change is not None:
                yield change
    for node in old.nodes.values():
        if node.id not in new.nodes:
            yield AppletChange(node.id, "removed", node.shown_name, label_of(node))


def applet_change(old: Node, new: Node) -> AppletChange | None:
    """Return what differs between two states of one applet, or None."""
    renamed = old.shown_name != new.shown_name
    retyped = old.type != new.type
    settings = tuple(_settings(old, new))
    other = (old.version != new.version and not retyped) or not same(old.extra, new.extra)
    if not (renamed or retyped or settings or other):
        return None
    return AppletChange(
        node=new.id,
        kind="changed",
        name=new.shown_name,
        label=label_of(new),
        old_name=old.shown_name if renamed else None,
        old_label=label_of(old) if retyped else None,
        settings=settings,
        other=other,
    )


def label_of(node: Node) -> str:
    """Return what the palette calls an applet's type."""
    applet = registry.find(node.type)
    return applet.label if applet else f"“{node.type}”"


def _settings(old: Node, new: Node) -> Iterator[SettingChange]:
    # Another type: what is set otherwise than it would be from the start.
    known = old if old.type == new.type else replace(new, settings={})
    before, after, fields = _filled(known), _filled(new), _fields(new)
    ordered = dict.fromkeys((*fields, *after, *before))
    for key in ordered:
        one, two = before.get(key), after.get(key)
        if same(one, two):
            continue
        field = fields.get(key, {})
        title = field.get("title", key)
        yield SettingChange(key, title, one, two, words_of(one, field), words_of(two, field))


def _filled(node: Node) -> Mapping[str, Any]:
    applet = registry.find(node.type)
    return {**_defaults(type(applet)), **node.settings} if applet else node.settings


@lru_cache(maxsize=64)
def _defaults(applet: type[Applet[Any]]) -> Mapping[str, Any]:
    return applet.settings_model().model_dump(mode="json")


def _fields(node: Node) -> Mapping[str, Mapping[str, Any]]:
    applet = registry.find(node.type)
    return schema_of(applet).get("properties", {}) if applet else {}


def _connections(old: Graph, new: Graph) -> Iterator[ConnectionChange]:
    before, after = _targets(old), _targets(new)
    for node, port in sorted({*before, *after}):
        gone, come = before.get((node, port), ()), after.get((node, port), ())
        for old_to, to in _paired(gone, come):
            yield ConnectionChange(
                kind="added" if old_to is None else "removed" if to is None else "moved",
                node=node,
                port=port,
                to=to,
                old_to=old_to,
                name=name_in(node, new, old) or node,
                port_label=port_label(port, node, new, old),
                to_name=name_in(to, new, old),
                old_to_name=name_in(old_to, new, old),
            )


def _targets(graph: Graph) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for wire in graph.connections:
        key = wire.from_node, wire.port
        found[key] = (*found.get(key, ()), wire.to_node)
    return found


def _paired(
    old: Iterable[str], new: Iterable[str]
) -> Iterator[tuple[str, str] | tuple[str, None] | tuple[None, str]]:
    """Pair what a port led to with what it leads to; mostly that is one and one."""
    gone, come = list(old), list(new)
    for target in list(gone):
        if target in come:
            gone.remove(target)
            come.remove(target)
    yield from zip(gone, come, strict=False)
    paired = min(len(gone), len(come))
    yield from ((target, None) for target in gone[paired:])
    yield from ((None, target) for target in come[paired:])


def port_label(port: str, node: str, *graphs: Graph) -> str:
    """Return what the canvas writes at a port, by the first graph that has it."""
    for graph in graphs:
        placed = graph.nodes.get(node)
        applet = registry.find(placed.type) if placed else None
        if placed and applet:
            label = port_names(applet, placed.settings).get(port)
            if label:
                return label if label == port or len(port) > 1 else f"{port} {label}"
    return port


def name_in(node: str | None, *graphs: Graph) -> str | None:
    """Return an applet's name by the first graph that has it, else its id."""
    if node is None:
        return None
    return next((graph.nodes[node].shown_name for graph in graphs if node in graph.nodes), node)


def starts_of(graph: Graph) -> dict[str, str]:
    """Return ``{entry kind: node}`` as drawn; calls first."""
    calls = {ENTRY_KINDS[0]: graph.entry} if graph.entry is not None else {}
    return {**calls, **graph.entries}


def _starts(old: Graph, new: Graph) -> Iterator[StartChange]:
    before, after = starts_of(old), starts_of(new)
    for kind in ENTRY_KINDS:
        one, two = before.get(kind), after.get(kind)
        if one != two:
            yield StartChange(kind, two, one, name_in(two, new, old), name_in(one, new, old))
