"""What holds for every set of templates, every order of changes and every body."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dlt.finder.entry import Source
from dlt.finder.index import TemplateIndex
from dlt.matcher import Limits, compile_template, matches

SMALL = Limits(var=3, numeric=2, alphanumeric=3, url=10, urlott=10, cbn=9, email=9)
HOLES = ["{#var#}"] * 5 + ["{#numeric#}", "<#url#>"]
PIECES = [*"ab.A \n1#\u0915", "\u093f", "e\u0301", "12", "www.a", "\u00a0", "order ", " order no "]

static_text = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
texts = st.lists(st.one_of(static_text, st.sampled_from(HOLES)), max_size=7).map("".join)
bodies = st.lists(st.sampled_from([*PIECES, "\ud83d", "{#var#}"]), max_size=12).map("".join)
sources = st.builds(Source, texts, st.just(SMALL), st.sampled_from([(), ("numeric",)]))
changes = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), sources)), max_size=12)


def fits(source: Source, body: str) -> bool:
    return matches(compile_template(source.text, source.limits, source.tags, source.longest), body)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.integers(0, 5), sources), changes, st.lists(bodies, max_size=4))
def test_the_index_finds_what_a_loop_over_all_templates_finds(start, later, asked):
    index = TemplateIndex(start.items())
    held = dict(start)
    for key, source in later:
        if source is None:
            index.remove(key)
            held.pop(key, None)
        else:
            index.add(key, source)
            held[key] = source
    filled = [source.text.replace("{#var#}", "b").replace("\r", "") for source in held.values()]
    for body in (*asked, *filled):
        expected = {key for key, source in held.items() if fits(source, body)}
        assert set(index.find(body).keys) == expected
        assert len(index.find(body).keys) == len(expected)
    assert len(index) == len(held)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 9), sources), st.one_of(bodies, st.text()))
def test_the_nearest_are_templates_of_the_index_best_first(held, body):
    near = TemplateIndex(held.items()).nearest(body)
    assert len(near) <= 3
    assert {one.key for one in near} <= held.keys()
    assert [one.score for one in near] == sorted((one.score for one in near), reverse=True)
    assert all(0 <= one.score <= 1 for one in near)
