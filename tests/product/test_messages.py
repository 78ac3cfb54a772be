"""Messages through the running product: real web, real broker, real worker."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from tests.product.conftest import Product, wait_for_status

pytestmark = pytest.mark.product

CLIENT = Path(__file__).with_name("callr_client.py")


def test_the_documented_python_client_runs_unchanged_but_for_host_and_key(
    product: Product, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    source = CLIENT.read_text()
    source = source.replace("<callr-api-key>", product.key())
    source = source.replace("https://api.callr.com", product.url)
    script = tmp_path / "client.py"
    script.write_text(source)
    runpy.run_path(str(script))
    printed = capsys.readouterr().out
    assert "Error" not in printed
    assert re.search(r"'sid': 'sms\w+'", printed)


def test_a_message_walks_to_delivered_live(product: Product):
    session, client = product.signed_in(), product.client()
    with product.live(session) as live:
        assert json.loads(live.recv(timeout=10))["type"] == "hello"
        sid = client.post("/v2.0/sms", data={"to": "+33639981020", "text": "Hi"}).json()["sid"]
        shown = wait_for_status(live, client, sid, "delivered")
    assert [step["after"] for step in shown["history"]] == ["pending", "sent", "delivered"]


def test_a_refused_sms_leaves_the_call_alone_and_says_where_it_differs(product: Product):
    client = product.client()
    flow = client.get(f"/api/v1/flows/{product.flow(client, 'Lead capture from missed call')}")
    graph = flow.json()["draft"]["graph"]
    for node in graph["nodes"]:
        if node["type"] == "sms":
            node["settings"]["body"] = "Thank you for your interest in Acme! acme.example - ACMECO"
    copy = client.post("/api/v1/flows", json={"name": "Breaks DLT", "graph": graph}).json()
    asked = {"flow": copy["id"], "use": "draft", "from": "+919876543210", "to": ""}
    turn = client.post("/api/v1/simulations", json=asked).json()
    while not turn["ended"]:
        url = f"/api/v1/simulations/{turn['sid']}/events"
        turn = client.post(url, json={"type": "prompt_finished"}).json()
    (message,) = turn["messages"]
    assert message["status"] == "error"
    assert message["error"]["code"] == "dlt.template_mismatch"
    assert "character 6" in message["error"]["message"]
    assert [step["applet"] for step in turn["steps"]] == ["greeting", "sms", "hangup"]


def test_a_receipt_at_the_carriers_door_needs_the_token(product: Product):
    client = product.client()
    answer = client.post("/gateways/simulator/wrong-token/receipts", json={"id": "1"})
    assert answer.status_code == 404
