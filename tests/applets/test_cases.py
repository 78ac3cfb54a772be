"""Every applet against its cases; an applet without cases, or without a page, is not finished."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from applets.base import Applet
from applets.registry import all_applets
from flows.state import State
from tests.applets.playing import CALL, event_from, flow_of, play, shown

HERE = Path(__file__).resolve().parent.parent
SLUGS = [applet.slug for applet in all_applets()]


def cases_of(slug: str) -> dict[str, Any]:
    file = HERE / "cases" / "applets" / f"{slug}.json"
    assert file.exists(), f"The applet {slug} has no cases: write {file.name}."
    cases: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return cases


def listed(kind: str) -> list[Any]:
    return [
        pytest.param(applet, case, id=f"{applet.slug}: {case['name']}")
        for applet in all_applets()
        for case in cases_of(applet.slug)[kind]
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_applet_has_cases_and_a_page(slug: str) -> None:
    assert cases_of(slug)["settings"]
    assert cases_of(slug)["calls"]
    page = HERE.parent / "docs" / "applets" / f"{slug}.md"
    assert page.exists(), f"The applet {slug} has no page: write docs/applets/{slug}.md."
    text = page.read_text(encoding="utf-8")
    for setting in next(a for a in all_applets() if a.slug == slug).settings_model.model_fields:
        assert f"`{setting}`" in text, f"docs/applets/{slug}.md does not speak of `{setting}`."


@pytest.mark.parametrize(("applet", "case"), listed("settings"))
def test_settings(applet: Applet[Any], case: dict[str, Any]) -> None:
    refused: list[str] = []
    noted: list[str] = []
    try:
        settings = applet.settings_model.model_validate(case["settings"])
    except ValidationError as error:
        refused = sorted({str(item["loc"][0]) for item in error.errors()})
    else:
        noted = sorted(f"{issue.severity} {issue.setting}" for issue in applet.issues(settings))
    assert refused == case.get("refused", [])
    assert noted == case.get("issues", [])


@pytest.mark.parametrize(("applet", "case"), listed("calls"))
def test_calls(applet: Applet[Any], case: dict[str, Any]) -> None:
    facts = replace(CALL, **case.get("call", {}))
    state = State(facts, **case.get("state", {}))
    graph = flow_of(applet.slug, case["settings"])
    turns, steps = play(graph, [event_from(event) for event in case.get("events", [])], state)
    told = [shown(turn.instructions) for turn in turns]
    wanted = case["turns"]
    assert len(told) == len(wanted)
    for instructions, expected in zip(told, wanted, strict=True):
        assert [item["type"] for item in instructions] == [item["type"] for item in expected]
        for instruction, fields in zip(instructions, expected, strict=True):
            assert {key: instruction[key] for key in fields} == fields
    assert (steps[0].port or None) == case.get("port")
    if "note" in case:
        assert case["note"] in steps[0].note
    for name, value in case.get("variables", {}).items():
        assert turns[-1].state.variables[name] == value
    for name, value in case.get("result", {}).items():
        assert turns[-1].state.nodes["x"][name] == value
