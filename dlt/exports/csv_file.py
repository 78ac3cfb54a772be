"""Rows as a CSV file: UTF-8 with the mark that tells Excel so, CRLF, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dlt.exports.cells import escape

MARK: Final = "\ufeff"
_ROWS_A_PIECE: Final = 500


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, each cell escaped."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([escape(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece."""
    yield (MARK + csv_lines([headings])).encode()
    waiting: list[Sequence[str]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _ROWS_A_PIECE:
            yield csv_lines(waiting).encode()
            waiting.clear()
    if waiting:
        yield csv_lines(waiting).encode()
