"""The texts of the demo account's registry, as an operator might have registered them."""

from __future__ import annotations

from typing import Final

from dlt.models import Category

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
# A text that was changed on the portal: the version before ends when the new one is approved.
SUPERSEDED: Final[Row] = (
    "1107165530019284417", "Delivery update",
    "Your Acme order {#var#} will reach you on {#var#} - ACMECO",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
SUPERSEDING: Final[Row] = (
    "1177172600418350921", "Delivery update",
    "Your Acme order {#numeric#} reaches you on {#alphanumeric#}. Questions? Call {#cbn#}. - ACMECO",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
IDLE: Final[Row] = (
    "1107165871120036642", "Store closing",
    "Our store at {#var#} closes early on {#var#}. Sorry for the trouble. - ACMECO",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
PENDING: Final[list[Row]] = [
    ("1107170450113920558", "Delivery slot",
     "Your Acme delivery comes on {#var#} between {#var#}. - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107170461728104936", "सेवा अनुरोध",
     "प्रिय ग्राहक, आपका सेवा अनुरोध {#var#} दर्ज हो गया है। - ACMECO",
     Category.SERVICE_IMPLICIT, SERVICE),
    ("1107170472209341185", "Clearance sale",
     "Hurry! Clearance sale with up to {#var#} off. Visit {#var#}{#var#} today",
     Category.PROMOTIONAL, PROMOTIONAL),
]  # fmt: skip
# Waits as the next version of a template that a live flow sends.
NEXT_VERSION: Final[Row] = (
    "1177173010226840550", "Missed call alert, typed",
    "We missed your call to {#alphanumeric#}. We will call you back soon. Ref {#alphanumeric#} - ACMECO",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
NEXT_VERSION_OF: Final = "1107166184021950037"
REJECTED: Final[Row] = (
    "1107170339001857720", "Weekend sale",
    "Great  deals this weekend! Call {#Var#} now",
    Category.SERVICE_IMPLICIT, SERVICE,
)  # fmt: skip
REASON: Final = (
    "Promotional wording in a service template, and {#Var#} is not a variable: write {#var#}."
)
