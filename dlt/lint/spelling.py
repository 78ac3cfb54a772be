"""Ways people write a variable that every portal takes for plain text, and words they misspell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.matcher.limits import known_tag

_WRONG: Final = re.compile(
    r"\{\s*#\s*[A-Za-z]\w*\s*#\s*\}|##\s*\w+\s*##|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}"
    r"|\{#?var#?\}|\{#[A-Za-z]+\}|\{[A-Za-z]+#\}|\[(?:var|VAR)\]"
    r"|(?<![{$#])\{[A-Za-z_][\w .]{0,38}\}|%[a-z]+%|\bX{3,}\b"
)
_MISSPELT: Final = {
    "recieve": "receive", "recieved": "received", "occured": "occurred", "succesful": "successful",
    "succesfully": "successfully", "sucessful": "successful", "sucessfully": "successfully",
    "adress": "address", "custmer": "customer", "costumer": "customer", "acount": "account",
    "accout": "account", "amout": "amount", "appoinment": "appointment", "apointment": "appointment",
    "avaliable": "available", "availble": "available", "cancelation": "cancellation",
    "confimed": "confirmed", "confrimed": "confirmed", "delievered": "delivered",
    "delivary": "delivery", "exipre": "expire", "exipres": "expires", "knowlege": "knowledge",
    "mesage": "message", "occassion": "occasion", "paymant": "payment", "pasword": "password",
    "priviledge": "privilege", "reciept": "receipt", "refrence": "reference",
    "reffer": "refer", "regestered": "registered", "seperate": "separate", "thankyou": "thank you",
    "trasaction": "transaction", "transcation": "transaction", "untill": "until",
    "verfication": "verification", "verificaton": "verification", "wellcome": "welcome",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]+")
_KNOWN: Final = "{#var#}, {#numeric#}, {#alphanumeric#}, {#url#}, {#urlott#}, {#cbn#} and {#email#}"


def not_a_variable(subject: Subject) -> Iterator[LintFinding]:
    seen = set()
    for hit in _WRONG.finditer(subject.fixed):
        if hit[0] not in seen:
            seen.add(hit[0])
            yield objection(
                "not_a_variable",
                f"“{hit[0]}” is no variable: it would be sent as it stands.",
                f"Variables are {_KNOWN}: lower case, no blanks, no digits.",
                at=hit.start(),
                length=len(hit[0]),
            )


def unknown_tag(subject: Subject) -> Iterator[LintFinding]:
    for hole in subject.holes:
        if known_tag(hole.name) is None:
            yield objection(
                "unknown_tag",
                f"Variable {hole.index} has the unknown tag “{hole.name}”, read like {{#var#}}.",
                f"Portals know {_KNOWN}.",
                at=hole.start,
                length=hole.end - hole.start,
            )


def misspelling(subject: Subject) -> Iterator[LintFinding]:
    for hit in _WORD.finditer(subject.fixed):
        right = _MISSPELT.get(hit[0].lower())
        if right:
            yield objection(
                "misspelling",
                f"“{hit[0]}” is mostly spelt “{right}”.",
                "If the portal shows the same word, leave it: the text must be identical.",
                at=hit.start(),
                length=len(hit[0]),
            )


RULES: Final = (not_a_variable, unknown_tag, misspelling)
