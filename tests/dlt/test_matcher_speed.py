"""No template and no body may hold a worker up. The bounds are ten times what was measured."""

from __future__ import annotations

from time import process_time

import pytest

from dlt.matcher import Limits, check, compile_template, matches

V = "{#var#}"
LONGEST = 3200
ATTACKS = {
    "variables between blanks": (" ".join([V] * 100) + " END", "x" + " " * 3198 + "X"),
    "words between blanks": (" ".join([V] * 20) + " END", "x " * 1599 + "EN"),
    "adjacent variables": (V * 100 + " stop", "z" * 3195 + " sto"),
    "eight adjacent variables": (V * 8 + " stop", "z" * 3195 + " stop"),
    "variables between one letter": ("a".join([V] * 100) + "c", "a" * 3199 + "b"),
    "variables between two letters": ("aa".join([V] * 60) + "b", "a" * 3199 + "b"),
    "call-back numbers": ("1".join(["{#cbn#}"] * 100) + "b", "1 " * 1599 + "1b"),
    "pooled call-back numbers": ("{#cbn#}" * 100 + "b", "1 " * 1599 + "1b"),
    "e-mail addresses": ("@ ".join(["{#email#}"] * 100) + "b", "a@a.aa " * 457 + "b"),
    "pooled e-mail addresses": ("{#email#}" * 100 + "b", "a@b.cc." * 457 + "b"),
    "links": ("://".join(["{#urlott#}"] * 100) + "c", "a://" * 799 + "b"),
    "links of one letter run": ("{#urlott#}" * 50 + " c", "a" * 3190 + "://b d"),
    "all tags": ((V + "{#numeric#}{#email#}") * 30 + "b", "1" * 3199 + "c"),
    "a long text": ("ab cd " * 330, "ab cd" * 600),
    "another long text": ("ab cd " * 330, "zyx wv" * 500),
    "marks": (V + "x" * 1900, "a" + "\u0301\u0315\u0300" * 1060),
    "placeholders left in": (V * 5 + "end", "{#var#}" * 450),
    "hashes": (V * 5 + "end", "{#" * 1600),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_decided_and_explained_at_once(attack):
    text, body = ATTACKS[attack]
    template = compile_template(text, Limits(body=LONGEST))
    started = process_time()
    matches(template, body)
    decided = process_time()
    check(template, body).as_dict()
    explained = process_time()
    assert decided - started < 0.25
    assert explained - decided < 1


def test_an_enormous_body_costs_no_more_than_reading_it():
    template = compile_template(V + " x")
    started = process_time()
    assert not matches(template, "\u0301\u0315" * 1_000_000)
    assert not matches(template, "a" * 2_000_000)
    assert not matches(template, " \n" * 1_000_000)
    assert process_time() - started < 0.5


def test_a_template_beyond_every_limit_is_still_answered():
    template = compile_template((V + "{#numeric#}") * 3000)
    started = process_time()
    check(template, "x1" * 900).as_dict()
    assert process_time() - started < 2
