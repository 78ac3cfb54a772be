"""What a variable in a flow's text can become during a call: how long, and of which characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Final

from applets.expressions import Expression, Shape
from applets.object_fields import FIELDS
from applets.variables import VARIABLES, Name, Part, VariableInfo
from flows.graph import Graph
from flows.program import aliases_of, collected, left_by, placed

_UNKNOWN: Final = "sample"


@dataclass(frozen=True, slots=True)
class Extent:
    """The bounds of a value, and one it could be. ``most`` and ``characters`` are None when nobody
    can say before the call."""

    sample: str
    least: int
    most: int | None
    characters: frozenset[str] | None

    def __add__(self, other: Extent) -> Extent:
        """Return the extent of one value after the other."""
        known = self.most is not None and other.most is not None
        return Extent(
            self.sample + other.sample,
            self.least + other.least,
            (self.most or 0) + (other.most or 0) if known else None,
            _together(self.characters, other.characters),
        )

    def __or__(self, other: Extent) -> Extent:
        """Return the extent of either."""
        known = self.most is not None and other.most is not None
        return Extent(
            self.sample,
            min(self.least, other.least),
            max(self.most or 0, other.most or 0) if known else None,
            _together(self.characters, other.characters),
        )

    def cut(self, most: int) -> Extent:
        """Return the extent of its first characters."""
        longest = most if self.most is None else min(most, self.most)
        return Extent(self.sample[:most], min(self.least, most), longest, self.characters)


def _together(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


NOTHING: Final = Extent("", 0, 0, frozenset())


def extent_of_text(text: str) -> Extent:
    """Return the extent of fixed text."""
    return Extent(text, len(text), len(text), frozenset(text))


def _extent_of(info: VariableInfo) -> Extent:
    least = len(info.sample) if info.longest == len(info.sample) else 1
    characters = None if info.characters is None else frozenset(info.characters)
    return Extent(info.sample, least, info.longest, characters)


_BUILT_IN: Final = {info.name: _extent_of(info) for info in VARIABLES}
_BUILT_IN["now"] = _BUILT_IN["DateTime"]


class Extents:
    """What the variables in the texts of one flow can be."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[Name | Expression, Extent | None] = {}

    def of(self, part: Part) -> Extent | None:
        """Return the extent of a part of a text, or None for a value that no call ever has."""
        if isinstance(part, str):
            return extent_of_text(part)
        if part not in self._known:
            self._known[part] = self._find(part)
        return self._known[part]

    def _find(self, part: Name | Expression) -> Extent | None:
        if isinstance(part, Name):
            return self._named(part.name)
        shape = part.shape
        found = self._at(shape) if shape.is_path else _ANY
        if found is not None and shape.at_most is not None:
            found = found.cut(shape.at_most)
        if shape.default is None:
            return found
        default = extent_of_text(str(shape.default))
        return default if found is None else found | default

    def of_all(self, parts: tuple[Part, ...]) -> Extent:
        """Return the extent of parts one after the other; what no call has could be anything."""
        return reduce(Extent.__add__, (self.of(part) or _ANY for part in parts), NOTHING)

    def _named(self, name: str) -> Extent | None:
        return _BUILT_IN.get(name) or self._collected.get(name.removeprefix("$"))

    @cached_property
    def _collected(self) -> dict[str, Extent]:
        """What the flow's applets set, by name; of two that set one name, either may have."""
        found: dict[str, Extent] = {}
        for node_id in self.graph.nodes:
            here = placed(self.graph, node_id)
            for info in collected(here):
                extent = _extent_of(info)
                found[info.name] = found[info.name] | extent if info.name in found else extent
        return found

    def _at(self, path: Shape) -> Extent | None:
        if not path.keys:
            return self._named(path.root)
        first, deeper = str(path.keys[0]), path.keys[1:]
        if path.root == "nodes":
            return self._left_by(first, deeper)
        if path.root == "http":
            return self._left_by(first, ("json", *deeper))
        if path.root == "vars":  # what applets set, not what every call has
            return self._set_value(first, deeper)
        if path.root in FIELDS:
            info = FIELDS[path.root].get(first)
            return None if info is None else _ANY if deeper else _extent_of(info)
        return self._set_value(path.root, path.keys)

    def _set_value(self, name: str, keys: tuple[str | int, ...]) -> Extent | None:
        """Return what a variable can be, or anything for what is in it."""
        found = self._collected.get(name.removeprefix("$"))
        return _ANY if found is not None and keys else found

    def _left_by(self, name: str, keys: tuple[str | int, ...]) -> Extent | None:
        node_id = name if name in self.graph.nodes else aliases_of(self.graph).get(name, "")
        here = placed(self.graph, node_id)
        if not keys:
            return None
        leaves = {info.name: info for info in left_by(here)}
        info = leaves.get(str(keys[0]))
        if info is None or (len(keys) > 1 and info.longest is not None):
            return None
        return _extent_of(info)


_ANY: Final = Extent(_UNKNOWN, 0, None, None)
