"""Cells that a spreadsheet would run as a formula: escaped on the way out, restored on the way in.

A spreadsheet runs what begins with ``= + - @``, with a tab, a carriage return or a line feed, or with the
full-width twins of those signs (OWASP, "CSV Injection"). Such a cell gets an apostrophe in front, which
spreadsheets read as "this is text". A cell that looks escaped already gets another one, so the way back
is exact: ``restore(escape(text)) == text`` for every text, and cells such as ``'Tis the season`` stay.
"""

from __future__ import annotations

import re
from typing import Final

_RUNS: Final = r"[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]"
_TO_ESCAPE: Final = re.compile(rf"'*\s*{_RUNS}")
_ESCAPED: Final = re.compile(rf"'+\s*{_RUNS}")


def escape(text: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return f"'{text}" if _TO_ESCAPE.match(text) else text


def restore(cell: str) -> str:
    """Return what was escaped; any other cell as it is."""
    return cell[1:] if cell.startswith("'") and _ESCAPED.match(cell) else cell
