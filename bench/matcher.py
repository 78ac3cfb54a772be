"""The DLT matcher against its floor: ``startswith`` and a ``find`` of every registered text.

The floor is what any comparison must do at least; it is not exact, so it is no alternative.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from typing import Final

from bench.measure import Row, interleave, row, timed
from bench.world import World
from dlt.matcher import Match, Template, check, compile_template, matches

TEMPLATES: Final = 200
ROUNDS: Final = 40
EXPLAINED: Final = 30  # to explain a refusal takes a thousand times longer than to see it
WORDS: Final = [
    "dear", "customer", "your", "order", "with", "acme", "retail", "has", "been", "confirmed",
    "and", "will", "be", "delivered", "on", "please", "call", "us", "at", "the", "store", "for",
    "any", "help", "regarding", "this", "ticket", "thank", "you", "team", "support",
]  # fmt: skip

ADVERSARIAL: Final[dict[str, tuple[str, str]]] = {
    "8 variables between spaces, 120 spaces + X": (" {#var#}" * 8 + " ", " " * 120 + "X"),
    "8 adjacent variables, wrong ending": ("{#var#}" * 8 + "END", "a" * 240 + "EN"),
    "60 variables split by aa, a × 1,999 + b": ("aa".join(["{#var#}"] * 60), "a" * 1999 + "b"),
    "100 variables split by spaces, 1,999 spaces + b": (
        " ".join(["{#var#}"] * 100),
        " " * 1999 + "b",
    ),
    "60 variables split by aa, one a too long": ("aa".join(["{#var#}"] * 60), "a" * 2000),
    "2,000 characters of text, shifted by one and twice wrong": (
        "ab cd " * 333,
        "b cd a" * 166 + "x" + "b cd a" * 166 + "x",
    ),
    "2,000 characters of text, another 2,000": ("ab cd " * 333, "zyx wv" * 333),
    "two long texts, wrong at both ends": (
        "x" * 900 + "{#var#}" + "y" * 900,
        "x" * 899 + "z" + "q" * 30 + "y" * 899 + "z",
    ),
    "140 pairs of a link and a text, 500 links": ("{#url#}{#var#}" * 140 + "x", "www." * 500),
    "110 pairs of an app link and a text": ("{#urlott#}{#var#}" * 110 + "x", "a://" * 500),
    "100 adjacent addresses, 285 in the body": ("{#email#}" * 100 + "b", "a@b.cc." * 285 + "b"),
    "250 adjacent telephone numbers, 2,000 digits": ("{#cbn#}" * 250 + "x", "1" * 2000),
    "100 numbers split by 1, digits and spaces": ("1".join(["{#cbn#}"] * 100), "1 " * 999 + "1b"),
    "250 pairs of two texts, look-alike signs": (
        " - ".join(["{#var#}"] * 200) + ".",
        "\u0430 \u2013 " * 500,
    ),
    "letters with three marks each": ("{#var#}" + "x" * 1900, "a" + "\u0301\u0315\u0300" * 660),
}


def run(_world: World) -> Iterator[Row]:
    dice = random.Random(2026)  # noqa: S311 -- a repeatable corpus, not a secret
    corpus = [_pair(dice) for _ in range(TEMPLATES)]
    fitting = [(template, body) for template, body, _ in corpus]
    broken = [(template, wrong) for template, _, wrong in corpus]
    longer = [(template, _with_long_value(template, body)) for template, body, _ in corpus]
    assert all(isinstance(check(*pair), Match) for pair in fitting)
    assert not any(matches(*pair) for pair in (*broken, *longer))
    quick = interleave(
        {
            "fitting": _over(check, fitting),
            "floor, fitting": _over(_floor, fitting),
            "yes or no": _over(matches, broken),
            "floor, broken": _over(_floor, broken),
            "too long": _over(matches, longer),
            "floor, too long": _over(_floor, longer),
        },
        ROUNDS,
        warm_up=2,
    )
    explained = broken[:EXPLAINED]
    slow = interleave(
        {"explained": _over(check, explained), "floor": _over(_floor, explained)}, 5, warm_up=0
    )
    for what, taken, floor in (
        ("check(), body that fits", quick["fitting"], quick["floor, fitting"]),
        ("matches(), body that differs", quick["yes or no"], quick["floor, broken"]),
        ("matches(), a value too long", quick["too long"], quick["floor, too long"]),
        ("check(), body that differs, explained", slow["explained"], slow["floor"]),
    ):
        yield row((what, taken), ("startswith + find", floor), unit="us", scale=1e6)
    yield from _worst()


def _worst() -> Iterator[Row]:
    """Measure every adversarial body; show the one that takes the longest."""
    found = []
    for name, (text, body) in ADVERSARIAL.items():
        template = compile_template(text)
        taken = interleave(
            {"check": _over(check, [(template, body)]), "floor": _over(_floor, [(template, body)])},
            15,
            warm_up=1,
        )
        found.append((statistics.median(taken["check"]), name, taken))
    _, name, taken = max(found, key=lambda one: one[0])
    yield row(
        (f"check(), worst body: {name}", taken["check"]),
        ("startswith + find", taken["floor"]),
        unit="ms",
    )


def _over(
    work: Callable[[Template, str], object], pairs: list[tuple[Template, str]]
) -> Callable[[], float]:
    """Return a sample: the mean seconds of one pair."""

    def every_pair() -> None:
        for template, body in pairs:
            work(template, body)

    return lambda: timed(every_pair) / len(pairs)


def _floor(template: Template, body: str) -> bool:
    at = len(template.head)
    if not body.startswith(template.head):
        return False
    for _, _, literal, width in template.steps:
        at = body.find(literal, at)
        if at < 0:
            return False
        at += width
    return body.endswith(template.tail)


def _with_long_value(template: Template, body: str) -> str:
    """Return the body with 31 characters more in front of the second registered text."""
    at = body.index(template.literals[1])
    return body[:at] + "Z" * 31 + body[at:]


def _pair(dice: random.Random) -> tuple[Template, str, str]:
    """Return a template of about 230 characters and 5 variables, a body that fits, one that
    differs by one character."""
    count = dice.randint(3, 7)
    pieces = [" ".join(dice.choices(WORDS, k=dice.randint(5, 8))) for _ in range(count + 1)]
    values = [
        "".join(dice.choices("ABCDEFGH0123456789", k=dice.randint(3, 20))) for _ in range(count)
    ]
    text = " {#var#} ".join(pieces) + " - ACMECO"
    body = pieces[0] + "".join(
        f" {value} {piece}" for value, piece in zip(values, pieces[1:], strict=True)
    )
    body += " - ACMECO"
    at = body.index(pieces[count // 2])
    return compile_template(text), body, f"{body[:at]}!{body[at + 1 :]}"
