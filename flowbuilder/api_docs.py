"""The page that explains the API to people, drawn from the description that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from core.openapi import Operation, operations_of

Schema = Mapping[str, Any]

MISSED: Final = (
    "We missed your call to Acme Retail. We will call you back soon. Ref K7Q2M9X4TB - ACMECO"
)
# What stands in the examples, by the name of the field.
SAMPLES: Final[dict[str, Any]] = {
    "to": "+919820011223",
    "from": "+919820011223",
    "number": "+919820011223",
    "e164": "+918047123300",
    "key": "1107166184021950037",
    "text": MISSED,
    "body": MISSED,
    "sender_id": "ACMECO",
    "template_id": "1107166184021950037",
    "dlt_template_id": "1107166184021950037",
    "dltTemplateId": "1107166184021950037",
    "pe_id": "1101458270000012345",
    "entity": "1101458270000012345",
    "headers": ["ACMECO"],
    "value": "ACMECO",
    "name": "Missed call alert",
    "reason": "The brand name is missing.",
    "flow": "FLOW_ID",
    "graph": {"schema": 1, "entry": None, "nodes": [], "connections": []},
    "url": "https://example.com/hooks/sms",
    "type": "digits",
    "digits": "1",
}
# Fields worth showing although they may be left out, by operation.
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "callr_sms_create": ("from", "dltTemplateId"),
    "sms_create": ("sender_id", "dlt_template_id"),
    "flows_rename": ("name",),
    "numbers_change": ("flow",),
    "dlt_check": ("template_id",),
    "simulations_event": ("digits",),
}
# Where a field means something else than elsewhere.
EXCEPTIONS: Final = {("callr_sms_create", "from"): "ACMECO"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    place: str
    kind: str
    required: bool
    told: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation, ready to be read."""

    name: str
    method: str
    path: str
    summary: str
    told: str
    role: str
    status: str
    fields: tuple[Field, ...]
    curl: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    slug: str
    told: str
    entries: tuple[Entry, ...]


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Explain every path of the API; open to everybody, as the schema is."""
    layout = "base.html" if getattr(request, "caller", None) else "solo.html"
    context = {"layout": layout, "groups": groups(), "address": settings.PUBLIC_URL}
    return render(request, "api_docs.html", context)


@cache
def groups() -> tuple[Group, ...]:
    """Return what the page shows; worked out once, because the paths do not change while we run."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    entries = [
        (operation["tags"][0], _entry(schema, path, method, operation))
        for path, method, operation in operations_of(schema)
    ]
    return tuple(
        Group(
            tag["name"],
            slugify(tag["name"]),
            tag["description"],
            tuple(entry for name, entry in entries if name == tag["name"]),
        )
        for tag in schema["tags"]
    )


def _entry(schema: Schema, path: str, method: str, operation: Operation) -> Entry:
    fields = (*_parameters(schema, operation), *_body_fields(schema, operation))
    return Entry(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"].replace("`", ""),
        told=operation.get("description", "").replace("`", ""),
        role=operation["x-role"],
        status=next(iter(operation["responses"])),
        fields=fields,
        curl=_curl(operation["operationId"], method.upper(), path, fields),
    )


def _parameters(schema: Schema, operation: Operation) -> Iterator[Field]:
    for given in operation.get("parameters", []):
        kind = _kind(schema, given["schema"])
        yield Field(
            given["name"], given["in"], kind, given.get("required", False), _told(schema, given)
        )


def _body_fields(schema: Schema, operation: Operation) -> Iterator[Field]:
    content = operation.get("requestBody", {}).get("content", {})
    shape = _resolved(schema, content.get("application/json", {}).get("schema", {}))
    required = shape.get("required", [])
    for name, field in shape.get("properties", {}).items():
        told = _told(schema, field)
        yield Field(name, "body", _kind(schema, field), name in required, told)


def _resolved(schema: Schema, shape: Schema) -> Schema:
    """Follow a reference; of a choice take what is not null."""
    while True:
        if "$ref" in shape:
            shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
            continue
        choices = shape.get("allOf") or shape.get("oneOf")
        if not choices:
            return shape
        shape = next(choice for choice in choices if not _is_nothing(schema, choice))


def _is_nothing(schema: Schema, shape: Schema) -> bool:
    name = shape.get("$ref", "").rpartition("/")[2]
    return shape.get("type") == "null" or name in {"NullEnum", "BlankEnum"}


def _kind(schema: Schema, shape: Schema) -> str:
    found = _resolved(schema, shape)
    if "enum" in found:
        return " | ".join(str(value) for value in found["enum"] if value not in {"", None})
    kind = found.get("type", "any JSON")
    if kind == "array":
        return f"list of {_kind(schema, found['items'])}"
    names = [name for name in (kind if isinstance(kind, list) else [kind]) if name != "null"]
    return " or ".join(names)


def _told(schema: Schema, shape: Schema) -> str:
    """Say what a field is for, how long it may be and what stands in for it."""
    told = shape.get("description", "")
    parts = [] if told.startswith("* ") else [told]  # a list of choices is shown as the kind
    found = {**_resolved(schema, shape.get("schema", shape)), **shape}
    if found.get("maxLength"):
        parts.append(f"At most {found['maxLength']} characters.")
    default = found.get("default", found.get("schema", {}).get("default", ""))
    if default not in {"", None}:
        parts.append(f"Default: {str(default).lower() if isinstance(default, bool) else default}.")
    return " ".join(part for part in parts if part)


def _curl(name: str, method: str, path: str, fields: tuple[Field, ...]) -> str:
    """Write a command that a reader can copy, with the fields that must be given."""
    body = {
        field.name: EXCEPTIONS.get((name, field.name), SAMPLES.get(field.name, field.kind))
        for field in fields
        if field.place == "body" and (field.required or field.name in SHOWN.get(name, ()))
    }
    usual = "POST" if body else "GET"
    lines = [f"curl {'' if method == usual else f'-X {method} '}'{_address(path, fields)}'"]
    lines.append('-H "x-api-key: $KEY"')
    if body:
        lines.append("-H 'content-type: application/json'")
        lines.append("-d '" + json.dumps(body, ensure_ascii=False).replace("'", "'\\''") + "'")
    return " \\\n  ".join(lines)


def _address(path: str, fields: tuple[Field, ...]) -> str:
    query = {}
    for field in fields:
        sample = str(SAMPLES.get(field.name, field.name.upper()))
        if field.place == "path":
            path = path.replace(f"{{{field.name}}}", sample)
        elif field.place == "query" and field.required:
            query[field.name] = sample
    return f"{settings.PUBLIC_URL}{path}{'?' if query else ''}{urlencode(query)}"
