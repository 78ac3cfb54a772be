"""Values that a run begins with when somebody starts it over the API."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Final

from core.errors import DomainError
from core.plain import check_plain

MOST: Final = 50
LARGEST: Final = 16 * 1024
"""Bytes of them all: the run's state is read and written with every event."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)


class BadVariables(DomainError):
    """The values cannot be a run's."""

    code: ClassVar[str] = "calls.bad_variables"
    message: ClassVar[str] = "The variables cannot be used: {problem}."


def checked_variables(values: dict[str, Any]) -> dict[str, Any]:
    """Return values that texts can name as ``{name}``. Raises BadVariables."""
    if len(values) > MOST:
        raise BadVariables(problem=f"there are more than {MOST}")
    for name in values:
        if not _NAME.fullmatch(name):
            shown = name[:40]
            raise BadVariables(problem=f"“{shown}” is no name of letters, digits and underscores")
    if fault := check_plain(values):
        raise BadVariables(problem=f"{fault[0]} {fault[1]}")
    if len(json.dumps(values)) > LARGEST:
        raise BadVariables(problem=f"together they are larger than {LARGEST // 1024} KB")
    return values
