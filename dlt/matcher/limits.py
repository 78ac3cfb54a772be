"""The tags a variable may carry and how long its value may be.

The six tags come from TRAI's direction of 18 November 2025 (Annexure I). Portals store short
forms of them. https://msg91.com/help/dlt-registration-in-india/variable-tagging-on-dlt-sms-templates
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, cast

# No operator takes a longer message, so no value can be longer either.
LONGEST_BODY = 2000
_MOST_SIGNS = 40


class Tag(StrEnum):
    """What the value of a variable must look like."""

    VAR = "var"
    NUMERIC = "numeric"
    ALPHANUMERIC = "alphanumeric"
    URL = "url"
    URLOTT = "urlott"
    CBN = "cbn"
    EMAIL = "email"


_NAMES = {
    **{tag.value: tag for tag in Tag},
    "number": Tag.NUMERIC,
    "num": Tag.NUMERIC,
    "alp": Tag.ALPHANUMERIC,
    "urg": Tag.URL,
    "uro": Tag.URLOTT,
}


def known_tag(name: str) -> Tag | None:
    """Return the tag a portal means by this name, long or short, or None for an unknown name."""
    return _NAMES.get(name)


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest value per tag, in characters after NFC.

    Every operator takes 30 for ``{#var#}``; some take 40. English and Unicode count alike:
    https://msg91.com/help/dlt-content-template-faqs. The punctuation an alphanumeric value may
    hold differs per operator; the default is what Vodafone Idea accepted.
    """

    var: int = 30
    numeric: int = 30
    alphanumeric: int = 40
    url: int = 120
    urlott: int = 120
    cbn: int = 16
    email: int = 40
    alphanumeric_punctuation: str = " _/."
    body: int = LONGEST_BODY

    def longest(self, tag: Tag) -> int:
        return cast("int", getattr(self, tag.value))

    @classmethod
    def from_mapping(cls, given: Mapping[str, object]) -> Limits:
        """Build limits from stored settings such as ``{"var": 40}``; what is not given is default.

        Raise ValueError, naming the key, for an unknown key or a value that cannot be a limit.
        """
        return DEFAULT_LIMITS.with_(given)

    def with_(self, given: Mapping[str, object]) -> Limits:
        """Return these limits with those of a mapping in their place, checked the same way."""
        changes: dict[str, Any] = {}
        for key, value in _checked_table(given).items():
            if key not in LIMIT_NAMES:
                known = ", ".join(LIMIT_NAMES)
                raise ValueError(f"There is no limit named {key!r}. Known: {known}.")
            signs = key == "alphanumeric_punctuation"
            changes[key] = _checked_signs(key, value) if signs else checked_length(key, value)
        return replace(self, **changes)


def _checked_table(given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        message = f"Limits must be a table of names and numbers, not {given!r}."
        raise ValueError(message)  # noqa: TRY004 -- what is stored is wrong, not the caller
    return given


def checked_length(name: str, value: object) -> int:
    """Return the value when it is a whole number a limit may have, else raise ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_BODY:
        raise ValueError(
            f"The limit of {name} must be a whole number from 1 to {LONGEST_BODY}, not {value!r}."
        )
    return value


def _checked_signs(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_SIGNS or not value.isprintable():
        raise ValueError(
            f"{name} must be a text of at most {_MOST_SIGNS} signs without line breaks,"
            f" not {value!r}."
        )
    return value


LIMIT_NAMES = tuple(field.name for field in fields(Limits))
DEFAULT_LIMITS = Limits()
