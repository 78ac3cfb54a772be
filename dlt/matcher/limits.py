"""The tags a variable may carry and how long its value may be.

The six tags come from TRAI's direction of 18 November 2025 (Annexure I). Portals store short
forms of them. https://msg91.com/help/dlt-registration-in-india/variable-tagging-on-dlt-sms-templates
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast


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
    body: int = 2000

    def longest(self, tag: Tag) -> int:
        return cast("int", getattr(self, tag.value))


DEFAULT_LIMITS = Limits()
