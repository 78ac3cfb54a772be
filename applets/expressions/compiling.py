"""From a tree to functions that call each other: an expression is compiled once and then only run.

A property is read from plain data and from nothing else; a method is a function of ours, found by
the kind of value it is asked of. So there is no way from an expression into Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

from applets.expressions import functions, list_methods, text_methods, time_methods
from applets.expressions.documented import FAMILIES, FUNCTIONS, METHODS, Entry
from applets.expressions.errors import MissingVariable, Trouble, unreadable
from applets.expressions.operators import BINARY, UNARY
from applets.expressions.regexes import BadPattern, Regex, regex
from applets.expressions.scope import Scope
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
    named,
)
from applets.expressions.values import MISSING, Moment, called, text_of, truthy

__all__ = ["Run", "compiled_tree", "functions", "list_methods", "text_methods", "time_methods"]

DEEPEST: Final = 100
Run: TypeAlias = Callable[[Scope], Any]


def compiled_tree(tree: Node, source: str) -> Run:
    """Return the function that works an expression out. Raises BadExpression."""
    return _Compiler(source).run(tree)


class _Compiler:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parameters: list[str] = []
        self.depth = 0

    def run(self, node: Node) -> Run:
        self.depth += 1
        if self.depth > DEEPEST:
            problem = f"its parts are nested more than {DEEPEST} times"
            raise unreadable(self.source, 0, problem, "Split it into several expressions")
        made = _BY_NODE[type(node)](self, node)
        self.depth -= 1
        return made

    def refuse(self, at: int, problem: str, remedy: str) -> NoReturn:
        raise unreadable(self.source, at, problem, remedy)

    # --- values -----------------------------------------------------------------------------------

    def constant(self, node: Constant) -> Run:
        value = node.value
        return lambda _scope: value

    def name(self, node: Name) -> Run:
        name = node.name
        if name in self.parameters:
            return lambda scope: scope.local[name]
        return lambda scope: scope.lookup(name)

    def pattern(self, node: Pattern) -> Run:
        try:
            value = regex(node.source, node.flags)
        except BadPattern as error:
            remedy = "Write one that RE2 takes, such as /^[0-9]{6}$/"
            self.refuse(node.at, f"the regular expression is not right: {error}", remedy)
        return lambda _scope: value

    def template(self, node: Template) -> Run:
        pieces = [self.run(piece) for piece in node.pieces]
        names = [named(piece) for piece in node.pieces]

        def join(scope: Scope) -> str:
            texts = [_text(piece(scope), name) for piece, name in zip(pieces, names, strict=True)]
            scope.text(sum(map(len, texts)))
            return "".join(texts)

        return join

    def array(self, node: Array) -> Run:
        items = [self.run(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]

    def object(self, node: Object) -> Run:
        pairs = [(key, self.run(value)) for key, value in node.pairs]
        return lambda scope: {key: value(scope) for key, value in pairs}

    # --- signs ------------------------------------------------------------------------------------

    def unary(self, node: Unary) -> Run:
        apply, of = UNARY[node.sign], self.run(node.of)
        if node.sign in "+-":
            name = named(node.of)
            return lambda scope: apply(_present(of(scope), name))
        return lambda scope: apply(of(scope))

    def binary(self, node: Binary) -> Run:
        apply = BINARY[node.sign]
        left, right = self.run(node.left), self.run(node.right)
        if node.sign not in "+-*/%":
            return lambda scope: apply(scope, left(scope), right(scope))
        one, other = named(node.left), named(node.right)
        return lambda scope: apply(scope, _present(left(scope), one), _present(right(scope), other))

    def choice(self, node: Choice) -> Run:
        left, right = self.run(node.left), self.run(node.right)
        if node.sign == "&&":
            return lambda scope: right(scope) if truthy(value := left(scope)) else value
        if node.sign == "||":
            return lambda scope: value if truthy(value := left(scope)) else right(scope)

        def otherwise(scope: Scope) -> Any:
            try:
                value = left(scope)
            except MissingVariable:
                value = None
            return right(scope) if value is None or value is MISSING else value

        return otherwise

    def ternary(self, node: Ternary) -> Run:
        when, then, otherwise = self.run(node.when), self.run(node.then), self.run(node.otherwise)
        return lambda scope: then(scope) if truthy(when(scope)) else otherwise(scope)

    # --- members and calls ------------------------------------------------------------------------

    def member(self, node: Member) -> Run:
        of = self.run(node.of)
        if isinstance(node.key, Constant):
            key = node.key.value
            return lambda scope: member_of(of(scope), key)
        found = self.run(node.key)
        return lambda scope: member_of(of(scope), found(scope))

    def call(self, node: Call) -> Run:
        callee = node.callee
        if isinstance(callee, Member) and isinstance(callee.key, Constant):
            of, method = callee.of, callee.key.value
            if isinstance(of, Name) and of.name in FAMILIES and of.name not in self.parameters:
                return self.function(f"{of.name}.{method}", of.at, node.arguments)
            return self.method(callee, str(method), node.arguments)
        if isinstance(callee, Name):
            return self.function(callee.name, callee.at, node.arguments)
        return self.refuse(0, f"{named(callee)} cannot be called", _KNOWN)

    def function(self, name: str, at: int, arguments: tuple[Node, ...]) -> Run:
        entry = FUNCTIONS.get(name)
        if entry is None:
            self.refuse(at, f"there is no function {name}()", _KNOWN)
        given = self.arguments([entry], name, arguments)
        call = entry.run
        return lambda scope: call(scope, *[value(scope) for value in given])

    def method(self, callee: Member, name: str, arguments: tuple[Node, ...]) -> Run:
        kinds = METHODS.get(name)
        of, of_name = self.run(callee.of), named(callee.of)
        if kinds is None:
            self.refuse(_place(self.source, name), f"there is no method {name}()", _KNOWN)
        given = self.arguments(list(kinds.values()), name, arguments)
        optional = _is_optional(callee)

        def call(scope: Scope) -> Any:
            value = of(scope)
            if value is MISSING or value is None:
                if optional:
                    return MISSING
                raise MissingVariable(name=of_name)
            entry = kinds.get(_kind(value))
            if entry is None and isinstance(value, bool | int | float) and "text" in kinds:
                entry, value = kinds["text"], text_of(value)
            if entry is None:
                raise Trouble(f"{of_name} is {called(value)}, which has no {name}()")
            return entry.run(scope, value, *[argument(scope) for argument in given])

        return call

    def arguments(self, entries: list[Entry], name: str, arguments: tuple[Node, ...]) -> list[Run]:
        """Compile what stands between the brackets of a call."""
        most = -1 if any(entry.most < 0 for entry in entries) else max(e.most for e in entries)
        takes_arrow = any(entry.takes_arrow for entry in entries)
        arrows = [argument for argument in arguments if isinstance(argument, Arrow)]
        if arrows and not takes_arrow:
            self.refuse(arrows[0].at, f"{name}() takes no function", _KNOWN)
        if takes_arrow and (len(arguments) != 1 or not arrows):
            remedy = f"Write {name}(item => …)"
            self.refuse(_place(self.source, name), f"{name}() takes one function", remedy)
        if 0 <= most < len(arguments):
            remedy = f"Write {entries[0].signature}"
            at = _place(self.source, name)
            self.refuse(at, f"{name}() is given more than it takes", remedy)
        return [self.run(argument) for argument in arguments]

    def arrow(self, node: Arrow) -> Run:
        name = node.parameter
        self.parameters.append(name)
        body = self.run(node.body)
        self.parameters.pop()

        def function(scope: Scope) -> Callable[[Any], Any]:
            def each(item: Any) -> Any:
                scope.spend(_ONE_ITEM)
                before = scope.local.get(name, MISSING)
                scope.local[name] = item
                try:
                    return body(scope)
                finally:
                    scope.local[name] = before

            return each

        return function


_KNOWN: Final = "The help names every function and method there is"
_ONE_ITEM: Final = 100

_BY_NODE: Final[dict[type, Callable[[_Compiler, Any], Run]]] = {
    Constant: _Compiler.constant,
    Name: _Compiler.name,
    Pattern: _Compiler.pattern,
    Template: _Compiler.template,
    Array: _Compiler.array,
    Object: _Compiler.object,
    Unary: _Compiler.unary,
    Binary: _Compiler.binary,
    Choice: _Compiler.choice,
    Ternary: _Compiler.ternary,
    Member: _Compiler.member,
    Call: _Compiler.call,
    Arrow: _Compiler.arrow,
}


def member_of(value: Any, key: Any) -> Any:
    """Return what plain data has under a key; undefined when it has nothing there."""
    kind = type(value)
    if kind is dict:
        return value.get(key if type(key) is str else _key(key), MISSING)
    if kind is list or kind is str:
        if key == "length":
            return len(value)
        within = type(key) is int and 0 <= key < len(value)
        return value[key] if within else MISSING
    return value.get(_key(key), MISSING) if isinstance(value, Mapping) else MISSING


def _key(key: Any) -> str:
    return key if isinstance(key, str) else text_of(key)


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, list):
        return "list"
    if isinstance(value, Moment):
        return "time"
    if isinstance(value, Regex):
        return "pattern"
    if isinstance(value, Mapping):
        return "object"
    return "boolean" if isinstance(value, bool) else "number"


def _present(value: Any, name: str) -> Any:
    if value is MISSING or value is None:
        raise MissingVariable(name=name)
    return value


def _text(value: Any, name: str) -> str:
    return text_of(_present(value, name))


def _is_optional(node: Node) -> bool:
    """Whether a chain of members has a ``?.`` in it: then it is undefined where a value is missing."""
    while True:
        if isinstance(node, Member):
            if node.optional:
                return True
            node = node.of
        elif isinstance(node, Call):
            node = node.callee
        else:
            return False


def _place(source: str, name: str) -> int:
    return max(0, source.find(name))
