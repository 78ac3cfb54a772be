"""The demo account's DLT records: submitted by the business user, decided by the admin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from accounts.caller import Caller
from dlt.models import Category, ContentTemplate, Header, Record
from dlt.services.decisions import change
from dlt.services.entities import register_entity
from dlt.services.headers import submit_header
from dlt.services.templates import TemplateDraft, submit_template

PE_ID: Final = "1101458270000012345"
SERVICE, PROMOTIONAL = "ACMECO", "612345"

Row = tuple[str, str, str, Category, str]
APPROVED: Final[list[Row]] = [
    ("1107161234567890123", "Call confirmation",
     "Thanks for contacting {#var#}. Your reference is {#var#}. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107166184021950037", "Missed call alert",
     "We missed your call to {#var#}. We will call you back soon. Ref {#var#} - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107166290114407218", "Appointment confirmed",
     "Dear customer, your appointment at {#var#} is confirmed for {#var#}. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107166301875520946", "Offer link",
     "Thanks for your interest in {#var#}! See our offers at {#var#} - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107166412093381175", "Survey thank you",
     "Thank you for your feedback, ticket {#var#}. It helps us serve you better. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107166000012345678", "Support reference",
     "Thank you for calling {#var#}. Your reference number is {#var#}. For support, call {#var#}.",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107167720045561093", "Order update",
     "Your Acme order {#var#} is {#var#}. Track it at acme.example/orders - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107168800157203344", "Login OTP",
     "{#numeric#} is your OTP to sign in to Acme Retail. Do not share it with anyone. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107169912068450021", "Festive offer",
     "Diwali at Acme Retail: up to {#numeric#}% off until {#var#}. Visit any store. Acme Retail",
     Category.PROMOTIONAL, PROMOTIONAL),
]  # fmt: skip
PENDING: Final[list[Row]] = [
    ("1107170450113920558", "Delivery slot",
     "Your Acme delivery comes on {#var#} between {#var#}. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107170461728104936", "सेवा अनुरोध",
     "प्रिय ग्राहक, आपका सेवा अनुरोध {#var#} दर्ज हो गया है। - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
]  # fmt: skip
REJECTED: Final[Row] = (
    "1107170339001857720", "Weekend sale",
    "Great  deals this weekend! Call {#Var#} now",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
REASON: Final = (
    "Promotional wording in a service template, and {#Var#} is not a variable: write {#var#}."
)


def create_records(editor: Caller, admin: Caller, now: datetime) -> None:
    """Register the entity, two headers and twelve templates; two wait, one was rejected."""
    began = now - timedelta(days=40)
    entity = register_entity(caller=editor, pe_id=PE_ID, name="Acme Retail Pvt Ltd", now=began)
    _approve(admin, entity, began + timedelta(hours=30))
    for value, kind in ((SERVICE, Header.Kind.OTHER), (PROMOTIONAL, Header.Kind.PROMOTIONAL)):
        at = began + timedelta(days=2)
        header = submit_header(caller=editor, pe_id=PE_ID, value=value, kind=kind, now=at)
        _approve(admin, header, at + timedelta(hours=20))
    for number, row in enumerate(APPROVED):
        at = began + timedelta(days=4, hours=number)
        template = _submit(editor, row, at)
        _approve(admin, template, at + timedelta(hours=26))
    rejected = _submit(editor, REJECTED, now - timedelta(days=3))
    change(
        caller=admin, kind="template", pk=rejected.pk, verb="reject", reason=REASON,
        now=now - timedelta(days=2, hours=5),
    )  # fmt: skip
    for row, hours in zip(PENDING, (50, 3), strict=True):
        _submit(editor, row, now - timedelta(hours=hours))


def _approve(admin: Caller, row: Record, at: datetime) -> None:
    change(caller=admin, kind=row.record_kind, pk=row.pk, verb="approve", now=at)


def _submit(editor: Caller, row: Row, at: datetime) -> ContentTemplate:
    template_id, name, text, category, header = row
    unicode = not text.isascii()
    kinds = ContentTemplate.ContentType
    draft = TemplateDraft(
        pe_id=PE_ID,
        template_id=template_id,
        name=name,
        text=text,
        headers=[header],
        category=category,
        content_type=kinds.UNICODE if unicode else kinds.TEXT,
    )
    return submit_template(caller=editor, draft=draft, now=at)
