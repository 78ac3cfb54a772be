"""Every objection there is. An *error* is what portals refuse, a *warning* what approvers ask about, a
*hint* what is good to know. ``docs/lint.md`` explains them."""

from __future__ import annotations

from typing import Final

from dlt.lint.finding import LintFinding, LintRule
from dlt.lint.sources import SOURCES

_RULES: Final = (
    # The text as a whole
    LintRule("empty_text", "error", "No text", "exotel"),
    LintRule("too_long", "error", "More than 2,000 characters", "exotel"),
    LintRule("no_static_text", "error", "Nothing but variables", "techto"),
    LintRule("outer_blanks", "warning", "Blanks at the beginning or end", "kaleyra_failures"),
    # Variables
    LintRule("no_variable", "error", "A service text without a variable", "kaleyra"),
    LintRule("third_variable", "hint", "Three variables", "direction"),
    LintRule("many_variables", "warning", "More than three variables", "direction"),
    LintRule("variables_adjacent", "error", "Variables without anything between", "direction"),
    LintRule("alphanumeric_adjacent", "hint", "Two alphanumeric variables in a row", "validator"),
    LintRule("variables_together", "warning", "Only a sign between variables", "direction_2023"),
    LintRule("mostly_variable", "error", "Less than 30 % fixed text", "fixed_part"),
    LintRule("variable_last", "warning", "A variable as last word", "msg91"),
    LintRule("floating_variable", "warning", "A variable without context", "smscountry"),
    LintRule("untyped", "warning", "{#var#} in a new template", "typed_2026"),
    LintRule("unknown_tag", "warning", "An unknown tag", "tags"),
    LintRule("not_a_variable", "error", "A wrong spelling of a variable", "kaleyra"),
    LintRule("bad_sample", "error", "A sample that its variable does not take", "vi_notes"),
    LintRule("sample_link_bare", "warning", "A link without http or www as sample", "vi_notes"),
    # Characters
    LintRule("two_spaces", "error", "Two spaces in a row", "kaleyra"),
    LintRule("angle_bracket", "error", "< or > outside a variable", "kaleyra"),
    LintRule("typographic", "warning", "Typographic quotes and dashes", "aws"),
    LintRule("invisible", "warning", "Invisible characters", "aws"),
    LintRule("not_unicode", "error", "Other letters in a Text template", "gupshup"),
    LintRule("unicode_cost", "hint", "Characters that make the message dearer", "segments"),
    LintRule("unicode_needless", "hint", "Unicode without need", "gupshup"),
    # Brand and header
    LintRule("brand_missing", "warning", "No brand, entity or header name", "msg91"),
    LintRule("brand_not_full", "hint", "Neither the full name nor the header", "airtel_notes"),
    LintRule("header_unrelated", "warning", "Header and entity do not fit", "wiseliquid"),
    LintRule("header_kind", "error", "Header and category do not fit", "authkey"),
    LintRule("header_not_usable", "warning", "The header is not approved", "exotel_codes"),
    LintRule("entity_not_usable", "warning", "The entity is not active", "exotel_codes"),
    LintRule("unusual_header", "hint", "A header of unusual length", "headers"),
    LintRule("header_case", "warning", "The same header in other capitals", "case"),
    LintRule("header_elsewhere", "warning", "The same header at another entity", "exotel_codes"),
    LintRule("header_digit", "error", "Category and first digit differ", "way2sms"),
    # Category and wording
    LintRule("promotional_wording", "warning", "Advertising in a service text", "amendment_2025"),
    LintRule("otp_as_promotional", "warning", "A one-time password as promotional", "smslocal"),
    LintRule("transactional_not_bank", "hint", "Transactional, but no bank", "way2sms"),
    LintRule("transactional_not_otp", "warning", "Transactional, but no OTP", "way2sms"),
    LintRule("explicit_closed", "warning", "Service explicit is closed", "typed_2026"),
    LintRule("regulator_wording", "warning", "RBI or BANK in the text of no bank", "startmessaging"),
    LintRule("guaranteed_return", "warning", "Promised returns", "startmessaging"),
    LintRule("cold_message", "warning", "Wording of a cold message", "smscountry"),
    LintRule("survey", "warning", "A survey nobody asked for", "smscountry"),
    LintRule("misspelling", "hint", "A spelling mistake", "smscountry"),
    LintRule("opt_out_missing", "warning", "No way to opt out", "smslocal"),
    # Links and numbers
    LintRule("link_not_whitelisted", "error", "A link that is not whitelisted", "links_2024"),
    LintRule("number_not_whitelisted", "warning", "A number that is not whitelisted", "cta"),
    LintRule("shortener", "warning", "A link shortener of others", "smslocal"),
    LintRule("variable_in_link", "warning", "A variable inside a link", "smslocal"),
    LintRule("cta_shape", "error", "A link or number of the wrong shape", "cta"),
    # Consent
    LintRule("consent_missing", "warning", "No consent template", "kaleyra_consent"),
    LintRule("consent_needless", "warning", "A consent where none belongs", "vi_notes"),
    LintRule("consent_other_entity", "error", "A consent of another entity", "vi_notes"),
    LintRule("consent_not_usable", "warning", "The consent template is not approved", "kaleyra_consent"),
    LintRule("consent_variable", "error", "A variable in a consent template", "consent"),
    LintRule("consent_brand", "warning", "A consent that does not name its brand", "consent"),
    LintRule("consent_purpose", "hint", "A consent that hardly names its purpose", "consent"),
    # The registry
    LintRule("same_text", "warning", "The very same text is there already", "kaleyra"),
    LintRule("same_text_elsewhere", "warning", "The same text of another entity", "smslocal"),
    LintRule("unusual_id", "hint", "An id of unusual length", "ids"),
    LintRule("chain_hash", "error", "The hash is not that of the chain", "chain_hash"),
    LintRule("chain_long", "warning", "More than two telemarketers", "chain_vi"),
    LintRule("chain_end", "warning", "The last telemarketer does not deliver", "chain_hash"),
    LintRule("telemarketer_not_usable", "warning", "A telemarketer is not active", "exotel_codes"),
)  # fmt: skip
CATALOGUE: Final = {rule.code: rule for rule in _RULES}


def objection(
    code: str, message: str, remedy: str = "", *, at: int = -1, length: int = 0
) -> LintFinding:
    """Return a finding with the severity and the source that the catalogue gives to its code."""
    rule = CATALOGUE[code]
    return LintFinding(rule.severity, code, message, remedy, SOURCES[rule.source], at, length)
