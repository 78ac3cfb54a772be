"""Regular expressions in JavaScript's notation, matched by RE2: in time linear in the text.

Source of the notation: ECMA-262, 22.2; of RE2's: github.com/google/re2/wiki/Syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import re2

from applets.expressions.errors import Exhausted
from applets.expressions.scope import MOST_ITEMS, Scope
from applets.expressions.values import MISSING, well_formed

LONGEST_PATTERN: Final = 500
_MEMORY: Final = 1 << 20
"""Bytes that RE2 may use for one pattern."""
_FLAGS: Final = frozenset("gimsu")
_CODE: Final = re.compile(r"\\(\\|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4}))", re.ASCII)
_REPLACED: Final = re.compile(r"\$(?:(\$)|(&)|([1-9][0-9]?)|<([A-Za-z_][A-Za-z0-9_]*)>)", re.ASCII)


class BadPattern(Exception):
    """A pattern that RE2 does not take."""


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression that is ready to match."""

    source: str
    flags: str
    compiled: Any = field(compare=False, repr=False)

    @property
    def everywhere(self) -> bool:
        return "g" in self.flags


@lru_cache(maxsize=512)
def regex(source: str, flags: str) -> Regex:
    """Return a regular expression. Raises BadPattern, saying why in a few words."""
    unknown = set(flags) - _FLAGS
    if unknown or len(set(flags)) != len(flags):
        raise BadPattern(f"its flags can be {', '.join(sorted(_FLAGS))}, each once")
    if len(source) > LONGEST_PATTERN:
        raise BadPattern(f"it is longer than {LONGEST_PATTERN} characters")
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.case_sensitive = "i" not in flags
    options.dot_nl = "s" in flags
    options.one_line = "m" not in flags
    inner = f"(?m){_for_re2(source)}" if "m" in flags else _for_re2(source)
    try:
        return Regex(source, flags, re2.compile(well_formed(inner), options))
    except re2.error as error:
        said = error.args[0] if error.args else ""
        told = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        raise BadPattern(_in_words(told)) from None


def _for_re2(source: str) -> str:
    def code(match: re.Match[str]) -> str:
        digits = match[2] or match[3]
        return rf"\x{{{digits}}}" if digits else match[0]

    return _CODE.sub(code, source)


def _in_words(told: str) -> str:
    if "(?=" in told or "(?!" in told or "(?<" in told:
        return "it cannot look ahead or behind"
    if "invalid escape" in told:
        return f"it has an escape that is not known here ({told.rpartition(':')[2].strip()})"
    return told or "it cannot be read"


def matches(pattern: Regex, text: str, scope: Scope) -> Iterator[Any]:
    """Yield the matches in a text, one after the other."""
    scope.spend(len(text))
    for count, match in enumerate(pattern.compiled.finditer(well_formed(text))):
        if count >= MOST_ITEMS:
            raise Exhausted(f"there are more than {MOST_ITEMS} matches")
        scope.spend()
        yield match


def first(pattern: Regex, text: str, scope: Scope) -> Any:
    """Return the first match, or None."""
    scope.spend(len(text))
    return pattern.compiled.search(well_formed(text))


def groups(match: Any) -> list[Any]:
    """Return the whole match and what its brackets caught; undefined for those that took no part."""
    return [match.group(0), *(MISSING if part is None else part for part in match.groups())]


def filled_in(template: str, match: Any) -> str:
    """Return a replacement with ``$1``, ``$&`` and ``$<name>`` put in."""

    def value(found: re.Match[str]) -> str:
        if found[1]:
            return "$"
        if found[2]:
            return str(match.group(0))
        if found[3]:
            return _numbered(found, match)
        return str(match.groupdict().get(found[4]) or "")

    return _REPLACED.sub(value, template) if "$" in template else template


def _numbered(found: re.Match[str], match: Any) -> str:
    caught = match.groups()
    for digits in (found[3], found[3][0]):
        if int(digits) <= len(caught):
            return (caught[int(digits) - 1] or "") + found[3][len(digits) :]
    return found[0]
