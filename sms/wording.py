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
    "insufficient_balance": "Balance too low",
    "no_price": "No price for this number",
    "dnd": "DND preference (promotional)",
    "dnd_blocked": "DND preference (promotional)",
    "outcome_unknown": "Outcome unknown",
}


def is_dnd(error_code: str) -> bool:
    """Whether the subscriber's Do Not Disturb preference is why a message did not arrive."""
    return DND_WORD in error_code.lower()


def state_of(status: str, error_code: str = "") -> State:
    """Name a message's state; a DND block stands out from other failures."""
    if status in {Status.ERROR, Status.FAILED} and is_dnd(error_code):
        return DND_BLOCKED
    return STATES.get(status, State(status, ""))


def reason_label(code: str) -> str:
    """Name a reason in a few words; a code that nobody named is made readable, never hidden."""
    last = code.rpartition(".")[2].lower()
    words = REASONS.get(last) or last.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
