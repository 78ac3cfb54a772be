"""What operators object to is found before they do."""

from __future__ import annotations

import pytest

from dlt.lint import lint
from dlt.models import Category

GOOD = "Dear customer, your order {#numeric#} was shipped today. Thank you for shopping. - ACMECO"


def codes(text: str, category: str = Category.SERVICE_IMPLICIT, content: str = "text") -> set[str]:
    return {finding.code for finding in lint(text, category, content)}


def test_a_good_text_has_no_objections():
    assert lint(GOOD, Category.SERVICE_IMPLICIT) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We are closed today and open again tomorrow. - ACMECO", "no_variable"),
        (GOOD.replace(" - ACMECO", "") + " Call {#cbn#}", "variable_last"),
        (GOOD.replace("order", "order  now"), "two_spaces"),
        (GOOD + " <b>", "angle_bracket"),
        ("{#var#} {#var#} ok - ACMECO", "mostly_variable"),
        ("{#var#} {#var#} ok - ACMECO", "variables_together"),
        (GOOD + " {#Var#} A", "not_a_variable"),
        (GOOD + " {#var1#} A", "not_a_variable"),
        (GOOD + " ##var## A", "not_a_variable"),
        (GOOD + " {CallRef} A", "not_a_variable"),
        (GOOD + " XXXX A", "not_a_variable"),
        (GOOD + " {#pname#} A", "unknown_tag"),
        (GOOD.replace("your", "customer\u2019s"), "typographic"),
        (GOOD + " नमस्ते", "not_unicode"),
        (GOOD * 30, "too_long"),
        (GOOD.replace("{#numeric#}", "{#var#}"), "untyped"),
    ],
)
def test_each_objection_is_named(text: str, code: str):
    assert code in codes(text)


def test_promotional_texts_may_be_all_fixed():
    assert codes("Everything at half price this Sunday. - ACMECO", Category.PROMOTIONAL) == set()


def test_unicode_templates_may_be_hindi():
    assert "not_unicode" not in codes(GOOD + " नमस्ते", content="unicode")


def test_errors_come_before_warnings():
    found = lint(GOOD + "  and {#var#}", Category.SERVICE_IMPLICIT)
    assert [finding.severity for finding in found] == ["error", "warning", "warning"]


@pytest.mark.parametrize("text", ["", "{#", "{#var#}" * 300, "\0", "{#var#", "#}", "{" * 3000])
def test_odd_texts_are_answered(text: str):
    lint(text, Category.TRANSACTIONAL)
