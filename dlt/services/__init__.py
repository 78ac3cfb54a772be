"""What changes the registries. Each verb is atomic, audited, and refuses with a DomainError."""

from dlt.services.decisions import (
    AlreadyDecided,
    NotYourOwn,
    ReasonMissing,
    approve_entity,
    approve_header,
    approve_template,
    reinstate_template,
    reject_entity,
    reject_header,
    reject_template,
    suspend_template,
)
from dlt.services.entities import EntityTaken, EntityUnknown, register_entity
from dlt.services.headers import BadHeader, HeaderTaken, submit_header
from dlt.services.templates import (
    HeaderNotOfEntity,
    TemplateDraft,
    TemplateTaken,
    TextMissing,
    TextTooLong,
    submit_template,
)

__all__ = [
    "AlreadyDecided",
    "BadHeader",
    "EntityTaken",
    "EntityUnknown",
    "HeaderNotOfEntity",
    "HeaderTaken",
    "NotYourOwn",
    "ReasonMissing",
    "TemplateDraft",
    "TemplateTaken",
    "TextMissing",
    "TextTooLong",
    "approve_entity",
    "approve_header",
    "approve_template",
    "register_entity",
    "reinstate_template",
    "reject_entity",
    "reject_header",
    "reject_template",
    "submit_header",
    "submit_template",
    "suspend_template",
]
