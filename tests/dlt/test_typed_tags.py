"""Types for variables, suggested from what was sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlt.matcher import Match, Tag, check, compile_template
from dlt.typed_tags import retagged, suggest

TEXT = "Your order {#var#} is ready - ACMECO"


def suggested(*values: str, text: str = TEXT):
    template = compile_template(text)
    return suggest(template, [text.replace("{#var#}", value) for value in values])[0]


@pytest.mark.parametrize(
    ("values", "tag"),
    [
        (["1001", "1002", "77", "5", "900100"], Tag.NUMERIC),
        (["Acme Retail", "A/12", "Pune", "b", "C_3"], Tag.ALPHANUMERIC),
        (["https://acme.example/r?1", "www.acme.example"], Tag.URL),
        (["a@acme.example", "help@acme.example"], Tag.EMAIL),
        (["+919876543210", "98765 43210", "1800-123-4567"], Tag.CBN),
        (["acme://orders/7"], Tag.URLOTT),
        (["7", "eight"], Tag.ALPHANUMERIC),
        (["1234567890"], Tag.NUMERIC),
        (["₹ 500"], None),
        (["Flat 3-B"], None),
    ],
)
def test_the_narrowest_type_that_takes_every_value_is_suggested(values: list[str], tag: Tag | None):
    assert suggested(*values).tag == tag


def test_the_value_in_the_way_is_named():
    assert "“Flat 3-B” holds '-'" in suggested("Acme", "Flat 3-B").reason


def test_few_values_are_not_relied_on():
    assert not suggested("1", "1", "1", "1", "1", "1").is_sure
    assert suggested("1", "2", "3", "4", "5").is_sure


def test_messages_that_do_not_match_say_nothing():
    template = compile_template(TEXT)
    found = suggest(template, ["Your order 7 is late - ACMECO"])[0]
    assert (found.messages, found.tag) == (0, None)
    assert "Nothing was sent" in found.reason


def test_a_typed_variable_stays_as_it_is():
    template = compile_template("Code {#numeric#} for {#var#} - ACMECO")
    found = suggest(template, ["Code 12 for Asha - ACMECO"])
    assert [one.tag for one in found] == [Tag.NUMERIC, Tag.ALPHANUMERIC]
    assert retagged(template.text, [None, Tag.ALPHANUMERIC]) == (
        "Code {#numeric#} for {#alphanumeric#} - ACMECO"
    )


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
def test_a_suggested_type_takes_every_value_it_was_suggested_for(values: list[str]):
    template = compile_template(TEXT)
    bodies = [TEXT.replace("{#var#}", value) for value in values]
    sent = [body for body in bodies if isinstance(check(template, body), Match)]
    found = suggest(template, sent)[0]
    if found.tag:
        typed = compile_template(retagged(TEXT, [found.tag]))
        assert all(isinstance(check(typed, body), Match) for body in sent)
