"""What is said of values before there is a call; the composer passes the same cases."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applets import registry
from applets.variables import VARIABLES, written
from calls.models import Call
from dlt.matcher import compile_template, render
from flows.alignment import align
from flows.extents import Extents
from flows.graph import parse
from flows.program import collected, placed
from flows.value_issues import findings_of
from tests.applets.playing import CALL, event_from, flow_of, play
from tests.applets.test_cases import cases_of

FILE = Path(__file__).resolve().parent.parent / "cases" / "worst_case_cases.json"
SHARED: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
EXTENTS = Extents(parse(SHARED["flow"]))


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: str(case["name"]))
def test_the_shared_cases(case: dict[str, Any]) -> None:
    found = findings_of(compile_template(case["template"]), case["body"], EXTENTS)
    assert (None if found is None else [asdict(finding) for finding in found]) == case["findings"]


static = st.text(alphabet="ab .", min_size=1, max_size=6)
value = st.sampled_from(
    ["{CallRef}", "{CallFrom} b", "a", "b. {DateTime}", "${{ nodes.p.json.x }}"]
)


@given(st.lists(st.tuples(static, value), min_size=1, max_size=5), static)
def test_a_filled_template_is_aligned_with_itself(pairs: list[tuple[str, str]], end: str) -> None:
    """Law: values put into a template are found again, or others that make the same text."""
    template = compile_template("".join(f"{text}{{#var#}}" for text, _ in pairs) + end)
    body = render(template, [one for _, one in pairs])
    filled = align(template, body)
    assert filled is not None
    again = ["".join(map(written, parts)) for parts in filled]
    assert render(template, again).strip() == body.strip()


def test_a_text_made_to_be_cut_in_many_ways_is_answered() -> None:
    template = compile_template("{#var#}a" * 250)
    assert findings_of(template, "a" * 2000, EXTENTS) is not None


def test_call_variables_are_what_real_ones_are() -> None:
    facts = {info.name: info for info in VARIABLES}
    call = Call()
    for name, real in (("CallSid", call.sid), ("CallRef", call.ref)):
        assert len(real) == facts[name].longest == len(facts[name].sample)
        assert set(real) <= set(facts[name].characters or "")


@pytest.mark.parametrize("slug", [applet.slug for applet in registry.all_applets()])
def test_applets_declare_what_they_set_and_leave(slug: str) -> None:
    applet = registry.get(slug)
    leaves = {info.name for info in applet.leaves}
    for case in cases_of(slug)["calls"]:
        if "state" in case or "call" in case:
            continue
        events = [event_from(event) for event in case.get("events", [])]
        graph = flow_of(slug, case["settings"])
        turns, _ = play(graph, events)
        state = turns[-1].state
        assert state.call == CALL
        named = {info.name for info in collected(placed(graph, "x"))}
        assert state.variables.keys() <= named
        lists = any("." in info.name for info in applet.collects)
        assert lists or len(named) <= len(applet.collects)
        assert state.nodes.get("x", {}).keys() - {"problem"} <= leaves
