"""The register of what expressions can call: each entry is code and its documentation in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from applets.expressions.scope import Scope
from applets.expressions.values import MISSING

Kind = Literal["function", "text", "number", "list", "object", "pattern", "time"]
Run: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A function, or a method of one kind of value."""

    kind: Kind
    name: str
    """``slice``, or with its family: ``Math.round``."""
    signature: str
    description: str
    example: str
    result: str
    """What the example gives, as JSON."""
    run: Run
    """Called with the scope, for a method the value, and the arguments."""
    most: int
    """Arguments at most; -1: any number."""
    takes_arrow: bool = False


FUNCTIONS: Final[dict[str, Entry]] = {}
METHODS: Final[dict[str, dict[str, Entry]]] = {}
"""By name, then by the kind of value."""
FAMILIES: Final = {"Math", "JSON", "Number", "Object", "String", "Array"}


def documented(
    kind: Kind,
    signature: str,
    description: str,
    example: str,
    result: str,
    *,
    takes_arrow: bool = False,
) -> Callable[[Run], Run]:
    """Enter a function or a method under the name its signature begins with."""
    name, _, rest = signature.partition("(")
    inner = rest.partition(")")[0]
    most = -1 if "…" in inner else len([part for part in inner.split(",") if part.strip()])

    def enter(run: Run) -> Run:
        entry = Entry(kind, name, signature, description, example, result, run, most, takes_arrow)
        if kind == "function":
            FUNCTIONS[name] = entry
        else:
            METHODS.setdefault(name, {})[kind] = entry
        return run

    return enter


def entries() -> tuple[Entry, ...]:
    """Return everything there is, functions first."""
    methods = (entry for by_kind in METHODS.values() for entry in by_kind.values())
    return (*FUNCTIONS.values(), *methods)


__all__ = ["FAMILIES", "FUNCTIONS", "METHODS", "MISSING", "Entry", "Scope", "documented", "entries"]
