"""The operators whose DLT portals there are, and which one an id was made at.

The first two digits of an id name the operator that registered it, as far as published ids show; they say
nothing about the network that delivers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator's portal. ``tags_outside``: it keeps ``{#var#}`` in the text and lists the tags beside it
    (https://msg91.com/help/dlt-registration-in-india/variable-tagging-on-dlt-sms-templates)."""

    slug: str
    name: str
    portal: str
    prefix: str
    tags_outside: bool = False


OPERATORS: Final[dict[str, Operator]] = {
    operator.slug: operator
    for operator in (
        Operator("airtel", "Airtel", "Airtel DLT", "10"),
        Operator("vi", "Vodafone Idea", "VILPOWER", "11"),
        Operator("jio", "Jio", "TrueConnect", "12"),
        Operator("bsnl", "BSNL", "BSNL DLT", "14"),
        Operator("tata", "Tata", "Tata DLT", "16", tags_outside=True),
        Operator("smartping", "SmartPing (Videocon)", "SmartPing DLT", "17", tags_outside=True),
    )
}
_BY_PREFIX: Final = {operator.prefix: operator for operator in OPERATORS.values()}


def operator_of(registry_id: str) -> Operator | None:
    """Return the operator at whose portal an id was made, or None when its digits do not say."""
    return _BY_PREFIX.get(registry_id[:2])
