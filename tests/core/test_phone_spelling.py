"""Texts are read as the one number they spell, or refused where that would be a guess."""

from __future__ import annotations

import time

import pytest

from core.phone_numbers import (
    NotAPhoneNumber,
    caller,
    from_query,
    is_withheld,
    lookup,
    parse,
    parse_e164,
)

WITH_LETTERS = {
    "1800-XXX-XXXX": "libphonenumber reads X as the keypad digit 9: a valid toll-free number",
    "call 98765 43210 now": "libphonenumber reads the word now as the digits 669",
    "+91 98765 4321O": "libphonenumber drops the letter O, which somebody typed for a zero",
}


@pytest.mark.parametrize("text", WITH_LETTERS, ids=WITH_LETTERS.get)
def test_letters_are_refused_where_libphonenumber_would_make_digits_of_them(text: str) -> None:
    with pytest.raises(NotAPhoneNumber, match=r"it has letters\. Give digits only"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is empty"),
        ("   ", "it is empty"),
        ("\u200e\u200b", "it is empty"),
        ("anonymous", "the number is withheld"),
        ("Restricted", "the number is withheld"),
        ("98765 43210/11", "it seems to hold two numbers"),
        ("9876543210, 9876543211", "it seems to hold two numbers"),
        ("9876543210; 9876543211", "it seems to hold two numbers"),
        ("9876543210\n9876543211", "it seems to hold two numbers"),
        ("+919876543210+919876543211", "it seems to hold two numbers"),
        ("98765@43210", "U[+]0040 is no part of a number"),
        ("*121#", "U[+]002A is no part of a number"),
        ("+999 98765 43210", "no country has this code"),
        ("sip:agent1@pbx.example.com", "it has letters"),
        ("tel:98765-43210;phone-context=example.com", "it seems to hold two numbers"),
        ("+", "it has too few digits"),
        ("9" * 251, "it has more than 250 characters"),
    ],
)
def test_what_is_not_one_number_is_refused_with_the_problem_and_a_remedy(
    text: str, problem: str
) -> None:
    with pytest.raises(
        NotAPhoneNumber, match=rf"is not a telephone number: {problem}\. [A-Z].*\.$"
    ):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "(+91) 98765 43210",
        "tel:+91-98765-43210",
        "TEL:+919876543210;ext=12",
        "98765 43210 ext. 12",
        "98765 43210 extension 12",
        "9876543210x12",
        " +91 98765 43210\n",
        "\u2067+91\u00a098765\u201143210\u2069",
        "+٩١٩٨٧٦٥٤٣٢١٠",
        "⑨⑧⑦⑥⑤④③②①0",
    ],
)
def test_common_and_foreign_spellings_give_the_same_number(text: str) -> None:
    assert parse_e164(text) == "+919876543210"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anonymous",
        "Anonymous ",
        "RESTRICTED",
        "unknown",
        "Unavailable",
        "+266696687",
        "+2562533",
    ],
)
def test_a_withheld_caller_is_unknown(text: str) -> None:
    assert is_withheld(text)
    assert caller(text) is None


@pytest.mark.parametrize(
    ("decoded", "meant"),
    [
        (" 919876543210", "+919876543210"),
        ("+919876543210", "+919876543210"),
        ("919876543210", "919876543210"),
        ("  919876543210", "  919876543210"),
        (" (91) 9876543210", " (91) 9876543210"),
        (" ", " "),
        ("", ""),
    ],
)
def test_one_space_before_a_digit_in_a_query_was_an_unescaped_plus(
    decoded: str, meant: str
) -> None:
    assert from_query(decoded) == meant


@pytest.mark.parametrize("junk", ["9", "+", "a.", "x1", " ", "(", "\u200b", "ﷺ", "1 ext "])
def test_100_kb_of_junk_is_refused_in_5_ms(junk: str) -> None:
    text = junk * (100_000 // len(junk))
    lookup("9876543210")
    durations = []
    for _ in range(3):
        before = time.perf_counter()
        facts = lookup(text)
        caller(text)
        durations.append(time.perf_counter() - before)

    assert facts["possible"] is False
    assert min(durations) < 0.005
