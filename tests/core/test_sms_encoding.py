"""Bodies are encoded and cut as the GSM specifications say, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from core.sms_encoding import CannotEncode, TooManySegments, fits_one_part, is_gsm, segment

FILE = Path(__file__).parent.parent / "cases" / "sms_segment_cases.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
NAMES = {"gsm7": "gsm", "gsm": "gsm", "ucs2": "unicode"}
ERRORS = {"not_encodable": CannotEncode, "too_many_parts": TooManySegments}
GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = "\f^{}\\[~]|€"


def body_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    repeat = case["text_repeat"]
    return str(repeat["unit"] * repeat["length_chars"])[: repeat["length_chars"]]


def encoding_of(case: dict[str, Any]) -> Any:
    return NAMES[case["force"]] if "force" in case else "auto"


def cases(*, refused: bool) -> list[Any]:
    return [
        pytest.param(case, id=case["id"])
        for case in CASES
        if ("error" in case["expect"]) is refused
    ]


@pytest.mark.parametrize("case", cases(refused=False))
def test_a_body_is_encoded_and_cut_as_the_case_says(case: dict[str, Any]) -> None:
    result = segment(body_of(case), encoding_of(case))

    assert result.encoding == NAMES[case["expect"]["encoding"]]
    assert list(result.units) == case["expect"]["units"]
    assert [len(text) for text in result.texts] == case["expect"]["chars"]
    assert result.parts == case["expect"]["parts"]
    assert "".join(result.texts) == body_of(case)


@pytest.mark.parametrize("case", cases(refused=True))
def test_a_body_that_cannot_be_sent_is_refused_with_the_right_code(case: dict[str, Any]) -> None:
    with pytest.raises(ERRORS[case["expect"]["error"]]):
        segment(body_of(case), encoding_of(case))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if "smsutil" in case["agree"]]
)
def test_smsutil_cuts_at_the_same_places(case: dict[str, Any]) -> None:
    body, ours = body_of(case), segment(body_of(case), encoding_of(case))
    theirs = smsutil.unicode_split(body) if ours.encoding == "unicode" else smsutil.gsm_split(body)

    assert tuple(part.content for part in theirs.parts) == ours.texts


def test_the_characters_that_force_unicode_are_named_once_in_order_of_appearance() -> None:
    assert segment("₹10, é, अ and ₹20 अ").forcing_unicode == ("₹", "अ")


def test_a_gsm_body_sent_as_unicode_on_request_has_nothing_that_forces_it() -> None:
    result = segment("Hello", "unicode")

    assert (result.encoding, result.forcing_unicode) == ("unicode", ())


def test_forcing_gsm_names_the_characters_it_lacks_and_the_remedy() -> None:
    with pytest.raises(CannotEncode) as refusal:
        segment("₹\tx₹", "gsm")

    assert refusal.value.code == "sms.cannot_encode"
    assert refusal.value.context["characters"] == ["₹", "\t"]
    assert str(refusal.value) == (
        "The encoding gsm has no ₹ (U+20B9), U+0009."
        " Replace the characters, or choose the encoding unicode."
    )


@pytest.mark.parametrize("encoding", ["auto", "unicode", "gsm"])
def test_half_a_surrogate_pair_is_refused_because_no_carrier_can_be_given_it(encoding: Any) -> None:
    with pytest.raises(CannotEncode, match=r"U\+D83D"):
        segment("\ud83d", encoding)


def test_255_parts_that_each_waste_a_septet_are_the_limit() -> None:
    assert segment("€" * 76 * 255).parts == 255
    with pytest.raises(TooManySegments, match="more than 255 parts"):
        segment("€" * (76 * 255 + 1))


@given(st.text(max_size=600))
def test_cutting_never_loses_a_character(body: str) -> None:
    assert "".join(segment(body).texts) == body


@given(st.text(max_size=600))
def test_unicode_units_are_those_of_utf_16_and_no_part_is_over_full(body: str) -> None:
    result = segment(body, "unicode")

    assert result.units == tuple(len(text.encode("utf-16-be")) // 2 for text in result.texts)
    assert max(result.units) <= (70 if result.parts == 1 else 67)


@given(st.text(alphabet=GSM_BASIC + GSM_EXTENSION, max_size=900))
def test_gsm_units_count_extension_characters_twice_and_no_part_is_over_full(body: str) -> None:
    result = segment(body)

    assert result.encoding == "gsm"
    assert result.units == tuple(
        sum(2 if character in GSM_EXTENSION else 1 for character in text) for text in result.texts
    )
    assert max(result.units) <= (160 if result.parts == 1 else 153)


@given(st.text(alphabet=st.sampled_from("a€अ😀"), max_size=600))
def test_no_fuller_cut_exists_because_each_part_has_no_room_for_the_next_character(
    body: str,
) -> None:
    result = segment(body)
    room = 153 if result.encoding == "gsm" else 67

    for units, following in zip(result.units, result.texts[1:], strict=False):
        assert units + segment(following[0], result.encoding).units[0] > room


@given(st.text(st.sampled_from([*GSM_BASIC, *GSM_EXTENSION, "\u20b9", "\U0001f600"]), max_size=200))
def test_a_body_fits_one_part_when_it_is_cut_into_one(body: str) -> None:
    assert fits_one_part(body) == (segment(body).parts == 1)
    assert is_gsm(body) == (segment(body).encoding == "gsm")


def test_half_a_surrogate_pair_is_counted_where_nothing_is_sent() -> None:
    assert fits_one_part("\ud83d" * 70)
    assert not fits_one_part("\ud83d" * 71)
