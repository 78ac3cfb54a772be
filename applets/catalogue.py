"""The catalogue: everything the canvas, the panel and the documentation know of an applet, as
JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from applets.base import CATEGORIES, Applet, Port, PortForEach
from applets.expressions.documented import Entry, entries
from applets.object_fields import OBJECTS, ObjectInfo
from applets.registry import all_applets
from applets.variables import VARIABLES, VariableInfo

Translate = Callable[[str], str]

_TRANSLATED: Final = ("title", "description", "label", "placeholder")


def catalogue(translate: Translate = str) -> dict[str, Any]:
    """Return ``{"applets", "categories", "variables", "objects", "functions"}``, each a list, with
    its texts in the reader's language. The last three are what expressions can use."""
    return {
        "applets": [describe(applet, translate) for applet in all_applets()],
        "categories": [
            {"slug": slug, "label": translate(label)} for slug, label in CATEGORIES.items()
        ],
        "variables": [_value(info, translate) for info in VARIABLES],
        "objects": [_object(info, translate) for info in OBJECTS],
        "functions": [_function(entry, translate) for entry in entries()],
    }


def describe(applet: Applet[Any], translate: Translate = str) -> dict[str, Any]:
    """Return one applet's entry in the catalogue."""
    return {
        "slug": applet.slug,
        "version": applet.version,
        "label": translate(applet.label),
        "description": translate(_first_line(applet)),
        "category": applet.category,
        "icon": applet.icon,
        "color": f"--c-{applet.category}",
        "ports": [_port(port, translate) for port in applet.ports],
        "schema": _translated(schema_of(applet), translate),
        "required": list(required_settings(applet)),
        "defaults": applet.settings_model().model_dump(mode="json"),
        "summary": applet.summary,
        "waits": applet.waits,
        "collects": [_value(info, translate) for info in applet.collects],
        "leaves": [_value(info, translate) for info in applet.leaves],
    }


def _value(info: VariableInfo, translate: Translate) -> dict[str, Any]:
    return {**asdict(info), "label": translate(info.label)}


def _object(info: ObjectInfo, translate: Translate) -> dict[str, Any]:
    fields = [_value(field, translate) for field in info.fields]
    return {"name": info.name, "label": translate(info.label), "fields": fields}


def _function(entry: Entry, translate: Translate) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "signature": entry.signature,
        "description": translate(entry.description),
        "example": entry.example,
        "result": entry.result,
    }


def required_settings(applet: Applet[Any]) -> tuple[str, ...]:
    """Return the settings that must not be empty when the flow is published."""
    fields = applet.settings_model.model_fields.items()
    return tuple(
        key
        for key, field in fields
        if field.is_required()
        or (isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("required"))
    )


@lru_cache(maxsize=64)
def _schema(applet_class: type[Applet[Any]]) -> dict[str, Any]:
    raw = applet_class.settings_model.model_json_schema()
    definitions = raw.pop("$defs", {})
    raw.pop("title", None)
    raw.pop("required", None)
    schema: dict[str, Any] = _inlined(raw, definitions)
    for field in schema.get("properties", {}).values():
        field.pop("required", None)
    return schema


def schema_of(applet: Applet[Any]) -> dict[str, Any]:
    """Return the JSON Schema of an applet's settings, without references."""
    return _schema(type(applet))


def _inlined(value: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema with ``$ref`` replaced; settings models are not recursive."""
    if isinstance(value, list):
        return [_inlined(item, definitions) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        target = definitions[value["$ref"].rsplit("/", 1)[-1]]
        beside = {key: item for key, item in value.items() if key != "$ref"}
        return _inlined({**target, **beside}, definitions)
    return {key: _inlined(item, definitions) for key, item in value.items()}


def _translated(value: Any, translate: Translate) -> Any:
    if isinstance(value, list):
        return [_translated(item, translate) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: translate(item)
        if key in _TRANSLATED and isinstance(item, str)
        else _translated(item, translate)
        for key, item in value.items()
    }


def _port(port: Port | PortForEach, translate: Translate) -> dict[str, Any]:
    when = {"when": {"setting": port.when[0], "equals": port.when[1]}} if port.when else {}
    if isinstance(port, Port):
        return {"kind": "fixed", "name": port.name, "label": translate(port.label), **when}
    return {"kind": "each", "setting": port.setting, "key": port.key, "label": port.label, **when}


def _first_line(applet: Applet[Any]) -> str:
    return (applet.__doc__ or "").strip().splitlines()[0]
