"""Where the rules of the lint come from: pages that say them, named so that people find them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Source:
    """A page that says a rule. First-hand notes of developers have no address."""

    name: str
    url: str = ""


_KALEYRA_RULES = Source(
    "Kaleyra: template rules",
    "https://support.kaleyra.com/en/support/solutions/articles/3000105308",
)
_MSG91_FAQ = Source("MSG91: template FAQ", "https://msg91.com/help/dlt-content-template-faqs")

SOURCES: Final[dict[str, Source]] = {
    "direction": Source(
        "TRAI's direction of 18 November 2025",
        "https://rhnvrm.github.io/stock-market-circulars/circulars/bse/2025/"
        "bse-2025-11-24-204dfe148e33c1e7-direction-under-section-13-read-with-sub-clauses-if-and-v-of-clause-b-of-subsect",
    ),
    "direction_2023": Source(
        "TRAI's direction of February 2023",
        "https://crm.smsgatewayhub.com/knowledge-base/article/dlt-new-guidelines-in-16th-feb-2023",
    ),
    "fixed_part": Source(
        "TRAI's direction of May 2023, as reported",
        "https://www.thehindubusinessline.com/info-tech/"
        "trai-tightens-guidelines-to-control-unwanted-calls-messages/article66843280.ece",
    ),
    "typed_2026": Source(
        "SMSGatewayHub: variable tagging from January 2026",
        "https://crm.smsgatewayhub.com/knowledge-base/article/trai-update-2026-changes-to-sms-"
        "template-registration-variable-tagging-effective-from-15-jan-2026",
    ),
    "tags": Source(
        "MSG91: variable tagging",
        "https://msg91.com/help/dlt-registration-in-india/variable-tagging-on-dlt-sms-templates",
    ),
    "links_2024": Source(
        "TRAI's direction of 20 August 2024, as reported",
        "https://www.lokmattimes.com/business/"
        "trai-extends-deadline-for-whitelisting-of-urlsapksott-links-to-access-providers/",
    ),
    "amendment_2025": Source(
        "TCCCPR, second amendment of February 2025",
        "https://khaitanco.com/thought-leadership/"
        "Efforts-to-Curb-Spam-Continue-TRAI-Releases-Second-Amendment-to-the-TCCCPR-2018",
    ),
    "cta": Source(
        "MSG91: whitelisting of links and numbers",
        "https://msg91.com/help/how-to-whitelist-urls-and-callback-numbers-on-dlt",
    ),
    "kaleyra": _KALEYRA_RULES,
    "kaleyra_failures": Source(
        "Kaleyra: why templates fail",
        "https://hexasupport.kaleyra.io/support/solutions/articles/3000106174-dlt-template-failure-causes",
    ),
    "kaleyra_consent": Source(
        "Kaleyra: consent and content templates",
        "https://hexasupport.kaleyra.io/support/solutions/articles/"
        "3000108674-jio-s-consent-to-content-template-mapping",
    ),
    "msg91": _MSG91_FAQ,
    "msg91_errors": Source(
        "MSG91: text not matched with template",
        "https://msg91.com/help/dlt-registration-in-india/"
        "error-description-sms-not-matched-with-dlt-template",
    ),
    "exotel": Source(
        "Exotel: template registration",
        "https://developer.exotel.com/docs/sms-support/dlt-template-registration",
    ),
    "exotel_codes": Source(
        "Exotel: DLT error codes",
        "https://support.exotel.com/support/solutions/articles/"
        "3000120944-dlt-platform-error-codes-in-india",
    ),
    "authkey": Source("AuthKey: DLT error codes", "https://authkey.io/dlt-registration/dlt-error-codes"),
    "aws": Source(
        "AWS: template troubleshooting for India",
        "https://docs.aws.amazon.com/sms-voice/latest/userguide/"
        "registrations-sms-senderid-india-template-issues.html",
    ),
    "smslocal": Source(
        "SMSLocal: rejection reasons",
        "https://www.smslocal.in/resources/help/dlt/rejection-reasons/",
    ),
    "smscountry": Source(
        "SMSCountry: why templates are rejected",
        "https://www.smscountry.com/blog/"
        "dlt-template-registration-will-be-rejected-if-you-do-these-4-things/",
    ),
    "techto": Source(
        "Techto Networks: template ID",
        "https://www.techtonetworks.com/bulk-sms/trai-dlt-regulations/dlt-template-id",
    ),
    "startmessaging": Source(
        "StartMessaging: rejected templates",
        "https://startmessaging.com/blog/dlt-template-rejected-fix",
    ),
    "wiseliquid": Source("Wise Liquid: help documents", "https://wiseliquid.com/help-documents"),
    "validator": Source(
        "DLT template validator (open source)",
        "https://github.com/receive-sms-live/dlt-template-validator",
    ),
    "gupshup": Source("Gupshup: template registration", "https://dev.gupshup.io/dlt/template-registration"),
    "way2sms": Source(
        "W2S: header and message definitions",
        "https://w2s.plus/dlt-registration/message-header-definition",
    ),
    "headers": Source(
        "Ordrio: header registration",
        "https://ordrio.help.center/article/1087-header-sender-id-registration",
    ),
    "case": Source("SMSGatewayHub: sender IDs", "https://www.smsgatewayhub.com/sms-sender-id"),
    "consent": Source(
        "SMSGatewayHub: consent templates",
        "https://crm.smsgatewayhub.com/knowledge-base/article/consent-template-consent-dlt-updation",
    ),
    "chain_vi": Source(
        "MSG91: chain limits at Vi",
        "https://techdoc.walkover.in/p/dlt-registration-in-india/pe-tm-chain-limits-by-vi-dlt"
        "?collectionId=vtYXax8DDrLB&version=V1",
    ),
    "chain_hash": Source(
        "Tanla: chain hashing",
        "https://tanla.freshdesk.com/support/solutions/articles/82000917129-dlt-chain-hashing",
    ),
    "segments": Source(
        "3GPP TS 23.040, message lengths", "https://www.3gpp.org/dynareport/23040.htm"
    ),
    "vi_notes": Source("A developer's notes on Vi's portal, 2026"),
    "airtel_notes": Source("A developer's notes on Airtel's portal, 2026"),
    "ids": Source("Published ids compared by us"),
}  # fmt: skip
