"""Links, numbers and addresses in the fixed text: whether the operators know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dlt.cta import LINKS, NUMBERS, link_key, number_key
from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import CtaFact, Subject
from dlt.models import Cta

_TOP_LEVEL: Final = (
    "com|in|co|org|net|io|me|app|ly|info|biz|shop|store|online|gov|edu|example|gle|gl|link"
)
LINK: Final = re.compile(
    rf"(?<![\w@.-])(?:https?://|www\.)[^\s\0]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})\b(?:/[^\s\0]*)?",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(r"(?<![\w.-])\+?\d(?:[ -]?\d){7,13}(?![\w-])")
SHORTENERS: Final = frozenset(
    {
        "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "cutt.ly", "rb.gy", "t.ly",
        "tiny.cc", "shorturl.at", "buff.ly", "rebrand.ly", "bl.ink", "s.id", "lnkd.in", "v.gd",
        "x.co", "surl.li", "tiny.one", "shorturl.com",
    }
)  # fmt: skip
_AFTER: Final = ".,;:!?)]}'\""  # signs of the sentence, not of the link


def link_known(link: str, ctas: Iterable[CtaFact]) -> bool:
    """Say whether a link is whitelisted: equal, or beginning like a dynamic one up to its "?"."""
    plain = link_key(link)
    for cta in ctas:
        if cta.kind == Cta.Kind.URL_DYNAMIC and plain.startswith(link_key(cta.value)):
            return True
        if cta.kind in LINKS and plain == link_key(cta.value).removesuffix("?"):
            return True
    return False


def number_known(number: str, ctas: Iterable[CtaFact]) -> bool:
    plain = number_key(number)
    return any(cta.kind in NUMBERS and plain == number_key(cta.value) for cta in ctas)


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """Find the links of a text and where they begin; the sentence's full stop is no part of one."""
    for hit in LINK.finditer(text):
        goes_on = text[hit.end() : hit.end() + 1] == "\0"
        yield hit.start(), hit[0] if goes_on else hit[0].rstrip(_AFTER)


def links(subject: Subject) -> Iterator[LintFinding]:
    for at, link in links_in(subject.fixed):
        finding = _about_link(subject, at, link)
        if finding:
            yield finding


def _about_link(subject: Subject, at: int, link: str) -> LintFinding | None:
    ctas = subject.about.ctas
    where = {"at": at, "length": len(link)}
    if subject.fixed[at + len(link) : at + len(link) + 1] == "\0" and "?" not in link:
        return objection(
            "variable_in_link",
            f"A variable goes on where “{link}” ends; links cannot vary in their path.",
            "Use one {#url#} for the whole link, or put the value behind a “?”.",
            **where,
        )
    if ctas is not None and link_known(link, ctas):
        return None
    host = link_key(link).partition("/")[0]
    if host in SHORTENERS:
        return objection(
            "shortener",
            f"{host} shortens links for anybody; operators take only shorteners you registered.",
            "Use a link of your own domain, or whitelist the short one.",
            **where,
        )
    if ctas is None:
        return None
    return objection(
        "link_not_whitelisted",
        f"“{link}” is not among the links whitelisted for this entity.",
        "Register it with the operators and under Links and numbers.",
        **where,
    )


def numbers(subject: Subject) -> Iterator[LintFinding]:
    ctas = subject.about.ctas
    if ctas is None:
        return
    for hit in NUMBER.finditer(subject.fixed):
        if _is_number(hit[0]) and not number_known(hit[0], ctas):
            yield objection(
                "number_not_whitelisted",
                f"“{hit[0]}” is not among the numbers whitelisted for this entity.",
                "Register it with the operators and under Links and numbers.",
                at=hit.start(),
                length=len(hit[0]),
            )


def _is_number(text: str) -> bool:
    """Say whether digits are a telephone number that somebody would call back."""
    plain = number_key(text)
    if plain.startswith(("1800", "1860")):
        return 8 <= len(plain) <= 11
    return len(plain) == 10 and (plain[0] in "6789" or plain.startswith(("140", "160")))


RULES: Final = (links, numbers)
