"""Finding a cut: existence counts, not the first guess; registered text is text."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Match, check, compile_template


def values_of(text, body, limits=None):
    answer = check(compile_template(text, limits or Limits()), body)
    assert isinstance(answer, Match)
    return [value.value for value in answer.variables]


def fits(text, body, limits=None):
    return isinstance(check(compile_template(text, limits or Limits()), body), Match)


@pytest.mark.parametrize("special", [*".*+?()[]{}|\\^$%_/#<>&\"'", "a.c", "(x)", "[a-z]", "\\d"])
def test_special_characters_are_literal(special):
    assert fits(f"A{special}B {{#var#}} {special}", f"A{special}B v {special}")
    assert not fits(f"A{special}B {{#var#}}", "AxB v")
    assert not fits(f"A{special}B {{#var#}}", "AB v")


@pytest.mark.parametrize(
    "body",
    ["hi Asha, bye", "Hi  Asha, bye", "Hi Asha , bye now", "Hi Asha; bye", "xHi Asha, bye",
     "Hi Asha, bye.", "Hi Asha,\nbye", "Hi Asha, Bye"],
)  # fmt: skip
def test_registered_text_is_compared_character_by_character(body):
    assert fits("Hi {#var#}, bye", "Hi Asha, bye")
    assert not fits("Hi {#var#}, bye", body) or body == "Hi  Asha, bye"


def test_a_blank_beside_a_value_belongs_to_the_value():
    assert values_of("Hi {#var#}, bye", "Hi  Asha , bye") == [" Asha "]


def test_a_longer_first_value_is_tried_when_the_shortest_does_not_work_out():
    text = "{#var#}-{#var#} - ACME"
    assert values_of(text, "ab-cd-" + "e" * 28 + " - ACME") == ["ab-cd", "e" * 28]


def test_a_value_may_be_padded_with_blanks_on_both_sides():
    assert values_of("{#var#}-{#var#}.", "1-2- a    .", Limits(var=6)) == ["1-2", " a    "]


def test_the_shortest_values_from_the_left_are_taken():
    assert values_of("{#var#}, {#var#}.", "a, b, c.") == ["a", "b, c"]


def test_a_typed_neighbour_decides_where_an_untyped_value_ends():
    text = "{#var#}{#numeric#}{#alphanumeric#} END"
    limits = Limits(numeric=2, alphanumeric=2)
    assert values_of(text, "abc1234 END", limits) == ["abc", "12", "34"]


def test_the_end_of_the_template_is_not_found_in_the_middle_of_the_body():
    assert fits("{#var#} - ACME", "x - ACME - ACME")
    assert not fits("{#var#} - ACME", "x - ACME!")
    assert not fits("{#var#} ACME ACME", "x ACME")


def test_positions_count_in_the_normalised_body():
    answer = check(compile_template("Hi {#var#}!"), "\r\n  Hi Asha!")
    value = answer.variables[0]
    assert (value.index, value.start, value.end) == (1, 3, 7)


def test_the_answer_has_the_shape_of_the_api():
    assert check(compile_template("Code {#num#}."), "Code 12.").as_dict() == {
        "match": True,
        "variables": [
            {"index": 1, "value": "12", "start": 5, "end": 7, "limit": 30, "tag": "numeric"}
        ],
        "problems": [],
        "notes": [],
    }
