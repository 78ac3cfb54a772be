"""What one can do with messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account
from sms.models import Message


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to send. Everything is text as given; the pipeline judges it."""

    to: str
    body: str
    sender: str = ""
    traffic_type: str | None = None  # None: from the template's category
    encoding: str = "auto"
    dlt_template_id: str = ""
    dlt_entity_id: str = ""
    # Set when the body or the recipient could not be worked out: the message is refused with this.
    problem_code: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a message comes from."""

    origin: str = Message.Origin.API
    call_sid: str = ""
    flow_sid: str = ""
    flow_name: str = ""
    flow_version: int | None = None
    node: str = ""


def accept_message(*, account: Account, draft: Draft, source: Source, now: datetime) -> Message:
    """Make the message's row and judge it. A refusal is a row in ``error``, never an exception."""
    raise NotImplementedError
