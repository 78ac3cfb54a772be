"""Variables in texts: what is replaced, what stays, what is refused."""

from __future__ import annotations

import contextlib
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applets.cutting import first_characters
from applets.expressions import MISSING, BadExpression
from applets.variables import (
    LONGEST_VALUE,
    MissingVariable,
    expand,
    expand_lenient,
    expand_with_samples,
    names_in,
    sample_values,
)

DATA: dict[str, Any] = {
    "name": "Meera",
    "empty": "",
    "nothing": None,
    "yes": True,
    "number": 4.5,
    "nodes": {"lookup": {"json": {"items": [{"name": "Pen"}], "a b": "key"}, "status": 200}},
    "__proto__": "no",
}


def put_in(text: str) -> str:
    return expand(text, lambda name: DATA.get(name, MISSING))


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("", ""),
        ("no variables", "no variables"),
        ("Hello {name}", "Hello Meera"),
        ("{name}{name}", "MeeraMeera"),
        ("{empty}.", "."),
        ("{yes} {number}", "true 4.5"),
        ("${{ name }}", "Meera"),
        ("${{nodes.lookup.json.items[0].name}}", "Pen"),
        ("${{ nodes?.lookup?.json?.items?.[0]?.name }}", "Pen"),
        ('${{ nodes.lookup.json["a b"] }}', "key"),
        ("${{ nodes.lookup.status }}", "200"),
        ('${{ nodes.lookup.json.items[7].name ?? "a thing" }}', "a thing"),
        ("${{ unknown.path ?? 'there' }}", "there"),
        ("${{ unknown ?? 3 }}", "3"),
        ("${{ nothing ?? 2.5 }}", "2.5"),
        ('${{ name ?? "}}" }}', "Meera"),
        ("${{ name.slice(0, 3) }}", "Mee"),
        ("${{ name .slice( 0 , 30 ) ?? 'there' }}", "Meera"),
        ("${{ unknown.path?.slice(0, 3) ?? 'there' }}", "there"),
        ("${{ number.slice(0, 1) }}", "4"),
        ("${{ yes.slice(0, 1) }}", "t"),
        ("${{ nodes.lookup.json.items[0].name.slice(0, 2) }}", "Pe"),
        # Nothing of ours: stays as it is.
        ("{#var#} {} { name } {na me} {1} {{7*7}} ${7*7} %(x)s", None),
        ("{CallSid.__class__} {0.__init__.__globals__} {% debug %} {name", None),
        ("€ ₹ 😀 {", None),
    ],
)
def test_texts(text: str, expanded: str | None) -> None:
    assert put_in(text) == (text if expanded is None else expanded)


@pytest.mark.parametrize(
    "text", ["{unknown}", "${{ unknown }}", "${{ name.first }}", "${{ nodes }}", "{nothing}"]
)
def test_a_missing_value_is_named(text: str) -> None:
    with pytest.raises(MissingVariable) as refusal:
        put_in(f"Hello {text}")
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "name()",
        "name.",
        "name..first",
        "name[",
        "name[0",
        "name ??",
        "[].constructor()",
        "name.slice(1, 2, 3)",
        "name.slice(0, 3",
        "x" * 2001,
    ],
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        put_in(f"Hello ${{{{ {expression} }}}} and {{name}}")
    assert int(str(refusal.value.context["position"])) >= 1


def test_an_expression_must_be_closed() -> None:
    with pytest.raises(BadExpression, match="}} is missing"):
        put_in("Hello ${{ name")


def test_values_are_never_read_for_variables() -> None:
    data = {"a": "{b} ${{ b }}", "b": "secret"}
    assert expand("{a}", lambda name: data.get(name, MISSING)) == "{b} ${{ b }}"


def test_values_are_cleaned_and_cut() -> None:
    data = {"a": "Mee\nra\u202e \u200bNair\0" + "x" * 10_000}
    text = expand("{a}", lambda name: data.get(name, MISSING))
    assert text.startswith("Mee ra   Nair x")
    assert len(text) == LONGEST_VALUE


@pytest.mark.parametrize(
    ("value", "most", "cut"),
    [
        ("Meera", 5, "Meera"),
        ("Me\u0301era", 2, "M\u00e9"),  # counted as DLT counts: in NFC
        ("n\u0303a\u0324b", 2, "\u00f1"),  # the mark that has no letter of its own goes along
        ("\u0915\u093f\u0924", 1, "\u0915"),
        ("a\u0915\u093f", 2, "a"),
        ("\u0958\u0958", 2, "\u0915\u093c"),  # NFC makes two of one
        ("ab\U0001f600", 3, "ab\U0001f600"),
        ("ab\U0001f468\u200d\U0001f469c", 3, "ab"),
    ],
)
def test_a_cut_tears_no_letter_apart(value: str, most: int, cut: str) -> None:
    assert first_characters(value, most) == cut


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    cut = first_characters(text, most)
    assert len(cut) <= most
    assert unicodedata.normalize("NFC", text).startswith(cut)


def test_speech_goes_on_without_what_is_missing() -> None:
    text, missing = expand_lenient("Hello {name}, {x} ${{ y.z }}!", lambda n: DATA.get(n, MISSING))
    assert text == "Hello Meera,  !"
    assert missing == ("{x}", "${{ y.z }}")


def test_names_are_listed_once() -> None:
    assert names_in("{b} {a} {b} ${{ c }}") == ("b", "a")


def test_samples_stand_in_for_everything() -> None:
    text = expand_with_samples('{CallFrom} {digits} ${{ nodes.x.y }} ${{ z ?? "there" }}')
    assert text == "+919876543210 sample sample there"
    assert len(sample_values()["CallSid"]) == 32
    assert len(sample_values()["CallRef"]) == 10


@pytest.mark.parametrize(
    "text",
    ["${{" * 100_000, "{" * 400_000, "{a" * 200_000, "${{ a }}" * 5_000, "{name}" * 60_000],
)
def test_a_hostile_text_is_answered(text: str) -> None:
    with contextlib.suppress(BadExpression):
        expand(text, lambda _name: "x")


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """Law: a text is expanded, or refused in our words; it is never a crash."""
    try:
        put_in(text)
    except (MissingVariable, BadExpression) as refusal:
        assert str(refusal)


@given(st.text(alphabet="{}$.?[]\"' aname0nodes", max_size=60))
def test_any_text_that_nearly_is_an_expression_is_answered(text: str) -> None:
    try:
        put_in(text)
    except (MissingVariable, BadExpression) as refusal:
        assert str(refusal)
