"""The time between two moments of a row, in SQL that both databases run fast."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DurationField, Func
from django.db.models.sql.compiler import SQLCompiler


class Waited(Func):
    """``later - earlier``, exact to the microsecond.

    Django subtracts on SQLite in a Python function, once for each row; the same in SQLite's own
    functions takes a fifth of the time. It keeps moments as ``2026-11-20 09:30:00.123456``.
    """

    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = DurationField()

    def __init__(self, later: str, earlier: str) -> None:
        super().__init__(later, earlier)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        later, earlier = (compiler.compile(part)[0] for part in self.get_source_expressions())
        return f"({_microseconds(later)} - {_microseconds(earlier)})", ()


def _microseconds(column: str) -> str:
    whole = f"CAST(strftime('%%s', {column}) AS INTEGER)"
    return f"({whole} * 1000000 + CAST(substr({column}, 21, 6) AS INTEGER))"
