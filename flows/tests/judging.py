"""What the pipeline would say of a test's messages: its own gates, and nothing is stored or sent.

They are recipient, number type, text, encoding, sender, the nine stages of the DLT check, and the price. Not
asked are those that depend on what else was sent: balance, opt-out and caps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.models import Account
from flows.rehearsal import Sent
from sms.services import Draft, judge_message

MATCH: Final = "match"


@dataclass(frozen=True, slots=True)
class JudgedMessage:
    """A message as it would go out. ``verdict`` is ``match`` or the code that refuses it."""

    node: str
    to: str
    text: str
    verdict: str
    reason: str = ""
    held: str = ""
    """Why it would leave later, such as a promotional message at night."""


def judge(account: Account, sent: Sent) -> JudgedMessage:
    """Ask the gates about one message, at the time of the test."""
    wanted = sent.wanted
    draft = Draft(
        to=wanted.to,
        body=wanted.body,
        sender=wanted.sender,
        traffic_type=wanted.traffic_type,
        encoding=wanted.encoding,
        dlt_template_id=wanted.dlt_template_id,
        dlt_entity_id=wanted.dlt_entity_id,
        problem_code=wanted.problem_code,
        problem=wanted.problem,
    )
    message = judge_message(account=account, draft=draft, at=sent.at)
    return JudgedMessage(
        node=wanted.node,
        to=message.to_number,
        text=message.body,
        verdict=message.error_code or MATCH,
        reason=message.error_message,
        held=message.held,
    )
