"""What people read about a message: its state in a word or two, and why it did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sms.states import Status

DND_WORD: Final = "dnd"


@dataclass(frozen=True, slots=True)
class State:
    """A badge: words, and the tone of its colour."""

    label: str
    tone: str  # ok, info, warn, bad, or "" for neutral


STATES: Final[dict[str, State]] = {
    Status.CREATED: State("Created", ""),
    Status.PENDING: State("Pending", ""),
    Status.SENT: State("Sent", "info"),
    Status.REMOTE_QUEUED: State("Queued at carrier", "info"),
    Status.DELIVERED: State("Delivered", "ok"),
    Status.ERROR: State("Refused", "bad"),
    Status.FAILED: State("Failed", "bad"),
    Status.EXPIRED: State("Expired", "warn"),
}
DND_BLOCKED: Final = State("DND blocked", "warn")
HELD: Final = State("Held", "warn")

# The part of a code after its dot, in few words. What is not here is made readable by reason_label.
REASONS: Final = {
    "": "No reason given",
    "body_empty": "Empty text",
    "body_too_long": "Text too long",
    "not_a_number": "Not a telephone number",
    "impossible": "Impossible number",
    "recipient_cannot_receive": "Number cannot receive SMS",
    "entity_missing": "No DLT entity",
    "entity_unknown": "DLT entity not registered",
    "entity_not_active": "DLT entity not active",
    "header_missing": "No header",
    "header_unknown": "Header not registered",
    "header_case": "Header in other capitals",
    "header_not_approved": "Header not approved",
    "header_not_linked": "Header not linked to template",
    "template_missing": "No template",
    "template_unknown": "Template not registered",
    "template_not_approved": "Template not approved",
    "template_other_entity": "Template of another entity",
    "template_mismatch": "Content does not match template",
    "template_bad_format": "Not a template ID",
    "template_inactive": "Template inactive",
    "template_suspended": "Template suspended",
    "template_blacklisted": "Template blacklisted",
    "entity_bad_format": "Not an entity ID",
    "entity_suspended": "DLT entity suspended",
    "entity_blacklisted": "DLT entity blacklisted",
    "chain_missing": "No telemarketer chain",
    "chain_not_approved": "Telemarketer chain not active",
    "chain_hash_mismatch": "Hash of the chain does not fit",
    "telemarketer_not_active": "Telemarketer not active",
    "header_other_entity": "Header of another entity",
    "header_inactive": "Header inactive",
    "header_suspended": "Header suspended",
    "header_expired": "Header expired",
    "header_blacklisted": "Header blacklisted",
    "header_kind": "Header of the wrong kind",
    "category_clash": "Promotional text sent as alerting",
    "url_not_whitelisted": "Link not whitelisted",
    "cbn_not_whitelisted": "Number not whitelisted",
    "email_not_whitelisted": "E-mail address not whitelisted",
    "link_in_untyped_var": "Link not whitelisted",
    "outside_promo_window": "Outside promotional hours",
    "consent_missing": "No consent",
    "consent_expired": "Consent has ended",
    "insufficient_balance": "Balance too low",
    "no_price": "No price for this number",
    "dnd": "DND preference (promotional)",
    "dnd_blocked": "DND preference (promotional)",
    "outcome_unknown": "Outcome unknown",
}


def is_dnd(error_code: str) -> bool:
    """Whether the subscriber's Do Not Disturb preference is why a message did not arrive."""
    return DND_WORD in error_code.lower()


def state_of(status: str, error_code: str = "", held: str = "") -> State:
    """Name a message's state; a DND block stands out from other failures, a held one from new ones."""
    if status == Status.CREATED and held:
        return HELD
    if status in {Status.ERROR, Status.FAILED} and is_dnd(error_code):
        return DND_BLOCKED
    return STATES.get(status, State(status, ""))


def reason_label(code: str) -> str:
    """Name a reason in a few words; a code that nobody named is made readable, never hidden."""
    last = code.rpartition(".")[2].lower()
    words = REASONS.get(last) or last.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
