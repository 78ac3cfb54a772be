"""The registry fails loudly, and the catalogue says everything the canvas needs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from applets import registry
from applets.base import CATEGORIES, Applet, AppletSettings, End, Port, PortForEach
from applets.catalogue import catalogue
from applets.instructions import Hangup
from applets.run import RunView

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = ROOT / "frontend" / "src" / "panel" / "fields" / "registry.ts"
# The lines of the panel's own list: "  key_list: KeyList,".
WIDGETS = set(re.findall(r"^  (\w+): \w+,$", REGISTRY.read_text(encoding="utf-8"), re.MULTILINE))


class Settings(AppletSettings):
    rows: list[str] = []


def applet_with(**fields: Any) -> type[Applet[Any]]:
    def enter(self: Applet[Any], settings: Settings, run: RunView) -> End:
        return End(Hangup("flow_ended"), "flow_ended", "")

    declared = {
        "__doc__": "Does nothing.",
        "slug": "nothing",
        "label": "Nothing",
        "category": "end",
        "icon": "x",
        "settings_model": Settings,
        "enter": enter,
        **fields,
    }
    return type("Nothing", (Applet,), {k: v for k, v in declared.items() if v is not None})


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"slug": "sms"}, "slug 'sms' is taken by Sms"),
        ({"slug": "Not A Slug"}, "must be 2 to 40"),
        ({"slug": None}, "declares no slug"),
        ({"category": "magic"}, "is none of voice, input"),
        ({"__doc__": None}, "no docstring"),
        ({"ports": (Port("a", "A"), Port("a", "B"))}, "two ports share a name: a, a"),
        ({"ports": (Port("a" * 41, "A"),)}, "longer than 40"),
        ({"ports": (PortForEach("choices", key="digit"),)}, "setting 'choices', which it does not"),
        ({"ports": (Port("a", "A", when=("route", "x")),)}, "depends on the setting 'route'"),
        ({"port_on_failure": "error"}, "'error', which is not one of its ports"),
        ({"port_without_caller": "next"}, "'next', which is not one of its ports"),
    ],
)
def test_a_wrong_declaration_stops_the_start(fields: dict[str, Any], fault: str) -> None:
    with pytest.raises(registry.BadApplet, match=fault):
        registry.register(applet_with(**fields))


def test_an_unknown_slug_names_the_known_ones() -> None:
    known = ", ".join(sorted(applet.slug for applet in registry.all_applets()))
    message = f"No applet type 'magic'. Known types: {known}."
    with pytest.raises(registry.UnknownApplet, match=re.escape(message)):
        registry.get("magic")


def test_every_module_was_loaded_in_the_order_of_the_palette() -> None:
    slugs = [applet.slug for applet in registry.all_applets()]
    files = Path(registry.__file__).parent.joinpath("types").glob("[a-z]*.py")
    assert sorted(slugs) == sorted(file.stem for file in files)
    order = [applet.category for applet in registry.all_applets()]
    assert order == sorted(order, key=list(CATEGORIES).index)


def test_the_catalogue_has_all_that_a_panel_needs() -> None:
    for applet in catalogue()["applets"]:
        properties = applet["schema"]["properties"]
        assert set(applet["defaults"]) == set(properties)
        assert set(applet["required"]) <= set(properties)
        assert "$ref" not in json.dumps(applet["schema"])
        for name, field in properties.items():
            where = f"{applet['slug']}.{name}"
            assert field["widget"] in WIDGETS, where
            assert field["title"], where
            values = set(field.get("enum", []))
            assert {option["value"] for option in field.get("options", [])} >= values, where
            if "show_when" in field:
                assert field["show_when"]["setting"] in properties, where


def test_texts_are_translated_as_the_catalogue_is_served() -> None:
    shouted = catalogue(str.upper)
    greeting = shouted["applets"][0]
    assert greeting["label"] == "GREETING"
    assert greeting["schema"]["properties"]["say"]["title"] == "TEXT TO SAY"
    assert greeting["schema"]["properties"]["source"]["options"][0] == {
        "value": "say",
        "label": "TEXT",
    }
    assert greeting["ports"] == [{"kind": "fixed", "name": "next", "label": "NEXT"}]
    assert shouted["categories"][0] == {"slug": "voice", "label": "VOICE"}


def test_the_catalogue_is_served_to_members_only(api: Client) -> None:
    answer = api.get("/api/v1/applets")
    assert answer.status_code == 200
    applets = {applet["slug"]: applet for applet in answer.json()["applets"]}
    assert applets["ivr"]["waits"]
    assert not applets["passthru"]["waits"]
    assert applets["ivr"]["ports"][0] == {
        "kind": "each",
        "setting": "choices",
        "key": "digit",
        "label": "label",
    }
    assert list(applets["sms"]["schema"]["properties"])[:2] == ["to", "to_number"]
    assert Client().get("/api/v1/applets").status_code == 401
