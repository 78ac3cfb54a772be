"""Wrong requests of every kind, as a table: what is asked, and what the refusal must name."""

from __future__ import annotations

from typing import Any

from tests.flows.drawing import greeting, hangup, node
from tests.security.asking import ask
from tests.security.world import PE_ID, drawn

NUL = "a\0b"
MISSING_TEMPLATE = "1107000000000000000"
MISSING_ENTITY = "1101000000000000000"
TEXT = "Hello - ACMECO"


def sms(**changes: Any) -> dict[str, Any]:
    return {"to": "+919876543210", "text": TEXT, **changes}


def template(**changes: Any) -> dict[str, Any]:
    return {
        "template_id": "1107161234567899999",
        "entity": PE_ID,
        "headers": ["ACMECO"],
        "name": "New",
        "text": TEXT,
        **changes,
    }


def flow(graph_: Any, **changes: Any) -> dict[str, Any]:
    return {"name": "Another", "graph": graph_, **changes}


def event(**changes: Any) -> dict[str, Any]:
    return {"type": "digits", "digits": "1", **changes}


DEEP = '{"name": "x", "graph": ' + "[" * 50_000 + "]" * 50_000 + "}"
EVENTS = "simulations/{call.sid}/events"

GRAPHS = [
    ask("post", "flows", flow([]), "must be an object"),
    ask("post", "flows", flow("no graph"), "must be an object"),
    ask("post", "flows", flow({"nodes": {}}), "nodes"),
    ask("post", "flows", flow({"nodes": [{"type": "greeting"}]}), "nodes[0].id"),
    ask("post", "flows", flow({"nodes": [greeting("a"), hangup("a")]}), "nodes[1].id"),
    ask("post", "flows", flow({"connections": [{"from": "a"}]}), "connections[0].port"),
    ask("post", "flows", flow({"schema": 99}), "schema"),
    ask("post", "flows", flow({"nodes": [hangup(f"n{i}") for i in range(1001)]}), "1001"),
    ask("post", "flows", flow({"nodes": [], "x": 2**63}), "x"),
    ask("post", "flows", flow({"nodes": [], "__proto__": {}}), "__proto__"),
    ask("post", "flows", '{"name": "x", "graph": {"x": NaN}}', "NaN", status=400),
    ask("post", "flows", '{"name": "x", "graph": {"x": 1e999}}', "x"),
    ask("post", "flows", '{"name": "x", "graph": {"x": "\\ud800"}}', "x"),
    ask("post", "flows", DEEP, "nested", status=400),
    ask("post", "flows", '{"name": "x", "graph": {"a":' * 30 + "1" + "}" * 31, status=400),
    ask("post", "flows", {"graph": drawn()}, "name", status=400),
    ask("post", "flows", flow(drawn(), name="Support line"), "Support line"),
    ask("put", "flows/{flow.sid}/draft", {"graph": 7, "base_hash": ""}, "must be an object"),
    ask("put", "flows/{flow.sid}/draft", {"graph": {}, "base_hash": "0"}, status=409),
    ask("put", "flows/{flow.sid}/draft", {}, "graph", status=400),
    ask("post", "flows/validate", {"graph": {"nodes": [1]}}, "nodes[0]"),
]
MESSAGES = [
    ask("post", "sms", sms(to="+91987"), "+91987", status=422),
    ask("post", "sms", sms(to="+0000000000"), "+0000000000", status=422),
    ask("post", "sms", sms(to="call me"), "call me", status=422),
    ask("post", "sms", sms(to="9" * 100_000), "to", status=400),
    ask("post", "sms", sms(to=None), "to", status=400),
    ask("post", "sms", sms(to=["+919876543210"] * 10_000), "to", status=400),
    ask("post", "sms", sms(text="x" * 3201), "text", status=400),
    ask("post", "sms", sms(text=""), "text", status=400),
    ask("post", "sms", sms(text={"a": 1}), "text", status=400),
    ask("post", "sms", sms(text="\ud800"), "text", status=400),
    ask("post", "sms", sms(encoding="utf-7"), "encoding", status=400),
    ask("post", "sms", sms(traffic_type="spam"), "traffic_type", status=400),
    ask("post", "sms", sms(sender_id="A" * 12), "sender_id", status=400),
    ask("post", "sms", sms(dlt_template_id="1" * 21), "dlt_template_id", status=400),
    ask("post", "/v2.0/sms", sms(to="+91987"), "+91987", status=422),
    ask("post", "/v2.0/sms", sms(text="x" * 3201), "text", status=400),
    ask("post", "/v2.0/sms", [], status=400),
    ask("get", "/v2.0/sms", {"limit": "1e9"}, "limit", status=400),
    ask("get", "/v2.0/sms", {"offset": str(2**63)}, "offset", status=400),
    ask("post", "sms/preview", {"text": "x", "to": "nonsense"}, "to", status=400),
]
CALLS = [
    ask("post", "simulations", {"flow": "{flow.sid}", "from": "+919876543210"}, "flow", status=404),
    ask("post", EVENTS, event(type="explode"), "type"),
    ask("post", EVENTS, event(digits="9" * 41), "digits", status=400),
    ask("post", EVENTS, event(digits="abc"), "digits"),
    ask("post", EVENTS, event(type="dial_ended", status="maybe"), "status"),
    ask("post", EVENTS, '{"type": "hung_up", "talk_seconds": NaN}', status=400),
    ask("post", EVENTS, {"type": "hung_up", "talk_seconds": "NaN"}, "talk_seconds"),
    ask("post", EVENTS, {"type": "hung_up", "talk_seconds": "Infinity"}, "talk_seconds"),
    ask("post", EVENTS, {"type": "hung_up", "talk_seconds": -1}, "talk_seconds", status=400),
    ask("post", EVENTS, event(key="k" * 101), "key", status=400),
    ask("patch", "numbers/{number.e164}", {"flow": "flwnothere"}, "flow", status=404),
    ask("patch", "numbers/{number.e164}", {"flow": 2**63}, status=404),
    ask("patch", "numbers/+999", {"flow": None}, "number", status=404),
    ask("get", "numbers/lookup", {"number": "1" * 300}, "number", status=400),
    ask("get", "numbers/lookup", {"number": "1", "region": "XQ"}, "XQ"),
]
REGISTRY = [
    ask("post", "dlt/templates", template(template_id="abc"), "template_id", status=422),
    ask("post", "dlt/templates", template(template_id="1.10716E+18"), "spreadsheet", status=422),
    ask("post", "dlt/templates", template(entity=MISSING_ENTITY), MISSING_ENTITY, status=422),
    ask("post", "dlt/templates", template(headers=["NOPE"]), "headers", status=422),
    ask("post", "dlt/templates", template(headers="ACMECO"), "headers", status=400),
    ask("post", "dlt/templates", template(text="x" * 2001), "text", status=400),
    ask("post", "dlt/templates", template(category="secret"), "category", status=400),
    ask("post", "dlt/templates", template(state="approved", name=None), "name", status=400),
    ask("post", "dlt/headers", {"entity": PE_ID, "value": "HDFС"}, "value", status=422),
    ask("post", "dlt/headers", {"entity": PE_ID, "value": "ACMECO"}, "ACMECO", status=409),
    ask("post", "dlt/entities", {"pe_id": PE_ID, "name": "x"}, PE_ID, status=409),
    ask("post", "dlt/entities", {"pe_id": "12", "name": "x"}, "pe_id", status=422),
    ask("post", "dlt/check", {"template": MISSING_TEMPLATE, "body": "x"}, MISSING_TEMPLATE),
    ask("post", "dlt/check", {"body": "x" * 20_001}, "body", status=400),
    ask("post", "dlt/match", {"body": "x" * 2001}, "body"),
    ask("post", "dlt/match", {"body": "x", "header": "NOBODY"}, "NOBODY", status=422),
    ask("post", "dlt/check", {"template": {"text": "{#var#}" * 400}, "body": "x"}, "text"),
    ask("post", "dlt/templates/{template.pk}/reject", {"reason": " "}, "reason", status=400),
    ask("get", "dlt/templates/99999999999", None, "template", status=404),
    ask("get", f"dlt/templates/{2**63}", None, "template", status=404),
    ask("get", f"dlt/templates/{'9' * 5000}", None, "template", status=404),
    ask("get", "dlt/templates/²", None, "template", status=404),
]
WEBHOOKS = [
    ask("post", "webhooks", {"url": "http://127.0.0.1/"}, "url"),
    ask("post", "webhooks", {"url": "file:///etc/passwd"}, "url"),
    ask("post", "webhooks", {"url": "https://customer.example/" + "x" * 500}, "url", status=400),
    ask("post", "webhooks", {"url": "https://customer.example/", "event": "all"}, "event"),
]
WIRE = [
    ask("post", "sms", b"\xff\xfe{}", status=400),
    ask("post", "sms", b'{"to": "\xff"}', status=400),
    ask("post", "sms", "{", status=400),
    ask("post", "sms", "", "to", status=400),
    ask("post", "sms", "null", status=400),
    ask("post", "sms", '"text"', status=400),
    ask("post", "sms", "[" * 100_000, status=400),
    ask("post", "sms", '{"to": ' + "9" * 5000 + "}", status=400),
    ask("post", "sms", sms(), status=415, content_type="text/plain"),
    ask("post", "sms", "<sms/>", status=415, content_type="application/xml"),
    ask("post", "sms", "to=1", status=415, content_type="application/x-www-form-urlencoded"),
    ask("post", "sms", sms(text="x" * 5_000_000), "4 MiB", status=413),
    ask("post", "flows", flow({"x": "x" * 5_000_000}), "4 MiB", status=413),
    ask("post", "/v2.0/sms", sms(text="x" * 5_000_000), "4 MiB", status=413),
    ask(
        "post",
        "/v2.0/sms",
        "to=%2B919876543210&text=" + "x" * 5_000_000,
        "4 MiB",
        status=413,
        content_type="application/x-www-form-urlencoded",
    ),
    ask(
        "post",
        "/v2.0/sms",
        "&".join(f"a{i}=1" for i in range(2000)),
        status=400,
        content_type="application/x-www-form-urlencoded",
    ),
    ask("post", "/v2.0/sms", "--x", status=400, content_type="multipart/form-data"),
    ask(
        "post",
        "/v2.0/sms",
        "text=%FF%FE&to=%2B91987",
        status=422,
        content_type="application/x-www-form-urlencoded",
    ),
]
LISTS = [
    ask("get", "flows", {"cursor": "-1"}, "cursor", status=400),
    ask("get", "flows", {"cursor": str(2**63)}, "cursor", status=400),
    ask("get", "calls", {"cursor": "9" * 5000}, "cursor", status=400),
    ask("get", "calls", {"flow": "x" * 41}, "flow", status=400),
    ask("get", "sms", {"cursor": str(2**63)}, "cursor", status=400),
    ask("get", "sms", {"cursor": "9" * 400}, "cursor", status=400),
    ask("get", "sms", {"status": "lost"}, "status", status=400),
    ask("get", "dlt/templates", {"cursor": str(2**63)}, "cursor", status=400),
    ask("get", "dlt/headers", {"cursor": "1.5"}, "cursor", status=400),
    ask("get", "dlt/entities", {"state": "gone"}, "state", status=400),
    ask("get", "dlt/templates", {"q": "x" * 101}, "q", status=400),
    ask("get", "reports/sms/summary", {"from": "2026-13-01", "to": "2026-01-01"}, "from"),
    ask("get", "reports/sms/summary", {"from": "0001-01-01", "to": "9999-12-31"}, "20"),
    ask("get", "reports/sms/summary", {"from": "2026-02-01", "to": "2026-01-01"}, "2026"),
    ask("get", "reports/sms/summary", {"from": "2016-01-01", "to": "2026-01-01"}, "400"),
    ask("get", "reports/sms/summary", {"from": "2026-01-01"}, "to"),
    ask("get", "reports/sms/summary", {"period": "century"}, "century"),
    ask("get", "reports/sms/summary", {"account": "1"}, "account"),
    ask("get", "reports/sms/summary", {"flow__account": "1"}, "flow__account"),
    ask("get", "reports/sms/summary", {"status": "lost"}, "status"),
]

NUL_IN_BODIES = [
    ask("post", "flows", flow(drawn(), name=NUL), "name"),
    ask("post", "flows", flow({"nodes": [node("n1", "greeting", say=NUL)]}), "nodes[0].settings"),
    ask("post", "flows/validate", {"graph": {"entry": NUL}}, "entry"),
    ask("patch", "flows/{flow.sid}", {"name": NUL}, "name"),
    ask("put", "flows/{flow.sid}/draft", {"graph": drawn(), "base_hash": NUL}, "base_hash"),
    ask("post", "flows/{flow.sid}/publish", {"note": NUL}, "note"),
    *[
        ask("post", "sms", sms(**{name: NUL}), name)
        for name in ("to", "text", "sender_id", "dlt_template_id", "dlt_entity_id", "encoding")
    ],
    *[
        ask("post", "/v2.0/sms", sms(**{name: NUL}), name)
        for name in ("to", "text", "from", "dltTemplateId", "dltEntityId", "trafficType")
    ],
    ask("post", "sms/preview", {"text": NUL}, "text"),
    *[
        ask("post", "dlt/templates", template(**{name: NUL}), name)
        for name in ("template_id", "entity", "name", "text", "category")
    ],
    ask("post", "dlt/templates", template(headers=[NUL]), "headers"),
    ask("post", "dlt/headers", {"entity": NUL, "value": "ABC"}, "entity"),
    ask("post", "dlt/headers", {"entity": PE_ID, "value": NUL}, "value"),
    ask("post", "dlt/entities", {"pe_id": NUL, "name": "x"}, "pe_id"),
    ask("post", "dlt/entities", {"pe_id": MISSING_ENTITY, "name": NUL}, "name"),
    ask("post", "dlt/check", {"template_id": NUL, "body": "x"}, "template_id"),
    ask("post", "dlt/check", {"template": {"text": "x"}, "body": NUL}, "body"),
    ask("post", "dlt/match", {"body": NUL}, "body"),
    ask("post", "dlt/match", {"body": "x", "entity": NUL}, "entity"),
    ask("post", "dlt/templates/{template.pk}/reject", {"reason": NUL}, "reason"),
    ask("post", "simulations", {"flow": NUL, "from": "+919876543210"}, "flow"),
    ask("post", "simulations", {"flow": "x", "from": NUL}, "from"),
    ask("post", EVENTS, event(digits=NUL), "digits"),
    ask("post", EVENTS, event(key=NUL), "key"),
    ask("patch", "numbers/{number.e164}", {"flow": NUL}, "flow"),
    ask("post", "webhooks", {"url": NUL}, "url"),
    ask("post", "webhooks", {"url": "https://customer.example/", "event": NUL}, "event"),
]
