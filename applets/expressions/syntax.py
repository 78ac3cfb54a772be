"""What an expression says, once it is read: a tree of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, true, false, null or undefined."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the call, or an arrow function around it, has a value for."""

    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """``/MOBILE/i``."""

    source: str
    flags: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """``of.key``, ``of?.key`` or ``of[key]``."""

    of: Node
    key: Node
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function or, when ``callee`` is a member, maybe a method."""

    callee: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """``item => item.name``: only an argument of the methods that take one."""

    parameter: str
    body: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Unary:
    """``!``, ``-``, ``+`` or ``typeof``."""

    sign: str
    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic or a comparison."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """``&&``, ``||`` or ``??``: the right side may not be needed."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Ternary:
    """``when ? then : otherwise``."""

    when: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Template:
    """A text in backticks, cut into its pieces."""

    pieces: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Array:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Object:
    pairs: tuple[tuple[str, Node], ...]


Node: TypeAlias = (
    Constant
    | Name
    | Pattern
    | Member
    | Call
    | Arrow
    | Unary
    | Binary
    | Choice
    | Ternary
    | Template
    | Array
    | Object
)


def named(node: Node) -> str:
    """Return a node as an error names it: a path as it is written, else in words."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Member):
        if not isinstance(node.key, Constant):
            return f"{named(node.of)}[…]"
        key = node.key.value
        return f"{named(node.of)}.{key}" if isinstance(key, str) else f"{named(node.of)}[{key}]"
    if isinstance(node, Call):
        return f"{named(node.callee)}()"
    return "a part of it"
