"""Every stable code the product can tell somebody, found in the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeGuard

from dlt.matcher.problem import Code, NoteCode

ROOT: Final = Path(__file__).resolve().parents[2]
APPS: Final = (
    *("flowbuilder", "reports", "calls", "flows", "applets", "sms", "dlt", "billing"),
    *("webhooks", "accounts", "core"),
)
# Whoever is called with a code among its arguments.
TELLERS: Final = frozenset(
    {"Finding", "Issue", "SettingFault", "Move", "Refused", "RowRefused", "Fetched", "_error"}
    | {"_answer", "body"}
)
_CODE: Final = re.compile(r"[a-z]+(?:\.[a-z_]+)+")
_PLAIN: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")


def codes() -> set[str]:
    """Return codes of refusals, findings, issues, reasons and notes."""
    found = {code for tree in _trees() for code in _codes_in(tree)}
    return found | {str(code) for code in (*Code, *NoteCode)}


def _trees() -> Iterator[ast.Module]:
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield ast.parse(file.read_text(encoding="utf-8"))


def _codes_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in TELLERS:
            yield from _told(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _is_code(node):
            yield from _texts(node.value, _CODE)
            if isinstance(node.value, ast.Constant) or "CODES" in _names(node):
                yield from _texts(node.value, _PLAIN)
        elif _gives_back_a_code(node):
            yield from _texts(node.value, _CODE)


def _gives_back_a_code(node: ast.AST) -> TypeGuard[ast.keyword | ast.Return]:
    if isinstance(node, ast.keyword):
        return node.arg in {"code", "error_code"}
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)


def _told(call: ast.Call) -> Iterator[str]:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    for value in given:
        if isinstance(value, ast.Constant):
            yield from _texts(value, _CODE)
    # The errors of the API itself have codes of one word.
    if _name(call.func) == "body" and given:
        yield from _texts(given[0], _PLAIN)
    if _name(call.func) == "RowRefused" and given:
        yield from _texts(given[0], _PLAIN)
    if _name(call.func) == "_answer" and len(given) > 2:
        yield from _texts(given[2], _PLAIN)


def _is_code(node: ast.Assign | ast.AnnAssign) -> bool:
    return bool(_names(node) & {"code", "CODES", "REPORTS", "_REFUSED_TYPES"})


def _names(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {_name(target) for target in targets}


def _texts(node: ast.expr | None, shape: re.Pattern[str]) -> Iterator[str]:
    for inner in ast.walk(node) if node else ():
        value = inner.value if isinstance(inner, ast.Constant) else None
        if isinstance(value, str) and shape.fullmatch(value):
            yield value


def _name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))
