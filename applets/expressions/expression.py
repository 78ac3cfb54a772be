"""One expression, ready to be worked out, and what can be said of its value before any call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from applets.expressions.compiling import Run, compiled_tree
from applets.expressions.errors import (
    Exhausted,
    ExpressionFailed,
    TooMuchWork,
    Trouble,
    shown,
)
from applets.expressions.lexing import end_in_text, is_chain, words_of
from applets.expressions.parsing import tree_of
from applets.expressions.plain import plain
from applets.expressions.scope import Scope
from applets.expressions.shape import Shape, shape_of
from applets.expressions.values import MISSING, truthy

Lookup = Callable[[str], Any]
"""From a name to its value, ``MISSING`` when there is none."""

_SIMPLE: Final = (str, int, bool, type(None))


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; two are the same when they are written the same."""

    source: str
    shape: Shape = field(compare=False)
    run: Run = field(compare=False, repr=False)

    def find(self, lookup: Lookup) -> Any:
        """Return the value, ``MISSING`` when it is undefined.

        Raises:
            MissingVariable: something is done with a value that the call does not have.
            ExpressionFailed: the values do not suit what is done with them.
            TooMuchWork: it takes too many steps, or makes too large a value.
        """
        return self._worked_out(Scope(lookup), self.run)

    def plain(self, lookup: Lookup) -> Any:
        """Return the value as JSON has it, None when it is undefined. Raises as ``find`` does."""
        scope = Scope(lookup)
        value = self._worked_out(scope, self.run)
        if type(value) in _SIMPLE:
            return value
        return self._worked_out(scope, lambda same: plain(value, same))

    def truth(self, lookup: Lookup) -> bool:
        """Return whether the value counts as true. Raises as ``find`` does."""
        return truthy(self.find(lookup))

    def _worked_out(self, scope: Scope, run: Run) -> Any:
        try:
            return run(scope)
        except Trouble as trouble:
            raise ExpressionFailed(expression=shown(self.source), problem=trouble) from None
        except Exhausted as trouble:
            raise TooMuchWork(expression=shown(self.source), problem=trouble) from None


def expression(source: str) -> Expression:
    """Return an expression, compiled once. Raises BadExpression."""
    return _short(source) if len(source) <= _SHORT else _long(source)


def _compiled(source: str) -> Expression:
    tree = tree_of(source)
    return Expression(source.strip(), shape_of(tree), compiled_tree(tree, source))


# A compiled expression takes about 100 bytes for each of its characters, and anybody who draws can
# write many: the long ones must not fill the memory.
_SHORT: Final = 200
_short = lru_cache(maxsize=1024)(_compiled)
_long = lru_cache(maxsize=128)(_compiled)


def expression_in(text: str, start: int) -> tuple[Expression, int]:
    """Read an expression from ``start`` up to ``}}``; return it and the place after the braces.

    Raises:
        BadExpression: with the character, counted from 1 within the expression.
    """
    end = end_in_text(text, start)
    return expression(text[start:end]), end + len("}}")


def cut_off(whole: Expression, most: int) -> str:
    """Write an expression whose value is cut; its default, if it has one, stays whole."""
    source, words, default = whole.source, words_of(whole.source), ""
    if whole.shape.default is not None:
        at = max(word.start_pos or 0 for word in words if word.type == "_COALESCE")
        source, default = source[:at].rstrip(), f" {source[at:]}"
        words = [word for word in words if (word.start_pos or 0) < at]
    head = source if is_chain(words) else f"({source})"
    return f"{head}.slice(0, {most}){default}"


__all__ = ["MISSING", "Expression", "Lookup", "cut_off", "expression", "expression_in"]
