"""The words of an expression, and where it ends in a text that holds it."""

from __future__ import annotations

import re
from typing import Final

from lark import Token

from applets.expressions.errors import unreadable

LONGEST_EXPRESSION: Final = 2_000

_NAME: Final = r"[A-Za-z_$][A-Za-z0-9_$]*"
# Each alternative is linear: none can match one text in two ways.
_WORD: Final = re.compile(
    rf"""
    (?P<SPACE>\s+)
    |(?P<NUMBER>(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<ARROW>(?:{_NAME}|\(\s*{_NAME}\s*\))\s*=>)
    |(?P<NAME>{_NAME})
    |(?P<STRING>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<TEMPLATE>`(?:[^`\\]|\\.)*`)
    |(?P<SIGN>===|!==|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?![0-9])|[-+*/%<>!?:.,()\[\]{{}}])
    """,
    re.ASCII | re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[A-Za-z]*", re.ASCII)

_SIGNS: Final = {
    **dict.fromkeys(("===", "!==", "==", "!="), "EQUALITY"),
    **dict.fromkeys(("<", ">", "<=", ">="), "RELATION"),
    **dict.fromkeys("+-", "SUM"),
    **dict.fromkeys("*/%", "PRODUCT"),
    "!": "NOT",
    "??": "_COALESCE",
    "||": "_OR",
    "&&": "_AND",
    "?": "_QUESTION",
    ":": "_COLON",
    ".": "_DOT",
    "?.": "_OPTIONAL",
    ",": "_COMMA",
    "(": "_LPAR",
    ")": "_RPAR",
    "[": "_LSQB",
    "]": "_RSQB",
    "{": "_LBRACE",
    "}": "_RBRACE",
}
_LITERALS: Final = frozenset({"true", "false", "null", "undefined", "NaN", "Infinity"})
_RESERVED_WORDS: Final = (
    "async await break case catch class const continue debugger default delete do else export"
    " extends finally for function if import in instanceof let new return super switch this"
    " throw try var void while with yield"
)
_RESERVED: Final = frozenset(_RESERVED_WORDS.split())
_DOTS: Final = frozenset({"_DOT", "_OPTIONAL"})
# After these a slash divides; anywhere else it begins a regular expression.
_OPERANDS: Final = frozenset(
    {"NUMBER", "STRING", "TEMPLATE", "REGEX", "NAME", "LITERAL", "_RPAR", "_RSQB", "_RBRACE"}
)
_INSTEAD: Final = {
    "=": "Compare with ===",
    "&": "Join conditions with &&",
    "|": "Join conditions with ||",
    ";": "Write one expression",
    '"': "Close the text with another quote on the same line",
    "'": "Close the text with another quote on the same line",
    "`": "Close the text with another `",
}


def words_of(source: str) -> list[Token]:
    """Return the words of a source that is one expression. Raises BadExpression."""
    return _scan(source, 0, "")[0]


def is_chain(words: list[Token]) -> bool:
    """Whether more can be written after the words as they are: ``a.trim()``, but not ``a + b``."""
    depth = 0
    for word in words:
        depth += {"_LPAR": 1, "_LSQB": 1, "_LBRACE": 1}.get(word.type, 0)
        depth -= {"_RPAR": 1, "_RSQB": 1, "_RBRACE": 1}.get(word.type, 0)
        if depth == 0 and word.type not in _OPERANDS | _DOTS:
            return False
    return True


def end_in_text(text: str, start: int, closing: str = "}}") -> int:
    """Return where the ``}}`` is that closes the expression begun at ``start``.

    Raises:
        BadExpression: with the character, counted from 1 within the expression.
    """
    return _scan(text, start, closing)[1]


def _scan(text: str, start: int, closing: str) -> tuple[list[Token], int]:
    words: list[Token] = []
    at, braces, before = start, 0, ""
    while at < len(text):
        if at - start >= LONGEST_EXPRESSION:
            raise _too_long(text, start)
        if closing and braces == 0 and text.startswith(closing, at):
            return words, at
        kind, end = _word_at(text, start, at, before)
        if kind != "SPACE":
            words.append(Token(kind, text[at:end], start_pos=at - start))
            before = kind
            braces += {"_LBRACE": 1, "_RBRACE": -1}.get(kind, 0)
        at = end
    if at - start > LONGEST_EXPRESSION:
        raise _too_long(text, start)
    if closing:
        raise unreadable(
            _excerpt(text, start), at - start, f"{closing} is missing", f"Close it with {closing}"
        )
    return words, at


def _too_long(text: str, start: int) -> Exception:
    problem = f"it is longer than {LONGEST_EXPRESSION} characters"
    return unreadable(_excerpt(text, start), LONGEST_EXPRESSION, problem, "Shorten it")


def _excerpt(text: str, start: int) -> str:
    return text[start : start + 60].split("}}")[0]


def _word_at(text: str, start: int, at: int, before: str) -> tuple[str, int]:
    """Return the kind of the word at a place, and where it ends."""
    if text[at] == "/" and before not in _OPERANDS:
        return "REGEX", _end_of_regex(text, start, at)
    found = _WORD.match(text, at)
    if found is None:
        problem = f"“{text[at]}” is not expected here"
        if text[at] in "\"'`":
            problem = f"the text that begins with {text[at]} does not end"
        remedy = _INSTEAD.get(text[at])
        where = _excerpt(text, start)
        raise unreadable(where, at - start, problem, *([remedy] if remedy else []))
    kind, word = str(found.lastgroup), found[0]
    if kind == "SIGN":
        return _SIGNS[word], found.end()
    if before in _DOTS and kind in {"NAME", "ARROW"}:
        return "NAME", at + len(re.match(_NAME, word)[0])  # type: ignore[index]  # it begins with one
    if kind == "NAME":
        kind = _kind_of_name(text, start, at, word)
    return kind, found.end()


def _kind_of_name(text: str, start: int, at: int, word: str) -> str:
    if word in _LITERALS:
        return "LITERAL"
    if word == "typeof":
        return "TYPEOF"
    if word in _RESERVED:
        problem = f"“{word}” cannot be used in an expression"
        raise unreadable(_excerpt(text, start), at - start, problem)
    return "NAME"


def _end_of_regex(text: str, start: int, at: int) -> int:
    found = _REGEX.match(text, at)
    if found is None:
        problem = "the regular expression that begins with / does not end"
        remedy = "Close it with another /, as in /MOBILE/"
        raise unreadable(_excerpt(text, start), at - start, problem, remedy)
    return found.end()
