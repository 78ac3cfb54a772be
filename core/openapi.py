"""What the API description says beyond the views themselves: groups, names, roles and refusals.

Hooks of drf-spectacular, named in ``SPECTACULAR_SETTINGS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

Endpoint = tuple[str, str, str, Callable[..., Any]]
Operation = dict[str, Any]

METHODS: Final = ("get", "post", "put", "patch", "delete")
# The first part of a path that follows the version, and what the group is called.
TAGS: Final = {
    "callr": ("Callr-compatible SMS", "A client of Callr's SMS API works here: same paths, same objects."),
    "sms": ("SMS", "Send messages and follow them to the handset."),
    "flows": ("Flows", "What happens on a call: drafts, versions, issues."),
    "simulations": ("Test calls", "The simulated phone. Nothing reaches a carrier or costs money."),
    "calls": ("Calls", "Calls with the steps they took and the messages they sent."),
    "numbers": ("Numbers", "The account's telephone numbers, and what is known of any number."),
    "dlt": ("DLT registry", "Entities, headers and templates, and whether a text fits one."),
    "reports": ("Reports", "The figures of the SMS report."),
    "webhooks": ("Webhooks", "Addresses of yours that are told of every change of a message."),
    "notices": ("Notices", "What happened without you that you should know."),
    "applets": ("Applets", "What flows are made of, with the schema of each applet's settings."),
    "expressions": ("Expressions", "Tried with sample values while somebody writes them."),
    "audio": ("Recordings", "What greetings and menus play."),
}  # fmt: skip
_ANSWERS: Final = {"200": "Done.", "201": "Made.", "202": "Accepted.", "204": "Removed."}
_SECOND_NAMES: Final = "/api/v2.0/"
_ACTIONS: Final = frozenset({"check", "preview"})
_VERBS: Final = {"post": "create", "put": "replace", "patch": "change", "delete": "delete"}

ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A refusal. `code` is stable; docs/errors.md says what each one means.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "context"],
            "properties": {
                "code": {"type": "string", "examples": ["not_found"]},
                "message": {"type": "string", "description": "A sentence for people."},
                "context": {"type": "object", "description": "The facts the sentence speaks of."},
            },
        }
    },
}


def leave_out_second_names(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Describe each endpoint once: ``/api/v2.0/`` is another name of ``/v2.0/``."""
    return [endpoint for endpoint in endpoints if not endpoint[0].startswith(_SECOND_NAMES)]


def complete(
    result: dict[str, Any], generator: Any, request: object, public: object
) -> dict[str, Any]:
    """Give every operation a group, a name, a summary, the role it needs and the shape of refusals."""
    del request, public  # the description is the same for everybody
    roles = {
        (path, method.lower()): _role(view, method) for path, _, method, view in generator.endpoints
    }
    for path, method, operation in operations_of(result):
        group = group_of(path)
        operation["tags"] = [TAGS[group][0] if group in TAGS else group]
        if operation["operationId"].startswith(("api_v", "v2")):
            operation["operationId"] = name_of(path, method)
        _summarise(operation)
        operation["x-role"] = roles.get((path, method), "viewer")
        for status, response in operation["responses"].items():
            response["description"] = response["description"] or _ANSWERS[status]
        operation["responses"]["default"] = _refusal()
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    used = {tag for _, _, operation in operations_of(result) for tag in operation["tags"]}
    result["tags"] = [
        {"name": name, "description": told} for name, told in TAGS.values() if name in used
    ]
    return result


def operations_of(schema: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Yield every operation with its path and method."""
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def group_of(path: str) -> str:
    """Return the part of a path that names its group: ``flows`` of ``/api/v1/flows/{sid}``."""
    if path.startswith("/v2.0/"):
        return "callr"
    return path.removeprefix("/api/v1/").partition("/")[0]


def name_of(path: str, method: str) -> str:
    """Name an operation: ``sms_list``, ``sms_read``, ``dlt_templates_approve``."""
    parts = path.replace("/v2.0/", "/callr/", 1).removeprefix("/api/v1").strip("/").split("/")
    words = [part for part in parts if not part.startswith("{")]
    ends_in_parameter = parts[-1].startswith("{")
    if method == "get":
        words.append("read" if ends_in_parameter else "list")
    elif len(words) == len(parts) or ends_in_parameter:
        words += [] if parts[-1] in _ACTIONS else [_VERBS[method]]
    return "_".join(words)


def _role(view: Any, method: str) -> str:
    read = method.upper() in {"GET", "HEAD", "OPTIONS"}
    name, usual = ("role_to_read", "viewer") if read else ("role_to_change", "editor")
    return str(getattr(view.cls, name, usual))


def _summarise(operation: Operation) -> None:
    """Make the first sentence of a view's words its summary and leave the rest as description."""
    if operation.get("summary"):
        return
    words = " ".join(operation.get("description", "").split()).replace("``", "`")
    first, _, rest = words.partition(". ")
    operation["summary"] = first.removesuffix(".")
    operation["description"] = rest
    if not rest:
        del operation["description"]


def _refusal() -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Error"}
    return {
        "description": "Refused, with a stable code.",
        "content": {"application/json": {"schema": shape}},
    }
