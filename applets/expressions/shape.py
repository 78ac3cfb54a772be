"""What an expression looks like: whether it is a path into the call's values, and how it is cut.

The worst-case analysis of message bodies rests on it: ``flows/extents.py`` and, in the browser,
``frontend/src/model/expressions.ts``.
"""

from __future__ import annotations

from dataclasses import dataclass

from applets.expressions.syntax import Call, Choice, Constant, Member, Name, Node


@dataclass(frozen=True, slots=True)
class Shape:
    """``root.keys.slice(0, at_most) ?? default``; without a root it is anything else, cut and with
    a default likewise."""

    root: str = ""
    keys: tuple[str | int, ...] = ()
    default: str | int | float | None = None
    at_most: int | None = None
    """Characters that ``.slice(0, n)`` leaves of the value; the default is never cut."""

    @property
    def is_path(self) -> bool:
        return bool(self.root)


def shape_of(tree: Node) -> Shape:
    """Return the shape of an expression."""
    default = None
    if isinstance(tree, Choice) and tree.sign == "??" and isinstance(tree.right, Constant):
        value = tree.right.value
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            default, tree = value, tree.left
    at_most = None
    if (cut := _cut_of(tree)) is not None:
        at_most, tree = cut
    keys: list[str | int] = []
    while isinstance(tree, Member) and isinstance(tree.key, Constant):
        key = tree.key.value
        if isinstance(key, bool) or not isinstance(key, str | int):
            break
        keys.append(key)
        tree = tree.of
    if not isinstance(tree, Name) or "length" in keys:
        return Shape(default=default, at_most=at_most)
    return Shape(tree.name, tuple(reversed(keys)), default, at_most)


def _cut_of(tree: Node) -> tuple[int, Node] | None:
    """Return the length and the value of ``value.slice(0, length)``."""
    if not (isinstance(tree, Call) and isinstance(tree.callee, Member)):
        return None
    if tree.callee.key != Constant("slice") or len(tree.arguments) != 2:
        return None
    start, end = tree.arguments
    if not (isinstance(start, Constant) and isinstance(end, Constant) and start.value == 0):
        return None
    length = end.value
    if isinstance(length, bool) or not isinstance(length, int) or length < 0:
        return None
    return length, tree.callee.of
