"""What operators object to is found before they do: each rule once hit, once nearly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dlt.chain_hash import chain_hash
from dlt.lint import (
    CATALOGUE,
    NOTHING_KNOWN,
    About,
    ConsentFact,
    CtaFact,
    HeaderFact,
    LintFinding,
    Twin,
    blocking_findings,
    lint,
)
from dlt.lint.records import lint_chain, lint_consent, lint_cta, lint_header, lint_id
from dlt.models import Category
from tests.builders import PE_ID

GOOD = "Dear customer, your order {#numeric#} was shipped today. Thank you for shopping. - ACMECO"
SALE = "Everything at half price this Sunday. To opt out, reply STOP. - ACMECO"
OTP = "{#numeric#} is your OTP to sign in. Do not share it with anyone. - ACMECO"
ACME = About(entity_name="Acme Retail Pvt Ltd", headers=(HeaderFact("ACMECO"),))
LINKS = (CtaFact("url_static", "https://acme.example/help"), CtaFact("mobile", "9876543210"))
DYNAMIC = (CtaFact("url_dynamic", "https://acme.example/r?"),)


@dataclass(frozen=True)
class Case:
    """A text that a rule objects to, the part it points at, and a near miss that passes."""

    code: str
    text: str
    part: str
    fine: str = GOOD
    category: str = Category.SERVICE_IMPLICIT
    content: str = "text"
    fine_content: str = ""
    about: About = NOTHING_KNOWN
    fine_about: About | None = None
    fine_category: str = ""


def among(text: str) -> str:
    """Put words into a text that has no other objection."""
    return GOOD.replace("Thank you", f"{text} Thank you")


CASES = [
    Case("empty_text", "  \n", ""),
    Case("too_long", "x" * 1990 + GOOD, ("x" * 1990 + GOOD)[2000:], "x" * 1900 + GOOD),
    Case("no_static_text", "{#numeric#} - {#email#}", "{#numeric#} - {#email#}", "{#numeric#} ok"),
    Case("outer_blanks", f"  {GOOD}", "  "),
    Case("outer_blanks", f"{GOOD}\n", "\n"),
    Case("no_variable", "We are closed today. - ACMECO", "", "We open {#numeric#}. - ACMECO"),
    Case("third_variable", among("{#cbn#} and {#email#} are ours."), "{#email#}"),
    Case("many_variables", among("{#cbn#}, or {#email#} or {#url#} it is."), "{#email#}",
         among("{#cbn#} and {#email#} are ours.")),
    Case("variables_adjacent", among("Dear {#var#}{#var#}."), "", among("Dear {#var#} of {#var#}.")),
    Case("variables_adjacent", among("Dear {#numeric#}{#alphanumeric#}."), "",
         among("Dear {#alphanumeric#}{#alphanumeric#}.")),
    Case("alphanumeric_adjacent", among("Dear {#alphanumeric#}{#alphanumeric#}."), "",
         among("Dear {#alphanumeric#}.")),
    Case("variables_together", among("At {#var#}, {#var#}."), ", ", among("At {#var#} in {#var#}.")),
    Case("variables_together", among("Bring {#var#} {#var#}."), " ", among("Bring {#var#} a {#var#}.")),
    Case("variables_together", among("Pay {#var#}\n{#var#}."), "\n"),
    Case("mostly_variable", "Hello {#var#} and {#var#} - ACMECO", "", GOOD),
    Case("variable_last", "Dear customer, call us at any time under {#cbn#}.", "{#cbn#}"),
    Case("floating_variable", among("{#cbn#}."), "{#cbn#}", among("Call {#cbn#}.")),
    Case("untyped", GOOD.replace("numeric", "var"), "{#var#}"),
    Case("untyped", GOOD.replace("numeric", "var"), "{#var#}", GOOD.replace("numeric", "var"),
         fine_about=About(on=date(2026, 1, 13))),
    Case("unknown_tag", among("Hi {#pname#}, hello."), "{#pname#}"),
    *(Case("not_a_variable", among(f"Ref {wrong} here."), wrong) for wrong in (
        "{#Var#}", "{#var1#}", "{# var #}", "##var##", "{CallRef}", "{{name}}", "${name}", "XXXX",
        "{var}", "%name%",
    )),
    Case("bad_sample", GOOD, "{#numeric#}", GOOD, about=About(samples=("12,5",)),
         fine_about=About(samples=("125",))),
    Case("bad_sample", among("See {#url#} today."), "{#url#}", among("See {#url#} today."),
         about=About(samples=("1", "acme.example/r")),
         fine_about=About(samples=("1", "www.acme.example/r"))),
    Case("sample_link_bare", among("See {#var#} today."), "{#var#}", among("See {#var#} today."),
         about=About(samples=("1", "acme.in/r")), fine_about=About(samples=("1", "Mr. A.In"))),
    Case("two_spaces", GOOD.replace("order", "order  now"), "  "),
    Case("angle_bracket", among("Be <quick>."), "<", among("Be (quick).")),
    Case("typographic", among("It\u2019s here."), "\u2019", among("It's here.")),
    Case("invisible", among("It is\u200b here."), "\u200b"),
    Case("invisible", among("It is\ufeff here."), "\ufeff", among("क्\u200dष"), fine_content="unicode"),
    Case("not_unicode", among("नमस्ते."), "न", among("नमस्ते."), fine_content="unicode"),
    Case("unicode_cost", among("नमस्ते."), "न", among("Größe."), content="unicode"),
    Case("unicode_needless", GOOD, "", among("नमस्ते."), content="unicode"),
    Case("brand_missing", GOOD.replace("ACMECO", "Team"), "", GOOD, about=ACME),
    Case("brand_missing", GOOD.replace("ACMECO", "Team"), "", GOOD.replace("ACMECO", "Acme"),
         about=ACME),
    Case("brand_not_full", GOOD.replace("ACMECO", "Acme"), "", GOOD.replace("ACMECO", "Acme Retail"),
         about=ACME),
    Case("header_unrelated", GOOD, "", GOOD, about=About(entity_name="Acme", headers=(HeaderFact("ZENMRT"),)),
         fine_about=About(entity_name="State Bank of India", headers=(HeaderFact("SBIINB"),))),
    Case("header_kind", GOOD, "", SALE,
         about=About(headers=(HeaderFact("612345", promotional=True),)),
         fine_category=Category.PROMOTIONAL),
    Case("header_not_usable", GOOD, "", GOOD,
         about=About(headers=(HeaderFact("ACMECO", state_label="rejected"),)),
         fine_about=ACME),
    Case("entity_not_usable", GOOD, "", GOOD, about=About(entity_name="Acme", entity_state="suspended"),
         fine_about=ACME),
    Case("promotional_wording", among("Now 20% off."), "% off", among("Now 20% done.")),
    Case("promotional_wording", among("See our offers."), "offers", among("See your offer letter.")),
    Case("promotional_wording", among("A special offer."), "special offer", among("A special order.")),
    Case("otp_as_promotional", OTP, "OTP", OTP, category=Category.PROMOTIONAL,
         fine_category=Category.SERVICE_IMPLICIT),
    Case("transactional_not_bank", OTP, "", OTP, category=Category.TRANSACTIONAL, about=ACME,
         fine_about=About(entity_name="Acme Bank Ltd")),
    Case("transactional_not_otp", GOOD, "", OTP, category=Category.TRANSACTIONAL),
    Case("explicit_closed", SALE, "", SALE, category=Category.SERVICE_EXPLICIT,
         fine_category=Category.PROMOTIONAL),
    Case("regulator_wording", among("As per RBI rules."), "RBI", among("Ask your bank."), about=ACME),
    Case("guaranteed_return", among("With guaranteed returns."), "guaranteed returns",
         among("With guaranteed delivery.")),
    Case("cold_message", among("You have been selected."), "You have been selected",
         among("Your seat was selected.")),
    Case("survey", among("Take our survey."), "Take our survey", among("The survey of land is done.")),
    Case("misspelling", among("We recieved it."), "recieved", among("We received it.")),
    Case("opt_out_missing", SALE.replace("To opt out, reply STOP. ", ""), "", SALE,
         category=Category.PROMOTIONAL),
    Case("link_not_whitelisted", among("See https://acme.example/pay now."), "https://acme.example/pay",
         among("See www.acme.example/help now."), about=About(ctas=LINKS)),
    Case("link_not_whitelisted", among("See acme.example.evil.in/r?id=9 now."), "acme.example.evil.in/r?id=9",
         among("See acme.example/r?id=9 now."), about=About(ctas=DYNAMIC)),
    Case("link_not_whitelisted", among("See acme.example/s?{#numeric#} now."), "acme.example/s?",
         among("See acme.example/r?{#numeric#} now."), about=About(ctas=DYNAMIC)),
    Case("number_not_whitelisted", among("Call 1800-123-4567."), "1800-123-4567",
         among("Call +91 98765 43210."), about=About(ctas=LINKS)),
    Case("number_not_whitelisted", among("Call 9812345678."), "9812345678",
         among("Order 1234567890123."), about=About(ctas=())),
    Case("shortener", among("See bit.ly/abc now."), "bit.ly/abc", among("See habit.ly/abc now.")),
    Case("shortener", among("See bit.ly/abc now."), "bit.ly/abc", among("See bit.ly/abc now."),
         fine_about=About(ctas=(CtaFact("url_static", "https://bit.ly/abc"),))),
    Case("variable_in_link", among("See acme.example/{#numeric#} now."), "acme.example/",
         among("See acme.example/r?{#numeric#} now.")),
    Case("consent_missing", SALE, "", SALE, category=Category.PROMOTIONAL, about=About(consent_known=True),
         fine_about=About(consent_known=True, consent=ConsentFact("Offers"))),
    Case("consent_needless", GOOD, "", SALE, about=About(consent_known=True, consent=ConsentFact("Offers")),
         fine_category=Category.PROMOTIONAL),
    Case("consent_other_entity", SALE, "", SALE, category=Category.PROMOTIONAL,
         about=About(consent_known=True, consent=ConsentFact("Offers", same_entity=False)),
         fine_about=About(consent_known=True, consent=ConsentFact("Offers"))),
    Case("consent_not_usable", SALE, "", SALE, category=Category.PROMOTIONAL,
         about=About(consent_known=True, consent=ConsentFact("Offers", state_label="expired")),
         fine_about=About(consent_known=True, consent=ConsentFact("Offers"))),
    Case("same_text", GOOD, "", GOOD, about=About(twins=(Twin("1", "Old", same_entity=True),)),
         fine_about=About(twins=(Twin("1", "Old", same_entity=False),))),
    Case("same_text_elsewhere", GOOD, "", GOOD, about=About(twins=(Twin("1", "Old", same_entity=False),)),
         fine_about=About(twins=(Twin("1", "Old", same_entity=True),))),
    Case("unusual_id", GOOD, "", GOOD, about=About(template_id="110716123456"),
         fine_about=About(template_id="1107161234567890123")),
]  # fmt: skip


def hit(found: list[LintFinding], code: str) -> LintFinding | None:
    return next((finding for finding in found if finding.code == code), None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_points_at_what_it_objects_to(case: Case):
    found = hit(lint(case.text, case.category, case.content, case.about), case.code)
    assert found, case.text
    assert found.severity == CATALOGUE[case.code].severity
    shown = case.text[found.at : found.at + found.length] if found.at >= 0 else ""
    assert shown == case.part


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_near_miss_passes(case: Case):
    category = case.fine_category or case.category
    content = case.fine_content or ("text" if case.content == "text" else case.content)
    about = case.fine_about or case.about
    assert hit(lint(case.fine, category, content, about), case.code) is None, case.fine


ASKED = "Acme may send you news of its offers and prices."


def consent(text: str) -> list[LintFinding]:
    return lint_consent(text, brand="Acme", consent_id=PE_ID)


def header(value: str, *others: tuple[str, str]) -> list[LintFinding]:
    return lint_header(value, promotional=False, entity_name="Acme", others=others)


RECORDS: list[tuple[str, list[LintFinding], list[LintFinding]]] = [
    ("unusual_id", lint_id("110100001341"), lint_id(PE_ID)),
    ("unusual_header", header("ACME"), header("ACMECO")),
    ("header_unrelated", header("ZENMRT"),
     lint_header("612345", promotional=True, entity_name="Acme")),
    ("header_digit", lint_header("612345", promotional=True, entity_name="A", category_digit="7"),
     lint_header("612345", promotional=True, entity_name="A", category_digit="6")),
    ("header_case", header("ACMECO", ("AcmeCo", "Acme")), header("ACMECO", ("ACMECX", "Acme"))),
    ("header_elsewhere", header("ACMECO", ("ACMECO", "Zen")), header("ACMECO", ("ACMECX", "Zen"))),
    ("cta_shape", lint_cta("mobile", "12345"), lint_cta("mobile", "+91 98765 43210")),
    ("shortener", lint_cta("url_static", "https://bit.ly/x"),
     lint_cta("url_static", "https://acme.example")),
    ("consent_variable", consent(f"{ASKED} {{#var#}}"), consent(ASKED)),
    ("consent_brand", consent(ASKED.replace("Acme", "We")), consent(ASKED)),
    ("consent_purpose", consent("Acme asks."), consent(ASKED)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "found", "fine"), RECORDS, ids=lambda value: str(value)[:20])
def test_other_records_are_checked_too(
    code: str, found: list[LintFinding], fine: list[LintFinding]
):
    assert hit(found, code)
    assert hit(fine, code) is None


def test_a_chain_is_checked_link_by_link():
    ids = ["1202000000000000001", "1202000000000000002", "1202000000000000003"]
    right = chain_hash(PE_ID, ids[:2])
    fine = [("Way", "AF", ""), ("Last", "DF", "")]
    assert lint_chain(hash_given=right, hash_expected=right, links=fine) == []
    long = [*fine, ("More", "AF", "suspended")]
    found = lint_chain(hash_given="0" * 64, hash_expected=right, links=long)
    wanted = {"chain_hash", "chain_long", "chain_end", "telemarketer_not_usable"}
    assert {finding.code for finding in found} == wanted


def test_every_rule_has_a_case_and_is_documented():
    page = (Path(__file__).resolve().parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
    chains = {"chain_hash", "chain_long", "chain_end", "telemarketer_not_usable"}
    tested = {case.code for case in CASES} | {code for code, _, _ in RECORDS} | chains
    assert tested == set(CATALOGUE)
    for rule in CATALOGUE.values():
        assert f"| `{rule.code}` | {rule.severity} |" in page, rule.code


def test_a_good_text_has_no_objections():
    about = About(
        entity_name="Acme Retail Pvt Ltd",
        headers=(HeaderFact("ACMECO"),),
        ctas=(),
        consent_known=True,
    )
    assert lint(GOOD, Category.SERVICE_IMPLICIT, "text", about) == []
    assert lint(SALE, Category.PROMOTIONAL) == []


def test_errors_come_first_and_hints_last():
    found = lint(GOOD + "  and {#var#} with {#email#}", Category.SERVICE_IMPLICIT)
    severities = [finding.severity for finding in found]
    assert severities == sorted(severities, key=["error", "warning", "hint"].index)
    assert set(severities) == {"error", "warning", "hint"}


def test_limits_of_the_account_decide_how_much_is_fixed():
    text = "Dear customer, hello {#var#} - ACME"
    assert hit(lint(text, "service_implicit"), "mostly_variable") is None
    assert hit(lint(text, "service_implicit", about=About(longest=(90,))), "mostly_variable")


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_text"), ("x" * 2001, "too_long"), ("{#var#}, {#numeric#}.", "no_static_text")],
)
def test_what_cannot_be_a_template_is_refused(text: str, code: str):
    assert [finding.code for finding in blocking_findings(text)] == [code]


@pytest.mark.parametrize("text", [GOOD, "{#Var#}", "a  <b> {#var#}{#var#}", "x" * 2000])
def test_what_is_only_bad_is_not_refused(text: str):
    assert blocking_findings(text) == []


ODD: list[Any] = [
    "", "{#", "{#var#}" * 300, "\0", "{#var#", "#}", "{" * 3000, "a." * 5000, "9 " * 5000,
    "\ud800", "a-" * 5000 + ".in", "http://" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_answered(text: str):
    about = About(entity_name="A", headers=(HeaderFact("612345"),), ctas=LINKS, samples=("\0",))
    lint(text, Category.TRANSACTIONAL, "unicode", about)
