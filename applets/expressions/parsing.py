"""From the words of an expression to its tree: the grammar is ``grammar.lark``, read by LALR(1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.lexer import Lexer

from applets.expressions import literals
from applets.expressions.errors import BadExpression, unreadable
from applets.expressions.lexing import end_in_text, words_of
from applets.expressions.syntax import (
    Array,
    Arrow,
    Binary,
    Call,
    Choice,
    Constant,
    Member,
    Name,
    Node,
    Object,
    Pattern,
    Template,
    Ternary,
    Unary,
)
from applets.expressions.values import is_number


class _Words(Lexer):
    """Hands the words that ``lexing`` found to the parser."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[Token]:  # type: ignore[override]  # our own
        yield from data


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """Makes the tree, each node as soon as its rule is complete."""

    def name(self, word: Token) -> Node:
        return Name(str(word), _at(word))

    def number(self, word: Token) -> Node:
        return Constant(literals.number(word))

    def string(self, word: Token) -> Node:
        return Constant(literals.text(word))

    def literal(self, word: Token) -> Node:
        return Constant(literals.literal(word))

    def regex(self, word: Token) -> Node:
        source, _, flags = word[1:].rpartition("/")
        return Pattern(source, flags, _at(word))

    def template(self, word: Token) -> Node:
        return Template(tuple(_pieces(word[1:-1], _at(word) + 1)))

    def member(self, of: Node, key: Token) -> Node:
        return Member(of, Constant(str(key)))

    def optional_member(self, of: Node, key: Token) -> Node:
        return Member(of, Constant(str(key)), optional=True)

    def index(self, of: Node, key: Node) -> Node:
        return Member(of, key)

    def optional_index(self, of: Node, key: Node) -> Node:
        return Member(of, key, optional=True)

    def call(self, callee: Node, arguments: tuple[Node, ...]) -> Node:
        return Call(callee, arguments)

    def arguments(self, *nodes: Node) -> Any:
        return nodes

    def arrow(self, head: Token, body: Node) -> Node:
        return Arrow(head.rstrip("=>").strip("() \t\r\n\f\v"), body, _at(head))

    def array(self, *items: Node) -> Node:
        return Array(items)

    def object(self, *pairs: Any) -> Node:
        return Object(pairs)

    def pair(self, key: Token, value: Node) -> Any:
        return _key(key), value

    def short_pair(self, key: Token) -> Any:
        return str(key), Name(str(key), _at(key))

    def unary(self, sign: Token, of: Node) -> Node:
        if sign == "-" and isinstance(of, Constant) and is_number(of.value):
            return Constant(-of.value)
        return Unary(str(sign), of)

    def binary(self, left: Node, sign: Token, right: Node) -> Node:
        return Binary(str(sign), left, right)

    def both(self, left: Node, right: Node) -> Node:
        return Choice("&&", left, right)

    def either(self, left: Node, right: Node) -> Node:
        return Choice("||", left, right)

    def otherwise(self, left: Node, right: Node) -> Node:
        return Choice("??", left, right)

    def ternary(self, when: Node, then: Node, otherwise: Node) -> Node:
        return Ternary(when, then, otherwise)


_PARSER: Final = Lark.open(
    "grammar.lark", rel_to=__file__, parser="lalr", lexer=_Words, transformer=_Builder()
)


def tree_of(source: str) -> Node:
    """Return the tree of an expression. Raises BadExpression."""
    words = words_of(source)
    if not words:
        raise unreadable(source, 0, "an expression is expected")
    try:
        return _PARSER.parse(words)  # type: ignore[return-value]  # our own words, our tree
    except UnexpectedInput as error:
        raise _refusal(source, words, error) from None


def _refusal(source: str, words: list[Token], error: UnexpectedInput) -> BadExpression:
    token = getattr(error, "token", None)
    if token is None or token.type == "$END":
        return unreadable(source, len(source.rstrip()), _at_the_end(words))
    at = _at(token)
    if token.type == "ARROW":
        remedy = "Write it within the brackets of map, filter, find, some or every"
        return unreadable(source, at, "a function is not expected here", remedy)
    return unreadable(source, at, f"“{token}” is not expected here")


def _at_the_end(words: list[Token]) -> str:
    opened = {"_LPAR": ")", "_LSQB": "]", "_LBRACE": "}"}
    waiting: list[str] = []
    for word in words:
        if word.type in opened:
            waiting.append(opened[word.type])
        elif waiting and str(word) == waiting[-1]:
            waiting.pop()
    return f"{waiting[-1]} is missing" if waiting else "something is missing at the end"


def _at(word: Token) -> int:
    return int(word.start_pos or 0)


def _key(word: Token) -> str:
    if word.type == "STRING":
        return literals.text(word)
    return str(literals.number(word)) if word.type == "NUMBER" else str(word)


def _pieces(inner: str, offset: int) -> Iterator[Node]:
    """Yield the pieces of a template: texts, and the expressions in ``${ }``."""
    start = at = 0
    while at < len(inner):
        if inner[at] == "\\":
            at += 2
        elif inner.startswith("${", at):
            if at > start:
                yield Constant(literals.unescaped(inner[start:at]))
            found, end = _within(inner, at + 2, offset)
            yield found
            start = at = end + 1
        else:
            at += 1
    if start < len(inner):
        yield Constant(literals.unescaped(inner[start:]))


def _within(text: str, start: int, offset: int) -> tuple[Node, int]:
    """Return the tree of an expression within another, and where its ``}`` is. Errors name the
    place in the outer one."""
    try:
        end = end_in_text(text, start, "}")
        return tree_of(text[start:end]), end
    except BadExpression as error:
        position = int(str(error.context["position"])) + offset + start
        raise BadExpression(**{**error.context, "position": position}) from None
