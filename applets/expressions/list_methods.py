"""What lists can be asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applets.expressions.arguments import span, text, whole
from applets.expressions.documented import documented
from applets.expressions.scope import Scope
from applets.expressions.values import MISSING, same, text_of, truthy

Each = Callable[[Any], Any]


@documented(
    "list", "includes(value)", "Whether the value is in it.", '["a", "b"].includes("b")', "true"
)
def includes(scope: Scope, value: list[Any], item: Any = MISSING) -> bool:
    scope.spend(len(value) * 5)
    return any(same(entry, item) for entry in value)


@documented(
    "list", "indexOf(value)", "Where the value first is, counted from 0; -1 when it is not there.",
    '["a", "b"].indexOf("b")', "1",
)  # fmt: skip
def index_of(scope: Scope, value: list[Any], item: Any = MISSING) -> int:
    scope.spend(len(value) * 5)
    return next((place for place, entry in enumerate(value) if same(entry, item)), -1)


@documented(
    "list", "join(separator)", "One text of all entries; without a separator, a comma stands between"
    " them.", '["a", "b"].join(" and ")', '"a and b"',
)  # fmt: skip
def join(scope: Scope, value: list[Any], separator: Any = ",") -> str:
    scope.spend(len(value) * 5)
    between = text(separator, "join()")
    texts = ["" if entry is None or entry is MISSING else text_of(entry) for entry in value]
    scope.text(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


@documented(
    "list", "map(item => …)", "A list of what the function makes of each entry.",
    "[1, 2].map(item => item * 10)", "[10, 20]", takes_arrow=True,
)  # fmt: skip
def map_each(scope: Scope, value: list[Any], each: Each) -> list[Any]:
    scope.items(len(value))
    return [each(item) for item in value]


@documented(
    "list", "filter(item => …)", "A list of the entries for which the function is true.",
    "[1, 2, 3].filter(item => item > 1)", "[2, 3]", takes_arrow=True,
)  # fmt: skip
def filter_by(scope: Scope, value: list[Any], each: Each) -> list[Any]:
    scope.items(len(value))
    return [item for item in value if truthy(each(item))]


@documented(
    "list", "find(item => …)", "The first entry for which the function is true.",
    '[{id: 1}, {id: 2}].find(item => item.id === 2).id', "2", takes_arrow=True,
)  # fmt: skip
def find(scope: Scope, value: list[Any], each: Each) -> Any:
    scope.spend()
    return next((item for item in value if truthy(each(item))), MISSING)


@documented(
    "list", "some(item => …)", "Whether the function is true for an entry.",
    "[1, 2].some(item => item > 1)", "true", takes_arrow=True,
)  # fmt: skip
def some(scope: Scope, value: list[Any], each: Each) -> bool:
    scope.spend()
    return any(truthy(each(item)) for item in value)


@documented(
    "list", "every(item => …)", "Whether the function is true for every entry.",
    "[1, 2].every(item => item > 1)", "false", takes_arrow=True,
)  # fmt: skip
def every(scope: Scope, value: list[Any], each: Each) -> bool:
    scope.spend()
    return all(truthy(each(item)) for item in value)


@documented(
    "list", "slice(from, to)", "The entries from one place up to another, counted from 0; negative"
    " ones count from the end.", "[1, 2, 3].slice(1)", "[2, 3]",
)  # fmt: skip
def cut(scope: Scope, value: list[Any], start: Any = MISSING, end: Any = MISSING) -> list[Any]:
    first, last = span(len(value), start, end)
    scope.items(last - first)
    return value[first:last]


@documented(
    "list", "at(place)", "The entry at a place; negative ones count from the end.",
    "[1, 2, 3].at(-1)", "3",
)  # fmt: skip
def at(scope: Scope, value: list[Any], place: Any = MISSING) -> Any:
    scope.spend()
    index = whole(place, 0)
    return value[index] if -len(value) <= index < len(value) else MISSING


@documented(
    "list",
    "concat(list, …)",
    "With the entries of other lists after it.",
    "[1].concat([2])",
    "[1, 2]",
)
def concat(scope: Scope, value: list[Any], *others: Any) -> list[Any]:
    joined = list(value)
    for other in others:
        joined += other if isinstance(other, list) else [other]
        scope.items(len(joined))
    return joined


@documented("list", "reverse()", "The other way round.", "[1, 2].reverse()", "[2, 1]")
def reverse(scope: Scope, value: list[Any]) -> list[Any]:
    scope.items(len(value))
    return value[::-1]
