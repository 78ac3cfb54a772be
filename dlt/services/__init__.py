"""What changes the registries. Each verb is atomic, audited, and refuses with a DomainError."""

from dlt.services.decisions import (
    AlreadyDecided,
    Done,
    NotYourOwn,
    ReasonMissing,
    UnknownVerb,
    change,
    change_many,
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
from dlt.services.undo import CannotUndo, undo

__all__ = [
    "AlreadyDecided",
    "BadHeader",
    "CannotUndo",
    "Done",
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
    "UnknownVerb",
    "change",
    "change_many",
    "register_entity",
    "submit_header",
    "submit_template",
    "undo",
]
