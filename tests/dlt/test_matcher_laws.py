"""What holds for every template and every body."""

from __future__ import annotations

import re
from itertools import groupby, product
from unicodedata import normalize

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dlt.matcher import (
    Limits,
    Match,
    Mismatch,
    check,
    compile_template,
    matches,
    normalise,
    placeholders,
    render,
)

SMALL = Limits(var=3, numeric=2, alphanumeric=3, url=10, urlott=10, cbn=9, email=9)
TAGS = ["var", "numeric", "alphanumeric", "url", "urlott", "cbn", "email"]

static_text = st.text(st.sampled_from("ab.A,- \n1(*@:/wx\u0915\u093f"), max_size=4)
holes = st.sampled_from([f"{{#{tag}#}}" for tag in TAGS])
templates = st.lists(st.one_of(static_text, holes), max_size=7).map("".join)
PIECES = [*"ab.A,- \n1(*@:/wx", "12", "www.a", "a@b.in", "a://b", "12345678", "\u0915", "\u200b"]
bodies = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)

values_by_tag = {
    "var": st.text(min_size=1, max_size=30).filter(lambda text: "\n" not in text),
    "numeric": st.text("0123456789", min_size=1, max_size=30),
    "alphanumeric": st.text("aZ9 _/.\u0915\u00e9", min_size=1, max_size=40),
    "url": st.text("a/?.=1", min_size=1, max_size=90).map("https://{}".format),
    "urlott": st.text("a/?.=1", min_size=1, max_size=90).map("app://{}".format),
    "cbn": st.from_regex(r"\A\+?[0-9](?:[ -]?[0-9]){7}\Z"),
    "email": st.from_regex(r"\A[a-z0-9.]{1,20}@[a-z]{1,9}\.[a-z]{2,5}\Z"),
}


@st.composite
def filled_templates(draw):
    """A template, and its text with a legal value in each variable."""
    tags = draw(st.lists(st.sampled_from(TAGS), max_size=6))
    texts = draw(st.lists(st.text(max_size=12), min_size=len(tags) + 1, max_size=len(tags) + 1))
    pairs = zip(texts, [*(f"{{#{tag}#}}" for tag in tags), ""], strict=True)
    text = "".join(piece for pair in pairs for piece in pair)
    assume([hole.name for hole in placeholders(text)] == tags)
    return text, [draw(values_by_tag[tag]) for tag in tags]


@settings(max_examples=300, deadline=None)
@given(filled_templates())
def test_a_template_filled_with_legal_values_matches(filled):
    text, values = filled
    template = compile_template(text)
    body = render(template, values)
    pieces = [part for pair in zip(template.statics, [*values, ""], strict=True) for part in pair]
    assume(all(value.strip() for value in values))
    assume(body.strip() and len(body) <= 2000)
    assume(normalize("NFC", body) == "".join(normalize("NFC", piece) for piece in pieces))
    assume("\r" not in "".join(values) and "#" not in "".join(values))
    assume(all(len(normalize("NFC", value)) <= 30 for value in values) or "var" not in text)
    assert isinstance(check(template, body), Match)


@settings(max_examples=400, deadline=None)
@given(templates, bodies)
@example("{#var#}" * 3, "")
@example("{#var#}://{#url#}", "www.a://b")
def test_every_answer_is_consistent_with_itself(text, body):
    template = compile_template(text, SMALL)
    answer = check(template, body)
    assert matches(template, body) == isinstance(answer, Match)
    for value in answer.variables:
        assert normalise(body)[value.start : value.end] == value.value
    assert answer.as_dict()["match"] == isinstance(answer, Match)
    if isinstance(answer, Mismatch):
        assert answer.problems
        assert all(problem.message for problem in answer.problems)
        assert answer.suggestion is None or matches(template, answer.suggestion)
    else:
        values = [value.value for value in answer.variables]
        assert normalise(render(template, values)) == normalise(body)


@settings(max_examples=200, deadline=None)
@given(filled_templates(), st.data())
def test_an_edited_body_is_explained_and_its_repair_matches(filled, data):
    text, values = filled
    template = compile_template(text)
    body = render(template, values)
    at = data.draw(st.integers(0, len(body)))
    edited = body[:at] + data.draw(st.text(max_size=3)) + body[at + data.draw(st.integers(0, 3)) :]
    answer = check(template, edited)
    if isinstance(answer, Mismatch):
        assert answer.problems
        assert answer.suggestion is None or matches(template, answer.suggestion)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_is_answered(text, body):
    check(compile_template(text), body).as_dict()


@settings(deadline=None)
@given(st.text(st.characters(categories=["Cs", "Cc", "Mn", "Zs", "Lo"])))
def test_lone_surrogates_and_controls_are_answered(body):
    check(compile_template("A {#var#} b {#alp#}"), body).as_dict()


@settings(deadline=None)
@given(templates, bodies)
def test_both_bracket_forms_are_one_placeholder(text, body):
    other = re.sub(r"\{#([a-z]+)#\}", r"<#\1#>", text)
    curly, angle = (
        check(compile_template(text, SMALL), body),
        check(compile_template(other, SMALL), body),
    )
    assert curly.variables == angle.variables
    assert type(curly) is type(angle)


RULES = {
    "var": r"[^\n]+", "numeric": r"[0-9]+", "alphanumeric": r"[A-Za-z0-9\u0915\u093f _/.]+",
    "url": r"(?:https?://|www\.)\S+", "urlott": r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)\S+",
    "cbn": r"\+?[0-9](?:[ -]*[0-9]){7,12}",
    "email": r"[A-Za-z0-9*/.-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
}  # fmt: skip
STARTS = {"url": r"(?i)(https?://|www\.)\S*\Z", "urlott": r"(?i)(://|www\.)\S*\Z"}


def legal(tag, value, before, room):
    rule = r"\S+" if tag in STARTS and re.search(STARTS[tag], before) else RULES[tag]
    return 0 < len(value) <= room and not value.isspace() and bool(re.fullmatch(rule, value))


def slots_of(run):
    """Return each tag of adjacent placeholders with how many of it share their room."""
    runs = [(tag, len(list(same))) for tag, same in groupby(re.findall(r"[a-z]+", run))]
    alone = {"cbn", "email"}
    return [slot for tag, n in runs for slot in ([(tag, 1)] * n if tag in alone else [(tag, n)])]


def all_legal(slots, sizes, before, body):
    """Say whether values of these sizes, one after the other, are legal at the body's start."""
    start = 0
    for (tag, count), size in zip(slots, sizes, strict=True):
        value = body[start : start + size]
        glued = before if start == 0 else ""
        if len(value) < size or not legal(tag, value, glued, getattr(SMALL, tag) * count):
            return False
        start += size
    return True


def brute_force(text, body):
    """Try every cut of the body: the definition of a match, word for word."""
    pieces = re.split(r"((?:\{#[a-z]+#\})+)", text)
    pieces[0] = pieces[0].lstrip(" \t\n")
    pieces[-1] = pieces[-1].rstrip(" \t\n")

    def fits(index, rest):
        if index == len(pieces):
            return not rest
        if index % 2 == 0:
            static = pieces[index]
            return rest.startswith(static) and fits(index + 1, rest[len(static) :])
        slots = slots_of(pieces[index])
        room = [range(1, min(getattr(SMALL, tag) * n, len(rest)) + 1) for tag, n in slots]
        return any(
            all_legal(slots, sizes, pieces[index - 1], rest) and fits(index + 1, rest[sum(sizes) :])
            for sizes in product(*room)
        )

    return bool(body) and fits(0, body)


small_templates = st.lists(st.one_of(static_text, holes), max_size=4).map("".join)


@settings(max_examples=500, deadline=None)
@given(small_templates, bodies)
@example("{#var#}a{#var#}a{#numeric#}", "aaaa1")
@example("{#email#}{#cbn#}", "a@b.in12345678")
@example("www.{#url#}{#var#}", "www.ab")
def test_the_search_agrees_with_trying_every_cut(text, body):
    assert matches(compile_template(text, SMALL), body) == brute_force(text, normalise(body))


@st.composite
def near_matches(draw):
    """A small template with values from the body alphabet in its variables."""
    text = draw(small_templates)
    return text, re.sub(r"\{#[a-z]+#\}", lambda _: draw(st.sampled_from(PIECES)), text)


@settings(max_examples=500, deadline=None)
@given(near_matches())
def test_the_search_agrees_with_trying_every_cut_of_a_likely_body(near):
    text, body = near
    assert matches(compile_template(text, SMALL), body) == brute_force(text, normalise(body))
