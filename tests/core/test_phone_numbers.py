"""Numbers are read as libphonenumber reads them, and judged before anything is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.phone_numbers import (
    EmergencyNumber,
    ImpossibleNumber,
    NotAPhoneNumber,
    PhoneNumber,
    ShortNumber,
    UnknownRegion,
    caller,
    lookup,
    mask,
    parse,
    parse_e164,
    refusal_for_sms,
)

FILE = Path(__file__).parent.parent / "cases" / "phone_cases.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]

STRICTER_THAN_LIBPHONENUMBER = {"1800-XXX-XXXX", "call 98765 43210 now", "+91 98765 4321O"}
"""Letters, which libphonenumber reads as digits or drops; test_phone_spelling.py says why not."""


def followed(*, valid: bool) -> list[Any]:
    return [
        pytest.param(case, id=case["input"])
        for case in CASES
        if case["expect"]["valid"] is valid and case["input"] not in STRICTER_THAN_LIBPHONENUMBER
    ]


@pytest.mark.parametrize("case", followed(valid=True))
def test_a_valid_number_is_read_as_libphonenumber_reads_it(case: dict[str, Any]) -> None:
    number, expected = parse(case["input"], case["region"]), case["expect"]

    assert (number.e164, number.type, number.country) == (
        expected["e164"],
        expected["type"],
        expected["country"],
    )
    assert (number.valid, number.possible) == (True, True)
    assert bool(number.location) is ("location" in expected)


@pytest.mark.parametrize("case", followed(valid=False))
def test_an_invalid_number_is_found_invalid_and_possible_only_if_its_length_is(
    case: dict[str, Any],
) -> None:
    facts = lookup(case["input"], case["region"])

    assert (facts["valid"], facts["e164"], facts["country"]) == (False, None, None)
    assert facts["possible"] is (case["expect"].get("possible") == "IS_POSSIBLE")


@pytest.mark.parametrize("case", followed(valid=False))
def test_only_an_impossible_number_is_refused(case: dict[str, Any]) -> None:
    if case["expect"].get("possible") == "IS_POSSIBLE":
        number = parse(case["input"], case["region"])
        assert (number.e164, number.valid) == (case["expect"]["e164_if_forced"], False)
    else:
        with pytest.raises(DomainError):
            parse(case["input"], case["region"])


@pytest.mark.parametrize("case", [case for case in CASES if "parse_error" in case["expect"]])
def test_a_text_that_libphonenumber_cannot_parse_is_not_a_number(case: dict[str, Any]) -> None:
    with pytest.raises(NotAPhoneNumber):
        parse(case["input"], case["region"])


@pytest.mark.parametrize("case", [case for case in CASES if "short_number" in case])
def test_service_numbers_are_told_from_emergency_numbers_and_neither_is_used(
    case: dict[str, Any],
) -> None:
    error = EmergencyNumber if case["short_number"]["emergency"] else ShortNumber
    with pytest.raises(error):
        parse(case["input"], case["region"])


def test_a_delhi_landline_that_begins_like_112_is_no_emergency_number() -> None:
    assert parse_e164("1125006789") == "+911125006789"


def test_a_number_possible_only_inside_one_town_is_refused() -> None:
    with pytest.raises(ImpossibleNumber, match="without its area code"):
        parse("2562533")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("+91 98765", "too short"), ("+91 98765 43210 98765", "too long"), ("9" * 30, "too long")],
)
def test_a_wrong_length_is_refused_with_a_remedy(text: str, problem: str) -> None:
    with pytest.raises(ImpossibleNumber, match=f"it is {problem}. Give all digits"):
        parse(text)


def test_the_region_decides_what_a_number_without_country_code_means() -> None:
    assert parse("415-555-2671", "us").country == "US"
    assert parse("415-555-2671", "IN").country == "IN"


@pytest.mark.parametrize("region", ["", "XX", "INDIA"])
def test_a_region_that_is_no_country_is_refused(region: str) -> None:
    with pytest.raises(UnknownRegion, match="two ISO 3166 letters"):
        lookup("9876543210", region)


def test_a_number_of_a_series_newer_than_the_metadata_still_has_its_country() -> None:
    number = parse("+914412345678")

    assert (number.valid, number.type, number.country) == (False, "UNKNOWN", "IN")
    assert parse("+1 555 555 5555").country is None


def test_a_lookup_tells_the_place_of_a_landline() -> None:
    assert lookup("022-23456789") == {
        "valid": True,
        "possible": True,
        "e164": "+912223456789",
        "type": "FIXED_LINE",
        "country": "IN",
        "location": "Mumbai",
    }


def test_a_caller_withheld_in_keypad_digits_is_unknown_even_where_a_number_would_parse() -> None:
    assert parse_e164("+86282452253")
    assert caller("+86282452253") is None


@pytest.mark.parametrize("text", ["sip:agent1@pbx.example.com", "139", "112", "+91", "2562533"])
def test_a_caller_that_cannot_be_called_back_is_unknown(text: str) -> None:
    assert caller(text) is None


def test_an_ordinary_caller_is_known() -> None:
    assert caller("09876543210") == parse("+919876543210")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+919876543210", None),
        ("+14155552671", None),
        ("+914412345678", None),
        ("+449098790000", "phone.premium_rate"),
        ("+979123456789", "phone.premium_rate"),
        ("18601234567", "phone.shared_cost"),
        ("+447012345678", "phone.personal_number"),
        ("+881612345678", "phone.satellite"),
        ("+912223456789", "phone.landline"),
        ("1402345678", "phone.landline"),
        ("18001234567", "phone.toll_free"),
    ],
)
def test_a_number_that_costs_or_cannot_receive_is_refused_for_sms(
    text: str, reason: str | None
) -> None:
    assert refusal_for_sms(parse(text)) == reason


def test_an_impossible_number_is_refused_for_sms() -> None:
    number = PhoneNumber(e164="+91112", type="UNKNOWN", country="IN", valid=False, possible=False)

    assert refusal_for_sms(number) == "phone.impossible"


def test_mobiles_and_numbers_that_may_be_mobiles_can_receive_sms() -> None:
    assert parse("+919876543210").can_receive_sms
    assert parse("+14155552671").can_receive_sms
    assert not parse("+912223456789").can_receive_sms


@pytest.mark.parametrize(
    ("e164", "masked"),
    [
        ("+919876543210", "+91 98•••• 3210"),
        ("+14155552671", "+1 41•••• 2671"),
        ("+2521234567", "+252 •••• 567"),
        ("+91112", "+91 ••••"),
        ("anonymous", "••••"),
        ("", "••••"),
    ],
)
def test_a_masked_number_hides_at_least_four_digits(e164: str, masked: str) -> None:
    assert mask(e164) == masked


@given(st.text(max_size=300))
def test_whatever_the_text_a_lookup_answers(text: str) -> None:
    assert set(lookup(text)) == {"valid", "possible", "e164", "type", "country", "location"}


@given(st.from_regex(r"[6-9][0-9]{9}", fullmatch=True))
def test_a_parsed_number_parses_to_itself(digits: str) -> None:
    e164 = parse_e164(digits)

    assert parse_e164(e164, "US") == e164
