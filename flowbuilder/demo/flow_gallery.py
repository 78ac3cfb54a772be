"""Published flows: five use cases of an SMS applet, a front desk that leads to others, and what callers find
after hours; three numbers ring them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from accounts.caller import Caller
from calls.models import PhoneNumber
from calls.services import ring_flow
from flows.models import Flow
from flows.services import create_flow, publish_flow, save_draft
from flows.tests.services import create_test

FOLDER: Final = Path(__file__).parent / "flows"
NUMBERS: Final = {
    "+918047123300": ("Support line", "Missed call alert"),
    "+912248971100": ("Bookings", "Appointment booking"),
    "+914046180900": ("Front desk", "Front desk"),
}


def create_flows(editor: Caller, admin: Caller, at: datetime) -> dict[str, Flow]:
    """Create and publish the flows, and let the numbers ring; returns the flows by name."""
    flows: dict[str, Flow] = {}
    for file in sorted(FOLDER.glob("*.json")):
        made = json.loads(file.read_text(encoding="utf-8"))
        graph = _with_targets(made["graph"], flows)
        flow = create_flow(caller=editor, name=made["name"], graph=graph, now=at)
        for document in made.get("tests", []):
            create_test(editor, flow, document, at)
        publish_flow(caller=editor, flow=flow, note=made["note"], now=at)
        flow.refresh_from_db()
        flows[flow.name] = flow
    _change(editor, flows["After hours"], at + timedelta(days=8))
    for e164, (label, name) in NUMBERS.items():
        PhoneNumber.objects.create(account=editor.account, e164=e164, label=label)
        ring_flow(caller=admin, e164=e164, flow=flows[name], now=at)
    return flows


def _with_targets(graph: dict[str, Any], flows: dict[str, Flow]) -> dict[str, Any]:
    """Return a graph whose transfers name flows by sid: the files name them as people do."""
    for node in graph["nodes"]:
        if node["type"] == "transfer":
            node["settings"]["flow"] = flows[node["settings"]["flow"]].sid
    return graph


def _change(editor: Caller, flow: Flow, at: datetime) -> None:
    """Publish a second version, so that there is something to compare."""
    graph = json.loads(json.dumps(flow.draft))
    for node in graph["nodes"]:
        if node["type"] == "voicemail":
            node["settings"]["max_seconds"] = 90
    save_draft(caller=editor, flow=flow, graph=graph, base_hash=flow.draft_hash, now=at)
    publish_flow(caller=editor, flow=flow, note="Longer messages", now=at)
    flow.refresh_from_db()
