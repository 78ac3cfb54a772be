"""One vocabulary for what goes wrong with DLT: our codes beside those of the operators.

The tables of 6xx are the same at Exotel, AuthKey, Adwings and SMSGatewayHub; 4xx, 5xxx and 7xxx come from one
source each. https://support.exotel.com/support/solutions/articles/3000120944-dlt-platform-error-codes-in-india
https://authkey.io/dlt-registration/dlt-error-codes
https://smsgatewayhub.freshdesk.com/support/solutions/articles/3000129776-dlt-sms-error-codes-latest-india-2025
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class OperatorCode:
    """A code as a delivery report has it, and its name where one is known.

    ``412-417`` is a range of which only the subject is known, not the meaning of each number.
    """

    code: str
    name: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return every code that is meant."""
        first, _, last = self.code.partition("-")
        return tuple(str(number) for number in range(int(first), int(last or first) + 1))

    @property
    def family(self) -> str:
        """Whose table it is from."""
        first = self.numbers[0]
        if len(first) == 3:
            return {"4": "Gateways", "8": "Airtel"}.get(first[0], "DLT")
        if first == "21901":
            return "Twilio"
        if len(first) == 5:
            return "Exotel"
        return "SMPP" if first.startswith("9") else "SmartPing"


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` is ours, ``name`` that of the plan (HEADER_CASE); ``operators`` name the same thing."""

    code: str
    name: str
    remedy: str
    operators: tuple[OperatorCode, ...] = ()


def _codes(*given: str) -> tuple[OperatorCode, ...]:
    """Read ``"631 TEMPLATE_INACTIVE"``."""
    return tuple(OperatorCode(*entry.split(" ", 1)) for entry in given)


FAULTS: Final = (
    Fault(code="dlt.body_empty", name="BODY_EMPTY", remedy="Write what should be sent."),
    Fault(
        code="dlt.body_too_long",
        name="BODY_TOO_LONG",
        remedy="Shorten the values.",
        operators=_codes("23186 DLT_LENGTH_EXCEEDED"),
    ),
    Fault(
        code="dlt.unfilled_placeholder",
        name="UNFILLED_PLACEHOLDER",
        remedy="Put a value in the placeholder's place.",
    ),
    Fault(
        code="dlt.entity_missing",
        name="ENTITY_MISSING",
        remedy="Name the entity ID.",
        operators=_codes("604 INVALID_ENTITY_ID", "442 PE_TLV_NOT_FOUND", "9026 PE tag absent"),
    ),
    Fault(
        code="dlt.entity_bad_format",
        name="ENTITY_BAD_FORMAT",
        remedy="Copy the entity ID from the DLT portal.",
        operators=_codes("604 INVALID_ENTITY_ID"),
    ),
    Fault(
        code="dlt.entity_unknown",
        name="ENTITY_UNKNOWN",
        remedy="Register the entity here; a new one takes up to a week to reach all operators.",
        operators=_codes(
            "600 ENTITY_NOT_FOUND",
            "601 ENTITY_NOT_REGISTERED",
            "412-417",
            "7001-7005",
            "23281 DLT_ENTITY_NOT_FOUND",
        ),
    ),
    Fault(
        code="dlt.entity_not_active",
        name="ENTITY_NOT_ACTIVE",
        remedy="Have the entity approved, or reactivate it on the portal.",
        operators=_codes(
            "602 ENTITY_INACTIVE",
            "412-417",
            "7001-7005",
            "801-805 entity, header or template halted",
        ),
    ),
    Fault(
        code="dlt.entity_suspended",
        name="ENTITY_SUSPENDED",
        remedy="Ask the operator why, then reinstate the entity.",
        operators=_codes("602 ENTITY_INACTIVE", "412-417", "7001-7005"),
    ),
    Fault(
        code="dlt.entity_blacklisted",
        name="ENTITY_BLACKLISTED",
        remedy="Write to the operator: a blacklisted entity is stopped everywhere.",
        operators=_codes(
            "603 ENTITY_BLACKLISTED",
            "410 ENTITY_BLOCKED_BY_DLT",
            "412-417",
            "7001-7005",
            "801-805 entity, header or template halted",
            "23081 ENTITY_BLOCKED_BY_DLT",
        ),
    ),
    Fault(
        code="dlt.chain_missing",
        name="CHAIN_MISSING",
        remedy="Create the chain on the portal, have it accepted by all, and register it here.",
        operators=_codes(
            "614 PE_TM_HASH_NOT_RECEIVED", "615 PE_TM_HASH_NOT_REGISTERED", "458-462", "5601-5606"
        ),
    ),
    Fault(
        code="dlt.chain_not_approved",
        name="CHAIN_NOT_APPROVED",
        remedy="Have the chain approved by all of it.",
        operators=_codes(
            "616 PE_TM_HASH_INACTIVE",
            "617 PE_TM_HASH_BLACKLISTED",
            "618 PE_TM_HASH_SUSPENDED",
            "458-462",
            "5601-5606",
            "811 chain inactive",
        ),
    ),
    Fault(
        code="dlt.chain_hash_mismatch",
        name="CHAIN_HASH_MISMATCH",
        remedy="Register the chain anew with its telemarketers in their order.",
        operators=_codes(
            "615 PE_TM_HASH_NOT_REGISTERED",
            "458-462",
            "5601-5606",
            "812 invalid hash",
            "813 hash not matching",
        ),
    ),
    Fault(
        code="dlt.telemarketer_not_active",
        name="TM_NOT_ACTIVE",
        remedy="Use a chain whose telemarketers are all active.",
        operators=_codes(
            "610 TELEMARKETER_NOT_REGISTERED",
            "611 TELEMARKETER_INACTIVE",
            "612 TELEMARKETER_BLACKLISTED",
            "613 TELEMARKETER_NOT_ALLOWED_FOR_ENTITY",
            "605 ENTITY_ID_NOT_ALLOWED_FOR_TM",
            "677 Invalid TM_ID",
            "678 TM inactive",
            "680 TM blacklisted",
            "418-419",
            "9024 TM tag absent",
        ),
    ),
    Fault(
        code="dlt.header_missing",
        name="HEADER_MISSING",
        remedy="Link a Sender ID to the template.",
        operators=_codes("620 HEADER_NOT_FOUND", "421-424"),
    ),
    Fault(
        code="dlt.header_unknown",
        name="HEADER_UNKNOWN",
        remedy="Register the Sender ID, letter by letter.",
        operators=_codes(
            "620 HEADER_NOT_FOUND",
            "421-424",
            "425 HEADER_IN_FREEPOOL",
            "5201-5214",
            "408 SENDER_BLOCKED_BY_DLT",
            "23080 SENDER_BLOCKED_BY_DLT",
        ),
    ),
    Fault(
        code="dlt.header_case",
        name="HEADER_CASE",
        remedy="Write the Sender ID in the capitals it is registered in.",
        operators=_codes("620 HEADER_NOT_FOUND", "421-424"),
    ),
    Fault(
        code="dlt.header_other_entity",
        name="HEADER_OTHER_ENTITY",
        remedy="Send with the entity that owns the Sender ID.",
        operators=_codes("623 PEID_NOT_MATCHED_WITH_HEADER", "421-424", "5201-5214"),
    ),
    Fault(
        code="dlt.header_not_approved",
        name="HEADER_NOT_ACTIVE",
        remedy="Have the Sender ID approved, or use another.",
        operators=_codes("621 HEADER_INACTIVE", "421-424", "5201-5214"),
    ),
    Fault(
        code="dlt.header_inactive",
        name="HEADER_NOT_ACTIVE",
        remedy="Reactivate the Sender ID on the portal, then here.",
        operators=_codes(
            "621 HEADER_INACTIVE",
            "421-424",
            "5201-5214",
            "801-805 entity, header or template halted",
        ),
    ),
    Fault(
        code="dlt.header_suspended",
        name="HEADER_SUSPENDED",
        remedy="Reactivate the Sender ID on the portal, then reinstate it here.",
        operators=_codes(
            "624 HEADER_SUSPENDED_DUE_TO_VALIDITY",
            "625 HEADER_SUSPENDED_DUE_TO_USAGE",
            "446 suspended: validity",
            "447 suspended: usage",
            "448 suspended by the customer",
            "5215 suspended by the customer",
        ),
    ),
    Fault(
        code="dlt.header_expired",
        name="HEADER_EXPIRED",
        remedy="Renew the Sender ID on the portal within 60 days.",
        operators=_codes("624 HEADER_SUSPENDED_DUE_TO_VALIDITY", "446 suspended: validity"),
    ),
    Fault(
        code="dlt.header_blacklisted",
        name="HEADER_BLACKLISTED",
        remedy="Use another Sender ID: this one is stopped everywhere.",
        operators=_codes(
            "622 HEADER_BLACKLISTED",
            "421-424",
            "5201-5214",
            "801-805 entity, header or template halted",
        ),
    ),
    Fault(
        code="dlt.header_kind",
        name="HEADER_KIND",
        remedy="Choose a Sender ID of the template's kind.",
        operators=_codes(
            "435 PROMOTIONAL_TEMPLATE_USED_ON_OTHERS_HEADER",
            "457 HEADER_AND_ACCOUNTTYPE_MISMATCH",
            "683 header type and template",
            "687 SMS type and header",
        ),
    ),
    Fault(
        code="dlt.template_missing",
        name="TEMPLATE_MISSING",
        remedy="Name the template ID.",
        operators=_codes(
            "637 INVALID_TEMPLATE_ID",
            "443 TEMPLATE_TLV_NOT_FOUND",
            "5308 content ID blank",
            "9025 template tag absent",
        ),
    ),
    Fault(
        code="dlt.template_bad_format",
        name="TEMPLATE_BAD_FORMAT",
        remedy="Copy the template ID from the DLT portal; a provider's own id is not it.",
        operators=_codes(
            "637 INVALID_TEMPLATE_ID",
            "636 ERROR_IDENTIFYING_TEMPLATE",
            "433 INVALID_TEMPLATE_ID",
            "23181 template ID invalid",
            "21901 DltTemplateId is invalid",
        ),
    ),
    Fault(
        code="dlt.template_unknown",
        name="TEMPLATE_UNKNOWN",
        remedy="Register the template; a new one takes up to a week to reach all operators.",
        operators=_codes(
            "630 TEMPLATE_NOT_FOUND", "426-428", "5301-5306", "23182 template not found"
        ),
    ),
    Fault(
        code="dlt.template_other_entity",
        name="TEMPLATE_OTHER_ENTITY",
        remedy="Send with the template's own entity.",
        operators=_codes("434 TEMPLATE_NOT_REGISTERED_TO_ENTITY"),
    ),
    Fault(
        code="dlt.template_not_approved",
        name="TEMPLATE_NOT_APPROVED",
        remedy="Have the template approved, or use another.",
        operators=_codes("630 TEMPLATE_NOT_FOUND", "631 TEMPLATE_INACTIVE", "426-428", "5301-5306"),
    ),
    Fault(
        code="dlt.template_inactive",
        name="TEMPLATE_INACTIVE",
        remedy="Reactivate the template on the portal of the operator that names it inactive.",
        operators=_codes(
            "631 TEMPLATE_INACTIVE",
            "426-428",
            "5301-5306",
            "801-805 entity, header or template halted",
            "23183 template inactive",
        ),
    ),
    Fault(
        code="dlt.template_suspended",
        name="TEMPLATE_SUSPENDED",
        remedy="Reactivate the template on the portal, then reinstate it here.",
        operators=_codes(
            "449 suspended: validity",
            "450 suspended: usage",
            "451 suspended by the customer",
            "5313 suspended: usage",
            "5314 suspended: validity",
            "5315 suspended by the customer",
        ),
    ),
    Fault(
        code="dlt.template_blacklisted",
        name="TEMPLATE_BLACKLISTED",
        remedy="Use another template: this one is stopped everywhere.",
        operators=_codes(
            "632 TEMPLATE_BLACKLISTED",
            "426-428",
            "411 TEMPLATE_BLOCKED_BY_DLT",
            "5301-5306",
            "801-805 entity, header or template halted",
            "23184 template blacklisted",
            "23082 TEMPLATE_BLOCKED_BY_DLT",
        ),
    ),
    Fault(
        code="dlt.header_not_linked",
        name="TEMPLATE_HEADER_NOT_LINKED",
        remedy="Link the Sender ID to the template on the portal, or use a linked one.",
        operators=_codes(
            "634 HEADER_NOT_REGISTERED_FOR_TEMPLATE", "430 HEADER_NOT_REGISTERED_FOR_TEMPLATE"
        ),
    ),
    Fault(
        code="dlt.category_clash",
        name="CATEGORY_MISMATCH",
        remedy="Leave the traffic type to the template.",
        operators=_codes("436 INVALID_TEMPLATE_TYPE", "5401-5406"),
    ),
    Fault(
        code="dlt.template_mismatch",
        name="STATIC_MISMATCH",
        remedy="Send the registered text; the differences are listed.",
        operators=_codes(
            "633 TEMPLATE_NOT_MATCHED",
            "666 SMS content mismatch",
            "429 TEMPLATE_NOT_MATCHED",
            "431 TEMPLATE_FAILED_ON_DYNAMIC_PART",
            "5307 Content Regex not matched",
            "23185 DLT_TEMPLATE_DOES_NOT_MATCH",
        ),
    ),
    Fault(
        code="dlt.variable_too_long",
        name="VAR_TOO_LONG",
        remedy="Shorten the value of the variable.",
        operators=_codes("635 TEMPLATE_VARIABLE_EXCEEDED_MAX_LENGTH", "5312 variable exceeded"),
    ),
    Fault(
        code="dlt.url_not_whitelisted",
        name="URL_NOT_WHITELISTED",
        remedy="Whitelist the link on the portal and enter it under Links and numbers.",
        operators=_codes(
            "700 no CTA whitelisted",
            "701 URL CTA not matched",
            "497 URL not whitelisted",
            "5901 URL not whitelisted",
            "5902 URL blacklisted",
            "5903 URL inactive",
        ),
    ),
    Fault(
        code="dlt.cbn_not_whitelisted",
        name="CBN_NOT_WHITELISTED",
        remedy="Whitelist the number on the portal and enter it under Links and numbers.",
        operators=_codes("499 number not whitelisted"),
    ),
    Fault(
        code="dlt.email_not_whitelisted",
        name="EMAIL_NOT_WHITELISTED",
        remedy="Whitelist the address on the portal and enter it under Links and numbers.",
        operators=_codes("498 e-mail not whitelisted"),
    ),
    Fault(
        code="dlt.link_in_untyped_var",
        name="LINK_IN_UNTYPED_VAR",
        remedy="Register the template with {#url#} there, and whitelist the link.",
        operators=_codes(
            "701 URL CTA not matched", "497 URL not whitelisted", "5901 URL not whitelisted"
        ),
    ),
    Fault(
        code="dlt.outside_promo_window",
        name="OUTSIDE_PROMO_WINDOW",
        remedy="It is checked again and leaves by itself at the next opening.",
        operators=_codes("651 INVALID_PROMO_TIME", "438 INVALID_PROMO_TIME", "5107-5108"),
    ),
    Fault(
        code="dlt.dnd_blocked",
        name="DND_BLOCKED",
        remedy="Do not send it again, unless the receiver gives consent.",
        operators=_codes(
            "650 PREFERENCE_NOT_MATCHED",
            "652 SE_CATEGORY_BLOCK",
            "437 preference",
            "439 SE_CATEGORY_BLOCK",
            "5101-5106",
            "5109-5110",
            "30004 DND",
        ),
    ),
    Fault(
        code="dlt.consent_missing",
        name="CONSENT_MISSING",
        remedy="Ask the receiver for consent, then send it.",
        operators=_codes("660 CONSENT_FAILED", "440 consent", "5501-5510", "23084 consent error"),
    ),
    Fault(
        code="dlt.consent_expired",
        name="CONSENT_EXPIRED",
        remedy="Ask the receiver for consent again.",
        operators=_codes("660 CONSENT_FAILED", "440 consent", "5501-5510"),
    ),
    Fault(
        code="dlt.scrubbing_failed",
        name="SCRUBBING_FAILED",
        remedy="The operator's own check failed. Send it again later.",
        operators=_codes("670 SCRUBBING_FAILED", "407 DLT_SCRUBBING_TIMEOUT", "23083 scrubbing"),
    ),
)
FAULT_OF: Final = {fault.code: fault for fault in FAULTS}
