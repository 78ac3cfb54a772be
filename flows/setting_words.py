"""A setting's value in words, near to how the panel shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from core.masking import HIDDEN, is_secret

_NO_FIELD: Mapping[str, Any] = {}


def words_of(value: Any, field: Mapping[str, Any] = _NO_FIELD) -> str:
    """Return a value as one line of text; ``field`` is its part of the JSON Schema. Nothing set: empty."""
    for option in field.get("options", ()):
        if option["value"] == value and isinstance(value, type(option["value"])):
            return str(option["label"])
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        entries = field.get("items") or _NO_FIELD
        return ", ".join(filter(None, (words_of(entry, entries) for entry in value)))
    if isinstance(value, Mapping):
        return _object(value, field.get("properties") or _NO_FIELD)
    return value if isinstance(value, str) else json.dumps(value)


def _object(value: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """Fields we know stand in their order without titles, such as "1 Sales"; others with their key."""
    known = [key for key in fields if key in value]
    words = [words_of(value[key], fields[key]) for key in known]
    words += [
        f"{key}: {HIDDEN if is_secret(key) else words_of(value[key])}"
        for key in value
        if key not in fields
    ]
    return " ".join(filter(None, words))
