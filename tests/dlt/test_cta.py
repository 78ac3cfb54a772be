"""Links and numbers of the whitelist: what they are, what is refused, what counts as the same."""

from __future__ import annotations

import pytest

from dlt.cta import Kind, compared, kind_of, problem_with


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("https://www.acme.example/pay", Kind.URL_STATIC),
        ("acme.example", Kind.URL_STATIC),
        ("https://acme.example/track?", Kind.URL_DYNAMIC),
        ("https://acme.example/app.APK", Kind.APK),
        ("https://wa.me/919876543210", Kind.WHATSAPP),
        ("9876543210", Kind.MOBILE),
        ("+91 98765 43210", Kind.MOBILE),
        ("044-23456789", Kind.LANDLINE),
        ("1800 123 4567", Kind.TOLL_FREE),
        ("18601234", Kind.TOLL_FREE),
        ("1401234567", Kind.SERIES),
        ("1600123456", Kind.SERIES),
        ("care@acme.example", Kind.EMAIL),
    ],
)
def test_kinds_are_recognised(value: str, kind: str):
    assert kind_of(value) == kind
    assert problem_with(value) == ""
    assert problem_with(value, kind) == ""


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("", "", "as the portal shows it"),
        ("hello", "", "neither a link"),
        ("12345", "", "no Indian number"),
        (
            "https://acme.example/track?id=4",
            "",
            "https://acme.example/track?".removeprefix("https://"),
        ),
        ("https://acme.example/track?", Kind.URL_STATIC, "You chose: Link, fixed"),
        ("https://acme.example/pay", Kind.URL_DYNAMIC, "You chose: Link, dynamic"),
        ("https://wa.me/123", "", "wa.me/91"),
        ("https://acme.example/a b", "", "no spaces"),
        ("https://user@acme.example/", "", "neither a link"),
        ("https://" + "a" * 250 + ".example", "", "250 characters"),
        ("9876543210", Kind.TOLL_FREE, "Mobile number"),
    ],
)
def test_what_portals_refuse_is_explained(value: str, kind: str, words: str):
    assert words in problem_with(value, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.Acme.example/", "acme.example"),
        ("http://acme.example/Pay/", "https://www.acme.example/Pay"),
        ("https://acme.example/t?", "ACME.example/t?"),
        ("+91 98765 43210", "09876543210"),
        ("044-23456789", "914423456789"),
        ("1800-123-4567", "+91 1800 123 4567"),
        ("Care@Acme.example", "care@acme.example"),
    ],
)
def test_the_same_is_compared_as_the_same(one: str, other: str):
    kind = kind_of(one)
    assert kind is not None
    assert compared(one, kind) == compared(other, kind)


def test_a_path_keeps_its_case():
    assert compared("acme.example/Pay", Kind.URL_STATIC) != compared(
        "acme.example/pay", "url_static"
    )
