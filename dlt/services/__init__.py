"""What changes the registries. Each verb is atomic, audited, and refuses with a DomainError."""

from dlt.services.chains import BadChain, ChainDraft, ChainTaken, submit_chain
from dlt.services.chains import warnings_about as chain_warnings
from dlt.services.consents import (
    BadConsentText,
    ConsentDraft,
    ConsentTaken,
    edit_consent,
    submit_consent,
)
from dlt.services.ctas import BadCta, CtaDraft, CtaTaken, cta_problems, edit_cta, submit_cta
from dlt.services.decisions import (
    AlreadyDecided,
    Done,
    NotYourOwn,
    ReasonMissing,
    UnknownVerb,
    change,
    change_many,
)
from dlt.services.entities import (
    EntityDraft,
    EntityTaken,
    EntityUnknown,
    edit_entity,
    register_entity,
)
from dlt.services.fields import BadCharacter, FieldMissing, FieldTooLong
from dlt.services.headers import BadHeader, HeaderDraft, HeaderTaken, edit_header, submit_header
from dlt.services.settings import BadSetting, change_settings, settings_of
from dlt.services.submitting import NotEditable
from dlt.services.telemarketers import (
    TelemarketerDraft,
    TelemarketerTaken,
    TelemarketerUnknown,
    edit_telemarketer,
    register_telemarketer,
)
from dlt.services.template_edits import BadOperatorState, edit_template, set_operator_state
from dlt.services.templates import (
    BadVariable,
    ConsentUnknown,
    HeaderNotOfEntity,
    HeadersMissing,
    PortalWouldRefuse,
    TemplateDraft,
    TemplateTaken,
    TextMissing,
    TextTooLong,
    VersionUnknown,
    save_draft,
    submit_template,
)
from dlt.services.undo import CannotUndo, undo

__all__ = [
    "AlreadyDecided",
    "BadChain",
    "BadCharacter",
    "BadConsentText",
    "BadCta",
    "BadHeader",
    "BadOperatorState",
    "BadSetting",
    "BadVariable",
    "CannotUndo",
    "ChainDraft",
    "ChainTaken",
    "ConsentDraft",
    "ConsentTaken",
    "ConsentUnknown",
    "CtaDraft",
    "CtaTaken",
    "Done",
    "EntityDraft",
    "EntityTaken",
    "EntityUnknown",
    "FieldMissing",
    "FieldTooLong",
    "HeaderDraft",
    "HeaderNotOfEntity",
    "HeaderTaken",
    "HeadersMissing",
    "NotEditable",
    "NotYourOwn",
    "PortalWouldRefuse",
    "ReasonMissing",
    "TelemarketerDraft",
    "TelemarketerTaken",
    "TelemarketerUnknown",
    "TemplateDraft",
    "TemplateTaken",
    "TextMissing",
    "TextTooLong",
    "UnknownVerb",
    "VersionUnknown",
    "chain_warnings",
    "change",
    "change_many",
    "change_settings",
    "cta_problems",
    "edit_consent",
    "edit_cta",
    "edit_entity",
    "edit_header",
    "edit_telemarketer",
    "edit_template",
    "register_entity",
    "register_telemarketer",
    "save_draft",
    "set_operator_state",
    "settings_of",
    "submit_chain",
    "submit_consent",
    "submit_cta",
    "submit_header",
    "submit_template",
    "undo",
]
