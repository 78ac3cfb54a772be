"""The acceptance cases of the operators' template check, one test for each body."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest

from dlt.matcher import Match, Mismatch, check, compile_template, matches, normalise

CASES = json.loads((Path(__file__).parent.parent / "cases/dlt_cases.json").read_text("utf-8"))


def bodies(wanted):
    """Return the bodies to decide, each with its template and the name of its case."""
    return [
        pytest.param(entry["template"], case, id=f"{entry['id']}-{number}")
        for entry in CASES
        for number, case in enumerate(entry["cases"], 1)
        if wanted(case)
    ]


BODIES = bodies(lambda case: True)
DETAILS = {"var": "variable", "len": "length", "limit": "limit", "at": "position", "kind": "kind"}


@pytest.mark.parametrize(("text", "case"), BODIES)
def test_the_case_is_decided_as_the_operators_decide_it(text, case):
    answer = check(compile_template(text), case["body"])
    assert isinstance(answer, Match) == case["ok"], case["reason"]
    assert matches(compile_template(text), case["body"]) == case["ok"]


@pytest.mark.parametrize(("text", "case"), bodies(lambda case: not case["ok"]))
def test_a_refusal_names_the_reason_the_case_asks_for(text, case):
    answer = check(compile_template(text), case["body"])
    assert isinstance(answer, Mismatch)
    named = [problem.as_dict() for problem in answer.problems if problem.code in case["codes"]]
    assert named, answer.problems
    for key, field in DETAILS.items():
        if key in case:
            assert case[key] in [problem.get(field) for problem in named], key


@pytest.mark.parametrize(("text", "case"), BODIES)
def test_values_stand_where_the_answer_says(text, case):
    body = normalise(case["body"])
    for value in check(compile_template(text), case["body"]).variables:
        assert body[value.start : value.end] == value.value


@pytest.mark.parametrize(("text", "case"), bodies(lambda case: "max_ms" in case))
def test_adversarial_bodies_are_answered_in_time(text, case):
    started = perf_counter()
    check(compile_template(text), case["body"]).as_dict()
    assert (perf_counter() - started) * 1000 < case["max_ms"]
