"""The index by example: rare, short, long, alike and changing templates."""

from __future__ import annotations

import time

from dlt.finder import index as finder
from dlt.finder.entry import Source
from dlt.finder.index import TemplateIndex


def index_of(*texts: str) -> TemplateIndex:
    return TemplateIndex(enumerate(map(Source, texts)))


def test_a_body_is_found_by_the_rarest_text_of_its_template():
    index = index_of(
        "Dear {#var#}, your order is ready. - ACMECO",
        "Dear {#var#}, your order is late. - ACMECO",
    )
    assert index.find("Dear Ravi, your order is late. - ACMECO").keys == (1,)
    assert index.find("Dear Ravi, your order is Late. - ACMECO").keys == ()
    assert index.find("\r\nDear Ravi, your order is late. - ACMECO  ").keys == (1,)


def test_templates_with_hardly_any_text_are_found():
    index = index_of("{#var#}", "{#var#}{#var#}", "Hi {#var#}", "{#var#} -A", "OTP", "")
    assert set(index.find("Hi Ravi -A").keys) == {0, 1, 2, 3}
    assert set(index.find("OTP").keys) == {0, 1, 4}
    assert set(index.find("x" * 60).keys) == {1}
    assert index.find("").keys == ()


def test_the_same_text_under_several_keys_is_found_under_each():
    index = index_of(*["Hi {#var#}, welcome to Acme"] * 3)
    assert set(index.find("Hi A, welcome to Acme").keys) == {0, 1, 2}


def test_a_text_that_occurs_twice_in_a_body_counts_once():
    index = index_of("{#var#} thank you {#var#}")
    assert index.find("so thank you and thank you again").keys == (0,)


def test_tags_and_limits_beside_the_text_count():
    index = TemplateIndex([(7, Source("Your code is {#var#}", tags=("numeric",), longest=(6,)))])
    assert index.find("Your code is 123456").keys == (7,)
    assert index.find("Your code is 1234567").keys == ()
    assert index.find("Your code is secret").keys == ()


def test_too_many_templates_that_are_all_alike_are_cut_off():
    index = TemplateIndex((key, Source("Thank you {#var#}")) for key in range(20_001))
    found = index.find("Thank you Ravi")
    assert (found.keys, found.complete) == ((), False)
    index.remove(0)
    assert not index.find("Thank you Ravi").complete
    assert index.find("Thanks").complete


def test_many_changes_are_put_in_order_while_lookups_go_on(monkeypatch):
    monkeypatch.setattr(finder, "MANY_CHANGES", 20)
    index = index_of(*[f"Template number {at} for {{#var#}}" for at in range(50)])
    index.nearest("Template")
    for key in range(200):
        index.add(key, Source(f"Version two of {key} for {{#var#}}"))
        assert index.find(f"Version two of {key} for Ravi").keys == (key,)
        assert index.find(f"Template number {key} for Ravi").keys == ()
    for key in range(0, 200, 2):
        index.remove(key)
    until = time.monotonic() + 10
    while index.is_tidying and time.monotonic() < until:
        assert index.find("Version two of 199 for Ravi").keys == (199,)
    assert [key for key in range(200) if index.find(f"Version two of {key} for A").keys] == list(
        range(1, 200, 2)
    )
    assert len(index) == 100
    assert index.nearest("Version two of 55 for")[0].key == 55


def test_the_nearest_share_words_whatever_their_case_and_signs():
    index = index_of(
        "Dear {#var#}, your parcel {#var#} is out for delivery. - ACMECO",
        "Dear {#var#}, your parcel {#var#} was returned to our shop. - ACMECO",
        "{#var#} is your OTP. Do not share it. - ACMECO",
        "{#var#}",
    )
    near = index.nearest("DEAR Ravi your parcel 12 is out for Delivery today - ACMECO")
    assert [one.key for one in near][:2] == [0, 1]
    assert near[0].score == 1.0 > near[1].score
    assert index.nearest("nothing of the sort") == []
    assert index.nearest("") == []
    index.add(9, Source("Nothing of the sort, {#var#}!"))
    assert [one.key for one in index.nearest("nothing of the sort")] == [9]
