"""Each comparison of a condition's rows, and what is said of broken ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from applets.rule_faults import fault_of
from applets.rules import OPERATORS, Rule, judge, kinds_of
from applets.run import CallFacts, RunView
from tests.applets.playing import CALL, NOW

FAULTS = json.loads(
    (Path(__file__).parent.parent / "cases" / "rule_faults.json").read_text("utf-8")
)

VARIABLES: dict[str, Any] = {
    "digits": "042",
    "plan": "Gold",
    "score": 7,
    "price": "12.50",
    "vip": True,
    "items": [1, 2],
    "empty": "",
    "long": "x" * 3000 + "end",
}
NODES: dict[str, Any] = {"n2": {"json": {"status": "paid", "count": 0, "none": None}}}


def run_of(call: CallFacts = CALL) -> RunView:
    return RunView(
        call=call, now=NOW, variables=VARIABLES, nodes=NODES, aliases={"lookup": "n2"}, facts={}
    )


def rule(subject: str, operator: str, value: Any = "", name: str = "") -> Rule:
    return Rule.model_validate(
        {"subject": subject, "name": name, "operator": operator, "value": value}
    )


# NOW is Saturday, 21 November 2026, 10:30 in Asia/Kolkata.
@pytest.mark.parametrize(
    ("row", "holds"),
    [
        (rule("caller", "is", "+919876543210"), True),
        (rule("caller", "is", "+919876543211"), False),
        (rule("caller", "is_not", "+919876543210"), False),
        (rule("caller", "one_of", ["+911", "+919876543210"]), True),
        (rule("caller", "starts_with", "+9198"), True),
        (rule("caller", "matches", r"^\+91[6-9]\d{9}$"), True),
        (rule("caller", "is_set"), True),
        (rule("caller", "is_not_set"), False),
        (rule("called", "is", "+914412345678"), True),
        (rule("caller_type", "is", "can_receive_sms"), True),
        (rule("caller_type", "is_not", "fixed_line"), True),
        (rule("caller_country", "one_of", ["NP", "IN"]), True),
        (rule("caller_country", "is_not", "IN"), False),
        (rule("digits", "is", "042"), True),
        (rule("digits", "is", "42"), False),
        (rule("digits", "greater", "41"), True),
        (rule("digits", "less", "42"), False),
        (rule("digits", "between", ["42", "50"]), True),
        (rule("digits", "contains", "4"), True),
        (rule("time", "between", ["09:00", "18:00"]), True),
        (rule("time", "between", ["10:30", "10:31"]), True),
        (rule("time", "between", ["09:00", "10:30"]), False),
        (rule("time", "between", ["22:00", "10:31"]), True),
        (rule("time", "between", ["22:00", "10:30"]), False),
        (rule("time", "less", "10:31"), True),
        (rule("time", "less", "10:30"), False),
        (rule("time", "greater", "10:30"), True),
        (rule("weekday", "is", "sat"), True),
        (rule("weekday", "one_of", ["sat", "sun"]), True),
        (rule("weekday", "is_not", "sat"), False),
        (rule("variable", "is", "gold", "plan"), True),
        (rule("variable", "starts_with", "GO", "plan"), True),
        (rule("variable", "contains", "OL", "plan"), True),
        (rule("variable", "matches", "^gold$", "plan"), False),
        (rule("variable", "is", "7", "score"), True),
        (rule("variable", "is", "7.0", "score"), True),
        (rule("variable", "is", "seven", "score"), False),
        (rule("variable", "greater", "12.4", "price"), True),
        (rule("variable", "is", "true", "vip"), True),
        (rule("variable", "is_set", name="empty"), False),
        (rule("variable", "is_set", name="items"), True),
        (rule("variable", "is_not", "gold", "nobody"), True),
        (rule("variable", "is_not_set", name="nobody"), True),
        (rule("variable", "greater", "1", "nobody"), False),
        (rule("variable", "contains", "end", "long"), True),
        (rule("variable", "is", "K7M2Q9XW4T", "CallRef"), True),
        (rule("result", "is", "paid", "nodes.lookup.json.status"), True),
        (rule("result", "is", "paid", "nodes.n2.json.status"), True),
        (rule("result", "is", "0", "nodes.lookup.json.count"), True),
        (rule("result", "is_set", name="nodes.lookup.json.none"), False),
        (rule("result", "is_not", "paid", "nodes.never.json.status"), True),
        (rule("result", "is_set", name="nodes.never.json.status"), False),
    ],
    ids=lambda value: (
        f"{value.subject} {value.operator} {value.value} {value.name}"[:60]
        if isinstance(value, Rule)
        else str(value)
    ),
)
def test_comparisons(row: Rule, holds: bool) -> None:
    judged = judge(row, run_of())
    assert judged.note == ""
    assert judged.holds is holds


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (rule("variable", "greater", "1", "plan"), "It is not a number."),
        (rule("variable", "greater", "1", "vip"), "It is not a number."),
        (rule("variable", "is", "1", "items"), "It is a list or an object"),
        (rule("variable", "is_not", "1", "items"), "It is a list or an object"),
        (rule("variable", "greater", "many", "score"), "It is not a number."),
        (rule("variable", "matches", "(", "plan"), "The pattern cannot be used"),
        (rule("variable", "is_not", "", "plan"), "There is no value"),
        (rule("variable", "one_of", [], "plan"), "There is no value"),
        (rule("digits", "between", ["1"]), "There is no value"),
        (rule("time", "is", "10:30"), "does not go with"),
        (rule("result", "is", "1", "nodes..x"), "cannot be read"),
        (rule("result", "is", "1", "'a'.repeat(1000000000)"), "cannot be worked out"),
    ],
)
def test_what_cannot_be_told_does_not_hold_and_is_said(row: Rule, note: str) -> None:
    judged = judge(row, run_of())
    assert not judged.holds
    assert note in judged.note


def test_every_comparison_of_every_subject_comes_to_an_end_whatever_the_value() -> None:
    for subject in OPERATORS:
        for operator in OPERATORS["variable"]:
            for value in ("", [], ["a"], ["a", "b", "c"], "x"):
                judged = judge(rule(subject, operator, value, "plan"), run_of())
                assert isinstance(judged.holds, bool)


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("+919876543210", {"mobile", "can_receive_sms"}),
        ("+914428888888", {"fixed_line"}),
        ("+911800123456", {"toll_free"}),
        ("+12025550123", {"can_receive_sms"}),
        ("", {"unknown"}),
        ("+999123456789", {"unknown"}),
    ],
)
def test_kinds_of_numbers(number: str, kinds: set[str]) -> None:
    assert kinds_of(number) == kinds


def test_a_withheld_number_is_not_set() -> None:
    run = run_of(replace(CALL, from_number=""))
    assert judge(rule("caller", "is_not_set"), run).holds
    assert not judge(rule("caller_country", "is", "IN"), run).holds
    assert judge(rule("caller_country", "is_not", "IN"), run).holds


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: json.dumps(case["rule"])[:70])
def test_faults(case: dict[str, Any]) -> None:
    fault = fault_of(Rule.model_validate(case["rule"]))
    assert (fault == "") is case["right"], fault
