"""Calls as people see them who may not see whole numbers: viewers, and keys that only read."""

from __future__ import annotations

from typing import Any, Final

from core.masking import HIDDEN, mask_numbers, mask_personal

_IDS: Final = frozenset(
    {"sid", "id", "ref", "node", "call", "message", "template_id", "dlt_template_id", "entity"}
)
"""What names a record is nobody's secret."""
_KEYED_IN: Final = frozenset({"digits"})
_FEW: Final = 2
"""Keys that choose from a menu are no secret; longer ones may be a PIN."""


def masked(value: Any, name: str = "") -> Any:
    """Return what was presented, with numbers, addresses and keys that were pressed hidden."""
    if isinstance(value, dict):
        return {key: masked(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, name) for item in value]
    if not isinstance(value, str) or name in _IDS:
        return value
    if name in _KEYED_IN:
        return value if len(value) <= _FEW else HIDDEN
    return mask_personal(mask_numbers(value))
