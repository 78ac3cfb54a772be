"""The five use cases of an SMS applet as published flows, and two numbers that ring them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from accounts.caller import Caller
from calls.models import PhoneNumber
from calls.services import ring_flow
from flows.models import Flow
from flows.services import create_flow, publish_flow
from flows.tests.services import create_test

FOLDER: Final = Path(__file__).parent / "flows"
NUMBERS: Final = {
    "+918047123300": ("Support line", "Missed call alert"),
    "+912248971100": ("Bookings", "Appointment booking"),
}


def create_flows(editor: Caller, admin: Caller, at: datetime) -> dict[str, Flow]:
    """Create and publish the flows, and let the two numbers ring; returns the flows by name."""
    flows = {}
    for file in sorted(FOLDER.glob("*.json")):
        made = json.loads(file.read_text(encoding="utf-8"))
        flow = create_flow(caller=editor, name=made["name"], graph=made["graph"], now=at)
        for document in made.get("tests", []):
            create_test(editor, flow, document, at)
        publish_flow(caller=editor, flow=flow, note=made["note"], now=at)
        flow.refresh_from_db()
        flows[flow.name] = flow
    for e164, (label, name) in NUMBERS.items():
        PhoneNumber.objects.create(account=editor.account, e164=e164, label=label)
        ring_flow(caller=admin, e164=e164, flow=flows[name], now=at)
    return flows
