"""What a value may be, tag by tag. Every value stands between brackets of registered text."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Match, Mismatch, check, compile_template


def code_of(tag, value, limits=None):
    """Return "ok" or the code of the first problem."""
    template = compile_template(f"[{{#{tag}#}}]", limits or Limits())
    answer = check(template, f"[{value}]")
    return "ok" if isinstance(answer, Match) else str(answer.problems[0].code)


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        ("var", "x", "ok"),
        ("var", "x" * 30, "ok"),
        ("var", "x" * 31, "VAR_TOO_LONG"),
        ("var", "", "VAR_EMPTY"),
        ("var", " \u00a0", "VAR_EMPTY"),
        ("var", "a\nb", "VAR_NEWLINE"),
        ("var", " padded ", "ok"),
        ("var", "\U0001f600" * 30, "ok"),
        ("numeric", "0" * 30, "ok"),
        ("numeric", "0" * 31, "VAR_TOO_LONG"),
        ("numeric", "1.5", "VAR_BAD_TYPE"),
        ("numeric", "+1", "VAR_BAD_TYPE"),
        ("numeric", "\u0967\u0968", "VAR_BAD_TYPE"),
        ("numeric", "\u00b2", "VAR_BAD_TYPE"),
        ("numeric", "", "VAR_EMPTY"),
        ("alphanumeric", "Ward 12/B_3. End", "ok"),
        ("alphanumeric", "\u0915\u093f\u0967", "ok"),
        ("alphanumeric", "a-b", "VAR_BAD_TYPE"),
        ("alphanumeric", "\u00bd", "VAR_BAD_TYPE"),
        ("alphanumeric", "  ", "VAR_EMPTY"),
        ("alphanumeric", "x" * 40, "ok"),
        ("alphanumeric", "x" * 41, "VAR_TOO_LONG"),
        ("url", "https://a.example/x?y=1", "ok"),
        ("url", "HTTP://a.example", "ok"),
        ("url", "www.a.example", "ok"),
        ("url", "a.example/x", "VAR_BAD_TYPE"),
        ("url", "ftp://a.example", "VAR_BAD_TYPE"),
        ("url", "https://", "VAR_BAD_TYPE"),
        ("url", "https://a b", "VAR_BAD_TYPE"),
        ("url", "https://" + "x" * 112, "ok"),
        ("url", "https://" + "x" * 113, "VAR_TOO_LONG"),
        ("urlott", "market://details?id=x", "ok"),
        ("urlott", "www.a.example", "ok"),
        ("urlott", "://x", "VAR_BAD_TYPE"),
        ("urlott", "1a://x", "VAR_BAD_TYPE"),
        ("cbn", "18001234", "ok"),
        ("cbn", "+91 98765-43210", "ok"),
        ("cbn", "1800-123-456-789", "ok"),
        ("cbn", "1234567", "VAR_BAD_TYPE"),
        ("cbn", "12345678901234", "VAR_BAD_TYPE"),
        ("cbn", "1800-123-456-7890", "VAR_TOO_LONG"),
        ("cbn", "++9198765432", "VAR_BAD_TYPE"),
        ("cbn", "18001234-", "VAR_BAD_TYPE"),
        ("email", "care@nova.example", "ok"),
        ("email", "a.b+c@x.co.in", "ok"),
        ("email", "care@nova", "VAR_BAD_TYPE"),
        ("email", "care@nova.e", "VAR_BAD_TYPE"),
        ("email", "care@nova.e1", "VAR_BAD_TYPE"),
        ("email", "@nova.example", "VAR_BAD_TYPE"),
        ("email", "a@b@nova.example", "VAR_BAD_TYPE"),
        ("email", "x" * 30 + "@nova.in", "ok"),
        ("email", "x" * 33 + "@nova.in", "VAR_TOO_LONG"),
    ],
)
def test_value_of_each_tag(tag, value, code):
    assert code_of(tag, value) == code


def test_limits_and_punctuation_are_settings():
    lenient = Limits(var=40, alphanumeric_punctuation="-")
    assert code_of("var", "x" * 40, lenient) == "ok"
    assert code_of("alphanumeric", "a-b", lenient) == "ok"
    assert code_of("alphanumeric", "a b", lenient) == "VAR_BAD_TYPE"
    assert code_of("alphanumeric", "a b", Limits(alphanumeric_punctuation="")) == "VAR_BAD_TYPE"


@pytest.mark.parametrize(
    ("text", "body", "fits"),
    [
        ("Pay https://a.in/{#url#} now", "Pay https://a.in/x9 now", True),
        ("Pay https://a.in/{#url#} now", "Pay https://a.in/x 9 now", False),
        ("Pay WWW.a.in/{#urlott#} now", "Pay WWW.a.in/x9 now", True),
        ("Get market://{#urlott#} now", "Get market://x9 now", True),
        ("Get market://{#url#} now", "Get market://x9 now", False),
        ("Pay https://a.in/ {#url#} now", "Pay https://a.in/ x9 now", False),
        ("Pay at {#url#} now", "Pay at x9 now", False),
    ],
)
def test_registered_text_that_starts_the_link_is_continued_by_its_variable(text, body, fits):
    assert isinstance(check(compile_template(text), body), Match) is fits


def test_every_broken_rule_of_a_value_is_told():
    answer = check(compile_template("[{#numeric#}]", Limits(numeric=3)), "[1\n2x4]")
    assert isinstance(answer, Mismatch)
    assert {problem.code for problem in answer.problems} == {
        "VAR_TOO_LONG", "VAR_NEWLINE", "VAR_BAD_TYPE",
    }  # fmt: skip
