"""Reading a registered text: what is a variable, what is text, what belongs together."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Match, Mismatch, check, compile_template, placeholders, render
from dlt.matcher.problem import NoteCode


def tags_of(text):
    return [hole.tag.value for hole in placeholders(text)]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("var", "var"), ("numeric", "numeric"), ("number", "numeric"), ("num", "numeric"),
        ("alphanumeric", "alphanumeric"), ("alp", "alphanumeric"), ("url", "url"), ("urg", "url"),
        ("urlott", "urlott"), ("uro", "urlott"), ("cbn", "cbn"), ("email", "email"),
    ],
)  # fmt: skip
def test_long_and_short_tags_in_both_brackets_are_the_same_variable(name, tag):
    assert tags_of(f"{{#{name}#}} and <#{name}#>") == [tag, tag]


@pytest.mark.parametrize(
    "text", ["{#Var#}", "{#VAR#}", "{# var #}", "{#var1#}", "{#var#>", "<#var#}", "##var##"]
)
def test_what_only_looks_like_a_variable_is_registered_text_with_a_warning(text):
    template = compile_template(f"Hi {text}, welcome")
    assert placeholders(text) == ()
    assert [note.code for note in template.warnings] == [NoteCode.NOT_A_PLACEHOLDER]
    assert isinstance(check(template, f"Hi {text}, welcome"), Match)


def test_an_unknown_lower_case_tag_is_an_untyped_variable_with_a_warning():
    template = compile_template("Dear {#pname#}, welcome")
    answer = check(template, "Dear Asha, welcome")
    assert isinstance(answer, Match)
    assert answer.variables[0].tag == "var"
    assert answer.notes[0].code == NoteCode.UNKNOWN_TAG
    assert "pname" in answer.notes[0].message


def test_tags_held_outside_the_text_win():
    template = compile_template("Code {#var#} for {#var#}", tags=["num", ""])
    assert isinstance(check(template, "Code 12 for Asha"), Match)
    refused = check(template, "Code 1A for Asha")
    assert isinstance(refused, Mismatch)
    assert refused.problems[0].code == "VAR_BAD_TYPE"


def test_more_tags_than_variables_are_noted_and_an_unknown_one_is_untyped():
    template = compile_template("Code {#numeric#}", tags=["date", "num"])
    assert isinstance(check(template, "Code next week"), Match)
    assert len(template.warnings) == 2


def test_adjacent_variables_of_one_tag_share_their_room():
    template = compile_template("{#numeric#}{#num#}{#var#} END", Limits(numeric=3, var=2))
    answer = check(template, "12345x END")
    assert isinstance(answer, Match)
    assert [value.value for value in answer.variables] == ["123", "4", "5x"]
    assert [value.limit for value in answer.variables] == [3, 3, 2]


def test_a_short_value_leaves_the_later_of_adjacent_variables_empty():
    answer = check(compile_template("Hi {#var#}{#var#}!"), "Hi Al!")
    assert [value.value for value in answer.variables] == ["Al", ""]


def test_rendering_keeps_the_registered_bytes():
    registered = "  A\r\ncafe\u0301 {#var#}<#num#> \r\n"
    assert render(compile_template(registered), ["x", "1"]) == "  A\r\ncafe\u0301 x1 \r\n"


@pytest.mark.parametrize("values", [[], ["a", "b"]])
def test_rendering_wants_one_value_for_each_variable(values):
    with pytest.raises(ValueError, match="zip"):
        render(compile_template("Hi {#var#}"), values)


def test_only_line_break_style_composition_and_outer_blanks_are_forgiven():
    template = compile_template("\tcafe\u0301 {#var#}\r\nend ")
    assert isinstance(check(template, " caf\u00e9 x\nend\n"), Match)
    assert isinstance(check(template, "caf\u00e9 x\rend"), Match)
    assert isinstance(check(template, "cafe x\nend"), Mismatch)


@pytest.mark.parametrize(("body", "fits"), [("", False), (" \n", False), ("x", False)])
def test_an_empty_template_matches_nothing(body, fits):
    assert isinstance(check(compile_template(""), body), Match) is fits


def test_a_template_is_compiled_once():
    assert compile_template("Hi {#var#}") is compile_template("Hi {#var#}", Limits(), [])
