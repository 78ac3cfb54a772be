"""Paths into plain data: ``nodes.lookup.json.items[0]?.name ?? "there"``.

A small, safe part of JavaScript's expressions: dotted names, ``?.``, ``[n]``, ``["key"]``, one
``.slice(0, 30)`` at the end that cuts what is longer, and one ``??`` with a literal. Nothing is
called and no attribute is read, so there is nothing to break out of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from applets.cutting import first_characters
from core.errors import DomainError

LONGEST_EXPRESSION: Final = 500

_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*", re.ASCII)
_SPACE: Final = re.compile(r"\s*")
_INDEX: Final = re.compile(r"\d{1,6}", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_STRING: Final = re.compile(r'"([^"\\\n]*)"|\'([^\'\\\n]*)\'')


class _Missing:
    """The value of what is not there; unlike None, which JSON can hold."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


class BadExpression(DomainError):
    """What stands between ``${{`` and ``}}`` is not a path."""

    code: ClassVar[str] = "variables.bad_expression"
    message: ClassVar[str] = (
        "“{expression}” cannot be read at character {position}: {problem}. "
        'Write a path such as nodes.lookup.json.name, with ?? "text" for a missing value.'
    )


@dataclass(frozen=True, slots=True)
class Path:
    """A parsed path."""

    source: str
    root: str
    keys: tuple[str | int, ...]
    default: str | int | float | None
    at_most: int | None = None
    """Characters that ``.slice(0, n)`` leaves of the value; the default is never cut."""

    def find(self, lookup: Callable[[str], Any]) -> Any:
        """Return the value, else the default, else ``MISSING``."""
        value = lookup(self.root)
        for key in self.keys:
            value = _child(value, key)
            if value is MISSING:
                break
        if value is MISSING or value is None:
            return MISSING if self.default is None else self.default
        return value if self.at_most is None else _sliced(value, self.at_most)


def _sliced(value: Any, most: int) -> Any:
    """Cut a text or a number; what has no form in a text stays what it is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return first_characters(value, most) if isinstance(value, str) else value


def _child(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(key), MISSING)
    if isinstance(value, list) and isinstance(key, int):
        return value[key] if key < len(value) else MISSING
    return MISSING


def parse_path(text: str, start: int) -> tuple[Path, int]:
    """Read a path from ``start`` up to ``}}``; return it and the place after the braces.

    Raises:
        BadExpression: with the character, counted from 1 within the expression.
    """
    reader = _Reader(text, start)
    root = reader.name()
    keys: list[str | int] = []
    while (key := reader.key()) is not None:
        keys.append(key)
    at_most = None
    if keys and keys[-1] == "slice" and reader.accept("("):
        keys.pop()
        at_most = reader.slice()
    default = reader.default()
    source = text[start : reader.at].strip()
    reader.expect("}}", "}} is missing")
    return Path(source, root, tuple(keys), default, at_most), reader.at


def parse_bare_path(text: str) -> Path:
    """Read a text that is one path and nothing else. Raises BadExpression."""
    path, end = parse_path(f"{text}}}}}", 0)
    if end != len(text) + len("}}"):
        raise BadExpression(expression=text, position=end - 1, problem="the path ends here")
    return path


class _Reader:
    """A cursor over one expression."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.at = text, start, start
        self.end = min(len(text), start + LONGEST_EXPRESSION)

    def refuse(self, problem: str) -> BadExpression:
        shown = self.text[self.start : self.start + 40].split("}}")[0].strip()
        return BadExpression(expression=shown, position=self.at - self.start + 1, problem=problem)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def skip_space(self) -> None:
        self.take(_SPACE)

    def accept(self, word: str) -> bool:
        self.skip_space()
        if self.text.startswith(word, self.at, self.end):
            self.at += len(word)
            return True
        return False

    def expect(self, word: str, problem: str) -> None:
        if not self.accept(word):
            raise self.refuse(problem)

    def name(self) -> str:
        self.skip_space()
        match = self.take(_NAME)
        if match is None:
            raise self.refuse("a name is expected")
        return match[0]

    def key(self) -> str | int | None:
        """Read ``.name``, ``?.name``, ``[3]``, ``?.[3]`` or ``["key"]``; None when the path is
        over."""
        optional = self.accept("?.")
        if self.accept("["):
            return self.bracket()
        if optional or self.accept("."):
            return self.name()
        return None

    def bracket(self) -> str | int:
        self.skip_space()
        if match := self.take(_INDEX):
            key: str | int = int(match[0])
        elif match := self.take(_STRING):
            key = match[1] if match[1] is not None else match[2]
        else:
            raise self.refuse("a number or a key in quotes is expected")
        self.expect("]", "] is missing")
        return key

    def slice(self) -> int:
        """Read ``0, 30)``: only the beginning can be kept."""
        self.expect("0", "slice begins with 0, as in slice(0, 30)")
        self.expect(",", "slice wants two numbers, as in slice(0, 30)")
        self.skip_space()
        match = self.take(_INDEX)
        if match is None:
            raise self.refuse("the second number of slice is expected, as in slice(0, 30)")
        self.expect(")", ") is missing")
        return int(match[0])

    def default(self) -> str | int | float | None:
        if not self.accept("??"):
            return None
        self.skip_space()
        if match := self.take(_STRING):
            return match[1] if match[1] is not None else match[2]
        if match := self.take(_NUMBER):
            return float(match[0]) if "." in match[0] else int(match[0])
        raise self.refuse("a text in quotes or a number is expected after ??")
