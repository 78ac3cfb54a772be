"""Second stage: the sender, and for Indian numbers everything DLT wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from accounts.models import Account
from core.errors import DomainError
from core.phone_numbers import PhoneNumber
from dlt import scrub as dlt
from dlt.models import Category, Header, RecordState
from sms.models import Message
from sms.pipeline.compose import Trace


class Scrubbed(DomainError):
    """The registries do not allow the message; the finding's own code and sentence are kept."""

    code: ClassVar[str] = "dlt.refused"
    message: ClassVar[str] = "{sentence}"

    def __init__(self, finding: dlt.Finding, template_name: str) -> None:
        super().__init__(sentence=finding.message, **finding.detail)
        self.finding_code = finding.code
        self.template_name = template_name


class SenderNotApproved(DomainError):
    code = "sms.sender_not_approved"
    message = "Sender {sender!r} is not approved for this account. Use one of: {known}."


@dataclass(frozen=True, slots=True)
class Cleared:
    """What goes on the wire, and the records that allow it. ``held_until``: not before then."""

    sender: str
    body: str
    template_id: str = ""
    template_name: str = ""
    entity_id: str = ""
    category: str = ""
    held: str = ""
    held_until: datetime | None = None

    @property
    def traffic_type(self) -> str:
        if self.category in {"", Category.PROMOTIONAL}:
            return Message.TrafficType.MARKETING
        return Message.TrafficType.ALERTING


def clear(*, account: Account, number: PhoneNumber, asked: dlt.Asked, trace: Trace) -> Cleared:
    """Return what may be sent; raises Scrubbed or SenderNotApproved."""
    if number.country != "IN":
        return Cleared(_foreign_sender(account, asked.header, trace), asked.body)
    report = dlt.scrub(account, asked)
    trace.lines.extend(report.stages)
    return cleared(report)


def cleared(report: dlt.ScrubReport) -> Cleared:
    """Return what a report allows; raises Scrubbed with the first finding that refuses."""
    if report.findings:
        raise Scrubbed(report.findings[0], report.template.name if report.template else "")
    template, header, entity = report.template, report.header, report.entity
    if template is None or header is None or entity is None:
        raise RuntimeError("A scrub without findings has found all three records.")
    return Cleared(
        sender=header.value,
        body=report.text,
        template_id=template.template_id,
        template_name=template.name,
        entity_id=entity.pe_id,
        category=template.category,
        held=report.held.code if report.held else "",
        held_until=report.held_until,
    )


def _foreign_sender(account: Account, sender: str, trace: Trace) -> str:
    """Return the sender for a number outside India: one of the account's approved headers."""
    approved = Header.objects.for_account(account).filter(state=RecordState.APPROVED)
    known = list(approved.order_by("pk").values_list("value", flat=True))
    if (sender and sender not in known) or not known:
        raise SenderNotApproved(sender=sender, known=", ".join(known) or "none approved yet")
    chosen = sender or known[0]
    trace.passed("sender", f"Sender {chosen} is approved; DLT applies to Indian numbers only.")
    return chosen
