"""How long a value may be: per variable, per tag, and from stored settings."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Match, Mismatch, check, compile_template, matches, placeholders


def test_a_variable_with_a_limit_of_its_own_holds_that_many_characters():
    template = compile_template("Hi {#var#}, code {#num#} now", longest=[4, None])
    assert template.longest == (4, 30)
    assert matches(template, "Hi Asha, code 123456 now")
    refused = check(template, "Hi Ashas, code 123456 now")
    assert isinstance(refused, Mismatch)
    (problem,) = refused.problems
    assert (problem.code, problem.variable, problem.limit) == ("VAR_TOO_LONG", 1, 4)
    assert [value.limit for value in refused.variables] == [4, 30]


def test_a_limit_of_its_own_may_be_longer_than_that_of_the_tag():
    template = compile_template("Read {#url#} today", longest=[200])
    assert matches(template, "Read https://" + "a" * 192 + " today")
    assert not matches(template, "Read https://" + "a" * 193 + " today")


def test_limits_may_be_fewer_or_more_than_the_variables():
    text = "{#var#} and {#var#}"
    assert compile_template(text, longest=[5]).longest == (5, 30)
    assert compile_template(text, longest=[5, 6, 7]).longest == (5, 6)
    assert compile_template(text, longest=[]) is compile_template(text)


def test_adjacent_variables_share_the_sum_of_their_own_limits_and_each_is_cut_at_its_own():
    template = compile_template("Hi {#var#}{#var#}{#var#} end", longest=[3, None, 5])
    matched = check(template, "Hi abcdefghij end")
    assert isinstance(matched, Match)
    cuts = [(value.value, value.limit) for value in matched.variables]
    assert cuts == [("abc", 3), ("defghij", 30), ("", 5)]
    assert matches(template, "Hi " + "x" * 38 + " end")
    refused = check(template, "Hi " + "x" * 39 + " end")
    assert isinstance(refused, Mismatch)
    assert (refused.problems[0].length, refused.problems[0].limit) == (39, 38)


@pytest.mark.parametrize("length", [0, -1, 2001, 3.0, "30", True])
def test_a_limit_that_cannot_be_one_is_refused_by_the_name_of_its_variable(length):
    with pytest.raises(ValueError, match="The limit of variable 2 must be a whole number"):
        compile_template("Odd {#var#} limit {#var#}", longest=[None, length])


def test_a_longer_limit_elsewhere_does_not_lift_a_variable_that_is_short_on_purpose():
    template = compile_template("Door {#var#} and {#var#} end", longest=[4])
    short = check(template, "Door 12345 and x end")
    assert isinstance(short, Mismatch)
    assert not short.notes
    longer = check(template, "Door 1234 and " + "x" * 40 + " end")
    assert isinstance(longer, Mismatch)
    assert [str(note.code) for note in longer.notes] == ["PASSES_WITH_LIMIT_40"]


def test_variables_are_listed_with_the_tags_held_outside_the_text():
    holes = placeholders("Code {#var#} for {#var#} on {#num#}", tags=["numeric", "", "alp", "x"])
    assert [(hole.index, hole.tag.value, hole.name) for hole in holes] == [
        (1, "numeric", "numeric"), (2, "var", "var"), (3, "alphanumeric", "alp"),
    ]  # fmt: skip


def test_limits_are_built_from_stored_settings():
    limits = Limits.from_mapping({"var": 40, "alphanumeric_punctuation": " _/.-"})
    assert limits == Limits(var=40, alphanumeric_punctuation=" _/.-")
    assert Limits.from_mapping({}) == Limits()


def test_limits_of_an_account_are_laid_over_those_of_an_operator():
    operator = Limits.from_mapping({"var": 40, "numeric": 40})
    assert operator.with_({"var": 25}) == Limits(var=25, numeric=40)
    assert operator.with_({}) == operator


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"vars": 40}, "There is no limit named 'vars'"),
        ({"var": 0}, "The limit of var must be a whole number from 1 to 2000, not 0."),
        ({"url": 2001}, "The limit of url"),
        ({"body": "2000"}, "The limit of body"),
        ({"cbn": True}, "The limit of cbn"),
        ({"email": None}, "The limit of email"),
        ({"alphanumeric_punctuation": 5}, "alphanumeric_punctuation must be a text"),
        ({"alphanumeric_punctuation": "-\n"}, "alphanumeric_punctuation must be a text"),
        ({"alphanumeric_punctuation": "-" * 41}, "alphanumeric_punctuation must be a text"),
        ([40], "Limits must be a table"),
    ],
)
def test_settings_that_cannot_be_limits_are_refused_by_name(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        Limits.from_mapping(given)
