"""Which links and numbers of a text the whitelist lets through: the table of dlt.md, section 8."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dlt.contacts import contacts_in
from dlt.cta import compared, kind_of
from dlt.matcher import Match, check, compile_template
from dlt.scrub.whitelist import judge


@dataclass
class Row:
    value: str
    state: str = "approved"

    @property
    def kind(self) -> str:
        return str(kind_of(self.value))

    @property
    def compared(self) -> str:
        return compared(self.value, self.kind)


WHITELIST = [
    Row("https://acme.example/r?"),
    Row("https://acme.example/help"),
    Row("18001234567"),
    Row("care@acme.example"),
    Row("https://acme.example/old", "suspended_customer"),
]


def only_contact(text: str, template: str):
    result = check(compile_template(template), text)
    assert isinstance(result, Match), result
    (contact,) = contacts_in(text, result.variables)
    return contact


@pytest.mark.parametrize(
    ("value", "tag", "allowed", "advice"),
    [
        ("https://acme.example/r?id=9", "url", True, ""),
        ("http://www.acme.example/r?id=9", "url", True, "ignore"),
        ("https://ACME.example/r?", "url", True, ""),
        ("https://acme.example/r/9", "url", False, "move the value behind the “?”"),
        ("https://acme.example/help?x=1", "url", False, "without “?”"),
        ("https://acme.example/help/", "url", True, ""),
        ("https://acme.example.evil.in/r?id=9", "url", False, "No link of acme.example.evil.in"),
        ("https://acme.example@evil.in/r?id=9", "url", False, "No link of acme.example@evil.in"),
        ("https://acme.example:8080/r?id=9", "url", False, "No link of acme.example:8080"),
        ("https://acme.example/R?id=9", "url", False, "another path"),
        ("https://acme.example/old", "url", False, "suspended"),
        ("bit.ly/abc", "var", False, "No link of bit.ly"),
        ("1800-123-4567", "cbn", True, ""),
        ("+9118001234567", "cbn", True, ""),
        ("98765 43210", "cbn", False, "Register it"),
        ("Care@Acme.example", "email", True, ""),
        ("other@acme.example", "email", False, "Register it"),
    ],
)
def test_the_table_of_examples(value: str, tag: str, allowed: bool, advice: str):
    contact = only_contact(f"See {value} - ACMECO", f"See {{#{tag}#}} - ACMECO")
    judged = judge(contact, WHITELIST)
    assert judged.allowed is allowed
    assert advice in judged.advice
    assert contact.is_untyped is (tag == "var")


def test_a_link_that_begins_in_the_fixed_text_is_one_link():
    contact = only_contact(
        "Pay at https://acme.example/p/77 now", "Pay at https://acme.example/p/{#var#} now"
    )
    assert (contact.text, contact.starts_in_text) == ("https://acme.example/p/77", True)
    assert not judge(contact, WHITELIST).allowed


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("We call back soon.Ref 7K2M9QX4TB", []),
        ("Rs.500 of 1,000.50 incl. tax", []),
        ("Visit acme.com. Thanks", ["acme.com"]),
        ("Visit acme.co.in, or mail a.b@acme.co.in!", ["acme.co.in", "a.b@acme.co.in"]),
        ("Mail john.in@acme.in", ["john.in@acme.in"]),
        ("(see https://acme.example/x).", ["https://acme.example/x"]),
        ("Order 4123456789 is ready", []),
        ("Call 9876543210 or +91 44 2345 6789", ["9876543210", "+91 44 2345 6789"]),
        ("Ref 1107161234567890123", []),
        ("market://details?id=in.acme", ["market://details?id=in.acme"]),
    ],
)
def test_what_counts_as_a_link_or_number_in_plain_text(text: str, seen: list[str]):
    assert [contact.text for contact in contacts_in(text, ())] == seen
