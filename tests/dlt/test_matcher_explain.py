"""Why a body is refused: every reason, in words, with the place and a repair."""

from __future__ import annotations

import pytest

from dlt.matcher import Limits, Mismatch, check, compile_template, matches
from dlt.matcher.differences import differences
from dlt.matcher.problem import NoteCode
from dlt.matcher.steps import Move, Step


def refusal(text, body, limits=None):
    answer = check(compile_template(text, limits or Limits()), body)
    assert isinstance(answer, Mismatch)
    return answer


def only(answer):
    (problem,) = answer.problems
    return problem


def test_the_text_of_another_support_line_is_explained_at_its_first_difference():
    answer = refusal(
        "Thank you for calling {#var#}. Your reference number is {#var#}. "
        "For support, call {#var#}.",
        "Thank you for calling Acme Corp. Your reference number is 12AB34CD56.\n"
        "For further assistance, call us at 1800-XXX-XXXX.",
    )
    assert [problem.message for problem in answer.problems] == [
        "Text differs at character 70: a space expected, a line break found (line break).",
        "Text differs at character 75: 'support,' expected, 'further assistance,' found.",
    ]
    assert [value.value for value in answer.variables] == [
        "Acme Corp", "12AB34CD56", "us at 1800-XXX-XXXX",
    ]  # fmt: skip
    assert answer.suggestion == (
        "Thank you for calling Acme Corp. Your reference number is 12AB34CD56. "
        "For support, call us at 1800-XXX-XXXX."
    )


@pytest.mark.parametrize(
    ("text", "body", "kind", "position"),
    [
        ("Rs.{#var#} paid. - ACME", "Rs 500 paid. - ACME", "punctuation", 3),
        ("Hi {#var#} from ACME Ltd", "Hi Al from Acme Ltd", "case", 13),
        ("Call {#var#} or  write", "Call 12 or write", "whitespace", 12),
        ("Hi {#var#},\nwelcome home", "Hi Al, welcome home", "newline", 7),
        ("It's {#var#} today", "It\u2019s 12 today", "lookalike", 3),
        ("Pay Rs {#var#} - ACME", "Pay\u00a0Rs 12 - ACME", "lookalike", 4),
        ("From {#var#} - ACME", "From 12 \u2013 ACME", "lookalike", 9),
        ("ACME: {#var#} today", "\u0410CME: 12 today", "lookalike", 1),
        ("Welcome {#var#} home", "Wel\u200bcome Al home", "invisible", 4),
        ("Welcome {#var#} home now", "Welcome Al ho\ufeffme now", "invisible", 14),
        ("You are {#var#} selected", "You are Al chosen", "text", 12),
        ("Code {#var#}. Never share it. - ACME", "Code 12. - ACME", "missing", 9),
        ("Code {#var#}. - ACME", "Code 12. - ACME Get 20% off", "extra", 16),
        ("Code is {#var#}.", "<#> Code is 12.", "extra", 1),
        ("Code is {#var#}. Reply STOP", "Code is 12. Reply", "missing", 18),
        ("Code {#var#}. Read our terms now.", "Code 12. Read all our terms now.", "text", 15),
    ],
)
def test_the_kind_and_place_of_a_difference(text, body, kind, position):
    answer = refusal(text, body)
    problem = only(answer)
    assert (problem.kind, problem.position) == (kind, position)
    assert answer.suggestion is not None
    assert matches(compile_template(text), answer.suggestion)


def test_all_differences_are_told_from_left_to_right():
    answer = refusal(
        "Dear {#var#}, your Order {#numeric#} is packed. Thank you. - ACME",
        "Dear Asha, your order 12A is paked. Thank you - ACME",
    )
    found = [(problem.code, problem.kind, problem.position) for problem in answer.problems]
    assert found == [
        ("STATIC_MISMATCH", "case", 17),
        ("VAR_BAD_TYPE", None, 25),
        ("STATIC_MISMATCH", "text", 32),
        ("STATIC_MISMATCH", "punctuation", 46),
    ]
    assert answer.suggestion is None


def test_invisible_characters_are_shown_by_name_and_code_point():
    problem = only(refusal("Welcome {#var#} home", "Wel\u200bcome Al home"))
    assert "ZERO WIDTH SPACE (U+200B)" in problem.message
    assert "\u200b" not in problem.message


def test_lookalikes_are_shown_by_name():
    problem = only(refusal("It's {#var#} today", "It\u2019s 12 today"))
    assert "RIGHT SINGLE QUOTATION MARK (U+2019)" in problem.message


@pytest.mark.parametrize(
    ("text", "body", "message"),
    [
        (
            "Visit {#var#} now",
            f"Visit {'x' * 31} now",
            f"Variable 1 is 31 characters, limit 30 (1 too many): '{'x' * 31}'.",
        ),
        (
            "Rs {#numeric#} paid",
            "Rs 1,249 paid",
            "Variable 1 must be digits only, found ',' as its 2nd character.",
        ),
        ("Hi {#var#}!", "Hi !", "Variable 1 is empty."),
        ("Hi {#var#}!", "Hi  !", "Variable 1 holds only blanks."),
        ("Hi {#var#}{#var#}!", "Hi !", "Variables 1 to 2 together are empty."),
        (
            "Hi {#var#}!",
            "Hi a\nb!",
            "Variable 1 must not hold a line break, found one as its 2nd character.",
        ),
        ("Hi {#cbn#}!", "Hi you!",
         "Variable 1 must be a telephone number of 8 to 13 digits, found 'you'."),
        ("Ask {#var#} two  words", "Ask me two words",
         "Text is missing at character 12: a space expected (whitespace)."),
        ("Ask {#var#} end", "Ask me\t end", "Variable 1"),
        ("Hi {#var#}, we met", "Hi Al,\n\n\nwe met",
         "Text differs at character 7: a space expected, 3 line breaks found (line break)."),
    ],
)  # fmt: skip
def test_sentences_are_plain(text, body, message):
    answer = check(compile_template(text), body)
    if message == "Variable 1":
        assert answer.variables[0].value == "me\t"
    else:
        assert only(answer).message == message


def test_the_eleventh_character_is_not_the_eleven_first():
    problem = only(refusal("{#numeric#} END", "1234567890x END"))
    assert "11th character" in problem.message


def test_an_empty_last_variable_is_named_though_its_blank_was_stripped():
    problem = only(refusal("Your ticket is {#var#}", "Your ticket is "))
    assert (problem.code, problem.variable, problem.position) == ("VAR_EMPTY", 1, 15)
    problem = only(refusal("{#var#} is your code", " is your code"))
    assert (problem.code, problem.variable, problem.position) == ("VAR_EMPTY", 1, 1)


def test_the_cut_with_the_fewest_wrong_values_is_explained():
    answer = refusal("{#var#}-{#var#} END", "a-b-" + "c" * 40 + " END")
    problem = only(answer)
    assert (problem.variable, problem.length) == (2, 40)
    answer = refusal("{#numeric#}/{#numeric#} END", "1/2/3 END")
    assert [problem.code for problem in answer.problems] == ["VAR_BAD_TYPE"]


def test_a_value_too_long_beside_an_edited_word_is_still_named():
    answer = refusal("Hi {#var#}, welcome to ACME", "Hi " + "x" * 33 + ", Welcome to ACME")
    assert [(problem.code, problem.kind) for problem in answer.problems] == [
        ("VAR_TOO_LONG", None), ("STATIC_MISMATCH", "case"),
    ]  # fmt: skip


def test_a_value_too_long_that_ends_before_punctuation_is_named_whole():
    answer = refusal(
        "Dear {#var#}, your order {#var#} has been shipped.",
        "Dear Ravi Kumar Sharma of Bengaluru City, your order 12 has been shiped",
    )
    assert [(problem.code, problem.length) for problem in answer.problems] == [
        ("VAR_TOO_LONG", 35), ("STATIC_MISMATCH", None),
    ]  # fmt: skip


def test_a_whole_sentence_is_not_dropped_to_save_a_few_letters():
    answer = refusal(
        "Hi {#var#}, your bill of Rs {#numeric#} is due.", "Hi Asha Your bill of Rs 1,20 is due"
    )
    found = [(problem.kind or problem.code, problem.position) for problem in answer.problems]
    assert found == [("punctuation", 8), ("case", 9), ("VAR_BAD_TYPE", 26), ("punctuation", 36)]


def test_a_swallowed_sentence_is_not_taken_for_a_value():
    answer = refusal("Due on {#var#}. Ignore if paid.", "Due on 05-Dec. Please ignore if paid.")
    assert answer.suggestion == "Due on 05-Dec. Ignore if paid."
    assert only(answer).kind == "text"


def test_an_empty_variable_beside_an_edited_text_is_named():
    answer = refusal(
        "Your statement is ready: {#var#} - Ledgerly", "Your statement is ready - Ledgerly"
    )
    assert {problem.code for problem in answer.problems} == {"STATIC_MISMATCH", "VAR_EMPTY"}


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "BODY_EMPTY"), (" \r\n\t", "BODY_EMPTY"), ("\u2003", "BODY_EMPTY"),
     ("x" * 2001, "BODY_TOO_LONG"), ("x" * 9000, "BODY_TOO_LONG")],
)  # fmt: skip
def test_nothing_and_too_much_are_refused_before_any_comparison(body, code):
    answer = refusal("{#var#} {#var#}", body)
    assert only(answer).code == code
    assert not matches(compile_template("{#var#} {#var#}"), body)


def test_length_is_counted_after_normalising():
    text = "x" * 1996 + "{#var#}"
    assert matches(compile_template(text), "  " * 3000 + "x" * 1996 + "e\u0301" * 4 + "\r\n")


def test_letters_that_normalising_takes_apart_count_as_what_they_become():
    composed = "\u0958"
    assert only(refusal("{#var#}", composed * 1001)).length == 2002


@pytest.mark.parametrize("left", ["{#var#}", "<#var#>", "{#Name#}", "{# anything #}"])
def test_a_placeholder_left_in_the_body_is_refused(left):
    answer = refusal("Hi {#var#}, welcome", f"Hi {left}, welcome")
    problem = only(answer)
    assert (problem.code, problem.position, problem.found) == ("UNFILLED_PLACEHOLDER", 4, left)
    assert answer.suggestion is None


def test_other_reasons_are_told_beside_a_placeholder_left_in():
    answer = refusal("Hi {#var#}, welcome to ACME", "Hi {#var#}, Welcome to ACME")
    assert [problem.code for problem in answer.problems] == [
        "UNFILLED_PLACEHOLDER", "STATIC_MISMATCH",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "body", "position"),
    [
        ("Your order {#var#} has been packed and shipped", "Happy Diwali from us", 1),
        ("Your order {#var#} has been packed and shipped today", "Your offer 5 is gone", 7),
        ("{#var#} has been packed and will be shipped", "We has.", 7),
        ("{#var#}".join(f"word{number:02}tail" for number in range(21)), "zzz", 1),
        ("Hi {#var#}. Good night all of you and thanks for all", "Hi 12. Come home", 8),
    ],
)
def test_an_unrelated_text_is_followed_as_far_as_possible(text, body, position):
    answer = refusal(text, body)
    assert answer.problems[0].code == "STATIC_MISMATCH"
    assert answer.problems[0].position == position
    assert answer.problems[0].message.endswith("The rest is too different to compare.")
    assert answer.suggestion is None


def test_a_comparison_too_costly_still_points_at_the_first_text_out_of_place():
    problem = only(refusal("x ".join(["{#email#}"] * 60) + " END", "x " * 800 + " END!"))
    assert (problem.position, problem.found) == (1605, "!")
    assert "too different to compare" in problem.message


def test_a_body_longer_than_the_templates_static_text_without_any_variable():
    answer = refusal("Closed today", "Closed today and tomorrow")
    assert only(answer).kind == "extra"
    assert answer.suggestion == "Closed today"


def test_a_mismatch_has_the_shape_of_the_api():
    assert refusal("Code {#num#}.", "Code 12").as_dict() == {
        "match": False,
        "variables": [
            {"index": 1, "value": "12", "start": 5, "end": 7, "limit": 30, "tag": "numeric"}
        ],
        "problems": [
            {
                "code": "STATIC_MISMATCH",
                "message": "Text is missing at the end: '.' expected (punctuation).",
                "position": 8,
                "expected": ".",
                "found": "",
                "kind": "punctuation",
            }
        ],
        "notes": [
            {
                "code": NoteCode.PASSES_WITHOUT_PUNCTUATION,
                "message": "Operators that ignore punctuation and blanks would pass it; "
                "others refuse it.",
            }
        ],
        "suggestion": "Code 12.",
    }


def test_texts_that_are_the_same_have_no_differences():
    steps = [Step(Move.SAME, char, char, at) for at, char in enumerate("Hi")]
    assert differences(steps, "Hi") == []
