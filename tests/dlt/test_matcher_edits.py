"""One character of registered text is edited: the explanation points at it and offers the repair.

What is exempt, and why:

* The edited body is legal too: "Hi  Asha" for "Hi {#var#}" has a value that starts with a blank.
* Nothing is left, or the edit melts into its neighbours (a vowel sign, a blank at the outer end).
* Several single edits mend it: of a doubled letter either may go, and "12:30!5" lacks a point in many
  places for "{#var#}.{#numeric#}". Then one of them must be named, one of the mended bodies offered.
* What was added can be seen and stands right beside a value: it counts as part of the value, and
  nothing need be offered, as a repair must not change values.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from dlt.matcher import (
    Match,
    Template,
    check,
    compile_template,
    matches,
    normalise,
    placeholders,
    render,
)

WORDS = [
    "Dear", "customer,", "your", "order", "is", "ready.", "Rs.", "paid on", "OTP:", "Do not share.",
    "- ACME Ltd", "call", "Thank you!", "(ref", "100%", "\u0928\u092e\u0938\u094d\u0924\u0947",
    "\u0911\u0930\u094d\u0921\u0930", "\u0b89\u0b99\u0bcd\u0b95\u0bb3\u0bcd", "\U0001f600",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u20b9", "https://acme.in/", "a", "It's", "e-mail",
]  # fmt: skip
BESIDE = ["", " ", ": ", "\n", "(", ", ", ". "]
VALUES = {
    "var": st.one_of(
        st.sampled_from(["Asha", "Ravi Kumar", "12:30", "\u0930\u093e\u092e", "Door 14B, Lake", "a"]),
        st.text("ab AB1.,-", min_size=1, max_size=30),
    ),
    "numeric": st.text("0123456789", min_size=1, max_size=30),
    "alphanumeric": st.text("abZ19 _/.\u0915", min_size=1, max_size=12),
    "url": st.text("a/?.=1", min_size=1, max_size=12).map("https://{}".format),
    "urlott": st.text("a/?.=1", min_size=1, max_size=12).map("app://{}".format),
    "cbn": st.sampled_from(["12345678", "+911234567890", "1800-123 456"]),
    "email": st.text("ab.1", min_size=1, max_size=6).map("{}@acme.in".format),
}  # fmt: skip
LOOKALIKES = {
    "'": "\u2019",
    "-": "\u2013",
    " ": "\u00a0",
    "A": "\u0410",
    "a": "\u0430",
    "e": "\u0435",
}
INVISIBLE = [
    *"\u200b\u200c\u200d\ufeff\u00ad\u200e\u202e\u2060\ufe0f\u0007", "\U000e0041", "\u115f",
]  # fmt: skip
TYPED = [*"xQ7,.;!\n ", "\u0915"]


class Filled(NamedTuple):
    """A template, the body it makes, where that is registered text, and where values begin or end."""

    template: Template
    body: str
    places: list[int]
    edges: set[int]


class Edited(NamedTuple):
    """A filled template with one edit: the edited body, and what was put there (or nothing)."""

    filled: Filled
    body: str
    at: int
    added: str


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
texts = st.one_of(words, words, st.text("ab.,- ", max_size=5))


@st.composite
def filled_templates(draw):
    tags = draw(st.lists(st.sampled_from([*VALUES, "var", "numeric"]), max_size=4))
    text = draw(texts)
    for tag in tags:
        between = draw(st.one_of(texts, texts, texts, st.just("")))
        left, right = draw(st.sampled_from(BESIDE)), draw(st.sampled_from(BESIDE))
        text += (left if text[-2:] != "#}" else "") + f"{{#{tag}#}}" + (right if between else "")
        text += between
    values = [draw(VALUES[tag]) for tag in tags]
    assume(len(placeholders(text)) == len(values) and all(value.strip() for value in values))
    source = filled(text, values)
    assume(source.places and source.body == normalise(source.body) and len(source.body) <= 110)
    return source


def filled(text, values):
    template = compile_template(text)
    at = 0
    places: list[int] = []
    edges: set[int] = set()
    for static, value in zip(template.statics, [*values, None], strict=True):
        places += range(at, at + len(static))
        at += len(static)
        if value is not None:
            edges |= {at, at + len(value)}
            at += len(value)
    return Filled(template, render(template, values), places, edges)


@st.composite
def edits(draw):
    source = draw(filled_templates())
    at = draw(st.sampled_from(source.places))
    char = source.body[at]
    other = draw(st.sampled_from([*TYPED, *INVISIBLE, char.swapcase(), LOOKALIKES.get(char, "x")]))
    kind = draw(st.sampled_from(["replace", "delete", "insert", "insert behind"]))
    edit = edited(source, at, kind, other)
    assume(edit.body not in (source.body, "") and normalise(edit.body) == edit.body)
    return edit


def edited(source, at, kind, other):
    at += kind == "insert behind"
    added = "" if kind == "delete" else other
    body = source.body[:at] + added + source.body[at + (kind in ("replace", "delete")) :]
    return Edited(source, body, at, added if "insert" in kind else "")


def single_edits(body, alphabet):
    """Yield every body one edit away from this one, with the place of the edit."""
    for at in range(len(body) + 1):
        yield at, body[:at] + body[at + 1 :]
        for char in alphabet:
            yield at, body[:at] + char + body[at:]
            yield at, body[:at] + char + body[at + 1 :]


def covers(problems, at):
    """Say whether a problem's place, from its position to the end of what was found, holds this."""
    return any(
        problem.position is not None
        and problem.position - 1 <= at <= problem.position - 1 + len(problem.found or "")
        for problem in problems
    )


def added_to_a_value(edit):
    """Say whether what was added can be seen and stands right beside a value."""
    shown = edit.added.strip() and edit.added not in INVISIBLE
    return shown and edit.at in edit.filled.edges


@settings(max_examples=250, deadline=None)
@given(edits())
@example(edited(filled("Rs.{#num#} paid. - ACME", ["5"]), 2, "delete", ""))
@example(edited(filled("A{#email#}in{#email#} Ltd", ["a@b.ininba", "b1@c.in"]), 0, "replace", "a"))
@example(edited(filled("{#var#}.{#num#}", ["12:30", "88"]), 5, "replace", "!"))
@example(
    edited(
        filled("bb-{#email#}{#var#}- {#var#}a .", ["a@b.com", "qy", "zk"]), 2, "insert", "\u200b"
    )
)
@example(edited(filled("b bb{#var#} {#num#}", ["c/", "46"]), 6, "insert behind", "-"))
@example(edited(filled("Hi {#var#}\n{#cbn#} ok", ["a", "12345678"]), 13, "insert", " "))
def test_an_edit_of_any_registered_character_is_explained_at_its_exact_place(edit):
    template, body = edit.filled.template, edit.filled.body
    assert matches(template, body)
    answer = check(template, edit.body)
    if isinstance(answer, Match):
        event("another legal reading")
        return
    repaired = None if answer.suggestion is None else normalise(answer.suggestion)
    if covers(answer.problems, edit.at) and repaired == body:
        event("explained and repaired")
        return
    alphabet = {*body, *"".join(template.literals)}
    mends = [
        (at, text) for at, text in single_edits(edit.body, alphabet) if matches(template, text)
    ]
    assert any(covers(answer.problems, at) for at, _ in mends), answer.as_dict()
    if added_to_a_value(edit):
        event("added to a value")
    else:
        event("several ways to mend it" if len(mends) > 1 else "one way to mend it")
        assert repaired in [text for _, text in mends], answer.as_dict()


@settings(max_examples=100, deadline=None)
@given(edits())
def test_places_count_the_same_where_lines_end_in_two_characters(edit):
    windows = check(edit.filled.template, edit.body.replace("\n", "\r\n"))
    assert windows.as_dict() == check(edit.filled.template, edit.body).as_dict()


@settings(max_examples=200, deadline=None)
@given(filled_templates())
def test_the_filled_template_matches_itself(source):
    assert isinstance(check(source.template, source.body), Match)
    assert isinstance(check(source.template, source.body.replace("\n", "\r\n")), Match)
