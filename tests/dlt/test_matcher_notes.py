"""Risks that do not refuse a body, and what more lenient operators would say."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Match, Mismatch, check, compile_template


def notes(text, body, limits=None):
    answer = check(compile_template(text, limits or Limits()), body)
    return isinstance(answer, Match), {str(note.code) for note in answer.notes}


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("Your login code is {#num#}.", "Your login code is 12.", set()),
        ("Your login code is {#var#}.", "Your login code is 12.", {"UNTYPED_TEMPLATE"}),
        ("Your visit to {#alp#} is confirmed", "Your visit to Ward_2 is confirmed",
         {"ALPHANUMERIC_PUNCTUATION"}),
        ("Please read more at {#var#} today", "Please read more at bit.ly/x today",
         {"UNTYPED_TEMPLATE", "LINK_IN_UNTYPED_VAR"}),
        ("Please call us on {#var#} for help", "Please call us on 1800-123-4567 for help",
         {"UNTYPED_TEMPLATE", "PHONE_IN_UNTYPED_VAR"}),
        ("Your visit to {#alp#} is confirmed", "Your visit to \u0926\u093f\u0932 is confirmed",
         {"UNICODE_IN_TEXT_TEMPLATE"}),
        ("\u0928\u092e\u0938\u094d\u0924\u0947 {#alp#}, welcome",
         "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u093f, welcome", set()),
        ("Hi {#alp#}", "Hi Ravindranath Kumar", {"MOSTLY_VARIABLE"}),
        ("{#num#} " + "x" * 158, "1 " + "x" * 158, set()),
        ("{#num#} " + "x" * 159, "1 " + "x" * 159, {"SEVERAL_SEGMENTS"}),
        ("{#num#} ~" + "x" * 157, "1 ~" + "x" * 157, {"SEVERAL_SEGMENTS"}),
        ("{#num#} \u20b9" + "x" * 67, "1 \u20b9" + "x" * 67, set()),
        ("{#num#} \U0001f600" + "x" * 67, "1 \U0001f600" + "x" * 67, {"SEVERAL_SEGMENTS"}),
    ],
)  # fmt: skip
def test_a_match_is_noted_for_its_risks(text, body, expected):
    assert notes(text, body) == (True, expected)


def test_a_value_over_30_is_noted_where_the_profile_allows_40():
    matched, found = notes("Visit us at {#var#} soon, bring this text along", "Visit us at "
                           + "x" * 31 + " soon, bring this text along", Limits(var=40))  # fmt: skip
    assert matched
    assert found == {"UNTYPED_TEMPLATE", "VAR_OVER_30"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Visit " + "x" * 40 + " now.", {"PASSES_WITH_LIMIT_40"}),
        ("Visit " + "x" * 41 + " now.", set()),
        ("Visit x now", {"PASSES_WITHOUT_PUNCTUATION"}),
        ("Visit x\nnow.", {"PASSES_WITHOUT_PUNCTUATION"}),
        ("Visit x Now.", set()),
        ("Visit " + "x" * 40 + " Now.", set()),
    ],
)
def test_a_refusal_says_which_operators_are_more_lenient(body, expected):
    assert notes("Visit {#var#} now.", body) == (False, expected)


@pytest.mark.parametrize(
    ("text", "body", "passes"),
    [
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear Asha pay Rs 5 now", True),
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear: Asha - pay (Rs) 5, now!", True),
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear Asha; pay Rs: 5x now.", False),
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear Asha pay rs 5 now", False),
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear Asha pay Rs 1,249 now", False),
        ("Dear {#var#}, pay Rs. {#num#} now.", "Dear " + "x" * 31 + " pay Rs 5 now", False),
        ("Dear {#var#}, pay \u20b9{#num#} now.", "Dear Asha, pay 5 now.", False),
        ("OTP-{#num#}", "OTP{#num#}", False),
        ("e-mail {#email#}/{#url#}", "email a@b.in https://x", True),
    ],
)
def test_punctuation_and_blanks_are_ignored_in_the_registered_text_alone(text, body, passes):
    matched, found = notes(text, body)
    assert not matched
    assert ("PASSES_WITHOUT_PUNCTUATION" in found) is passes


def test_what_needs_both_leniencies_passes_nowhere():
    assert notes("Visit {#var#} now.", "Visit " + "x" * 40 + " now") == (False, set())
    longer = Limits(var=40)
    body = "Visit " + "x" * 40 + " now"
    assert notes("Visit {#var#} now.", body, longer) == (False, {"PASSES_WITHOUT_PUNCTUATION"})


def test_types_held_outside_the_text_count_for_lenient_operators_too():
    template = compile_template("Code {#var#} now", tags=["num"])
    answer = check(template, "Code " + "1" * 35 + " now")
    assert isinstance(answer, Mismatch)
    assert [str(note.code) for note in answer.notes] == ["PASSES_WITH_LIMIT_40"]


def test_warnings_of_the_template_come_with_every_refusal():
    assert notes("Hi {#Var#}, {#var#}!", "")[1] == {"NOT_A_PLACEHOLDER"}
    assert notes("Hi {#Var#}, {#var#}!", "Hi")[1] == {"NOT_A_PLACEHOLDER"}
