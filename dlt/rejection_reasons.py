"""Why a record is rejected, for admins to choose from: the reasons that portals give, per kind."""

from __future__ import annotations

from typing import Final

_NOT_ON_PORTAL = "It is not what the operator's portal shows."
_THERE_ALREADY = "This is registered already."

REASONS: Final[dict[str, tuple[str, ...]]] = {
    "template": (
        "The text differs from what the operator's portal shows.",
        "The template ID is not the one of this text on the portal.",
        "The category does not fit the text.",
        "The brand name is missing in the text.",
        "Variables stand together, or too little of the text is fixed.",
        "A variable is written wrongly or has the wrong type.",
        "A link or number in the text is not whitelisted.",
        "The consent template or the way to opt out is missing.",
        "The same text is registered already.",
    ),
    "header": (
        "The header is not registered for this entity on the portal.",
        "Capitals differ from what the portal shows.",
        "The kind or the category is not that of the portal.",
        "The header does not fit the brand.",
        _THERE_ALREADY,
    ),
    "entity": (
        "The entity ID is not on the portal, or is another company's.",
        "The name differs from what the portal shows.",
        _THERE_ALREADY,
    ),
    "telemarketer": (
        "The telemarketer ID is not on the portal.",
        "The role (aggregation or delivery) is not that of the portal.",
        "We do not work with this company.",
        _THERE_ALREADY,
    ),
    "chain": (
        "The chain is not approved on the portal.",
        "The order of the telemarketers differs.",
        "The hash differs from what the provider sends.",
        _THERE_ALREADY,
    ),
    "cta": (
        "It is not whitelisted on the portal.",
        "It differs from what the portal shows.",
        "It is a shortener or a page of somebody else.",
        "The kind is not that of the portal.",
        _THERE_ALREADY,
    ),
    "consent": (
        _NOT_ON_PORTAL,
        "The brand or the purpose is not named.",
        "It has a variable.",
        _THERE_ALREADY,
    ),
}
