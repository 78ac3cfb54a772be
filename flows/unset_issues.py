"""Values that a text names before any applet on the way has set them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from applets.expressions import BadExpression, Expression, expression
from applets.variables import VARIABLES, Name, parse, written
from flows.graph import Graph
from flows.issues import Issue
from flows.program import aliases_of, collected, placed

Ways = Mapping[str, Set[str]]
"""``{node: the nodes its ports lead to}``."""

_ALWAYS: Final = frozenset(info.name for info in VARIABLES)
# Objects that every run has; what is in them is for the run to say.
_OBJECTS: Final = frozenset(
    {"call", "sms", "run", "flow", "scenario", "now", "vars", "http", "integrations"}
)


@dataclass(frozen=True, slots=True)
class _Read:
    """One value that a setting of a node reads, as written, and the nodes that set it."""

    setting: str
    source: str
    setters: frozenset[str]
    needed: bool = True
    """Whether it goes wrong without the value."""


def unset_issues(graph: Graph, ways: Ways) -> Iterator[Issue]:
    """Yield every value that a call cannot have, or may not have, where a text reads it.

    A value with a default (``??``) is never missing. Of an expression that is more than a path nothing is
    said: it may know what to do without a value.
    """
    values = _Values(graph, ways)
    for node_id in graph.nodes:
        if node_id in values.reached:
            yield from _issues_of(graph, node_id, values)


def _issues_of(graph: Graph, node_id: str, values: _Values) -> Iterator[Issue]:
    said: set[tuple[str, str]] = set()
    for read in values.read_by(node_id):
        how = values.missing(node_id, read.setters)
        if how == "perhaps" and not read.needed:
            continue
        if how is not None and (read.setting, read.source) not in said:
            said.add((read.setting, read.source))
            yield (
                _never(graph, node_id, read)
                if how == "never"
                else _perhaps(graph, node_id, read, how)
            )


def _never(graph: Graph, node_id: str, read: _Read) -> Issue:
    name = graph.nodes[node_id].shown_name
    told = f"“{name}”: nothing in this flow sets {read.source}, so a call has no value for it."
    fix = "Choose another variable."
    return Issue("warning", "flows.variable_never_set", told, node_id, None, read.setting, fix)


def _perhaps(graph: Graph, node_id: str, read: _Read, how: str) -> Issue:
    name = graph.nodes[node_id].shown_name
    setter = next(node.shown_name for node in graph.nodes.values() if node.id in read.setters)
    if how == "later":
        told = f"“{name}” uses {read.source}, but “{setter}” sets it only afterwards."
        fix = f"Put “{name}” after “{setter}”."
    else:
        told = f"“{name}” uses {read.source}, but a call can come here without passing “{setter}”."
        fix = f"Lead every way through “{setter}”, or give a default: {_with_default(read.source)}"
    return Issue("warning", "flows.variable_may_be_unset", told, node_id, None, read.setting, fix)


def _with_default(source: str) -> str:
    inner = source.removeprefix("${{").removesuffix("}}").removeprefix("{").removesuffix("}")
    return f'${{{{ {inner.strip()} ?? "none" }}}}'


class _Values:
    """Which nodes set which values of a flow, and which of them lie on the way to a node."""

    def __init__(self, graph: Graph, ways: Ways) -> None:
        self.graph, self.ways = graph, ways
        self._without: dict[frozenset[str], Set[str]] = {}
        self._after: dict[frozenset[str], Set[str]] = {}

    @cached_property
    def reached(self) -> Set[str]:
        return self._walk(self.graph.starts, frozenset())

    @cached_property
    def _collected(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for node_id in self.graph.nodes:
            here = placed(self.graph, node_id)
            for info in collected(here):
                found.setdefault(info.name, set()).add(node_id)
        return {name: frozenset(nodes) for name, nodes in found.items()}

    def read_by(self, node_id: str) -> Iterator[_Read]:
        """Yield the values a node's texts read, as far as a call may lack them."""
        for setting, text in _texts(self.graph.nodes[node_id].settings):
            try:
                parts = parse(text)
            except BadExpression:
                continue  # the applet itself says so
            for part in parts:
                setters = self._setters_of(part)
                if setters is not None:
                    yield _Read(setting, written(part), setters)
        yield from self._looked_at(node_id)

    def _looked_at(self, node_id: str) -> Iterator[_Read]:
        """Yield the values that stand in no text."""
        here = placed(self.graph, node_id)
        if here is None or here.applet is None or here.settings is None:
            return
        for setting, source in here.applet.reads(here.settings):
            try:
                setters = self._setters_of(expression(source))
            except BadExpression:
                continue
            if setters is not None:
                yield _Read(setting, source, setters, needed=False)

    def _setters_of(self, part: object) -> frozenset[str] | None:
        """Return the nodes that set what a part reads; None when every call has it, or nobody can say."""
        if isinstance(part, Name):
            return None if part.name in _ALWAYS else self._collected.get(part.name, frozenset())
        if not isinstance(part, Expression):
            return None
        path = part.shape
        root = path.root.removeprefix("$")
        if not path.is_path or path.default is not None or root in _ALWAYS | _OBJECTS:
            return None
        if root != "nodes":
            return self._collected.get(root, frozenset())
        if not path.keys:
            return None
        named = str(path.keys[0])
        node = named if named in self.graph.nodes else aliases_of(self.graph).get(named)
        return frozenset({node}) if node else frozenset()

    def missing(
        self, node_id: str, setters: frozenset[str]
    ) -> Literal["never", "later", "perhaps"] | None:
        """Say how a value is missing at a node: None when every way to it passes a setter."""
        if not setters & self.reached:
            return "never"
        if setters not in self._without:
            self._without[setters] = self._walk(self.graph.starts, setters)
            following = {target for setter in setters for target in self.ways[setter]}
            self._after[setters] = self._walk(tuple(following), frozenset())
        if node_id not in self._without[setters]:
            return None
        return "perhaps" if node_id in self._after[setters] else "later"

    def _walk(self, starts: tuple[str, ...], not_past: frozenset[str]) -> Set[str]:
        """Return the nodes that ways from ``starts`` come to; none goes on past ``not_past``."""
        waiting, seen = list(starts), set[str]()
        while waiting:
            node_id = waiting.pop()
            if node_id not in seen:
                seen.add(node_id)
                waiting += () if node_id in not_past else self.ways[node_id]
        return seen


def _texts(value: Any, setting: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in settings that may hold variables, with the top-level key it stands under."""
    if isinstance(value, str):
        bare = setting.endswith("expression") and value.strip() and "{" not in value
        if bare or "{" in value:
            yield setting, f"${{{{ {value} }}}}" if bare else value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, setting or key)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, setting)
