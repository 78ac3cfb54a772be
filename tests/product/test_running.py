"""`make run`: starting, stopping, starting again, and what it says when it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flowbuilder.embedded_broker import find_server
from tests.product.conftest import ROOT, Product, free_port, wait_for_status

pytestmark = pytest.mark.product


@pytest.fixture
def own_product(monkeypatch: pytest.MonkeyPatch) -> Iterator[Product]:
    """A product that a test may stop and break; on SQLite, whatever the others use."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with tempfile.TemporaryDirectory(prefix="fb-own-") as folder:
        running = Product(Path(folder), free_port())
        running.start()
        yield running
        if running.process and running.process.poll() is None:
            running.stop()


def test_it_prints_the_address_and_the_demo_logins(product: Product):
    said = "".join(product.output)
    assert f"http://localhost:{product.port}" in said
    for login in ("asha@acme.example", "ravi@acme.example", "meera@acme.example"):
        assert login in said


def test_it_is_up_and_ready(product: Product):
    assert httpx.get(f"{product.url}/healthz").json() == {"status": "up"}
    ready = httpx.get(f"{product.url}/readyz")
    assert (ready.status_code, ready.json()) == (
        200,
        {"database": True, "broker": True, "worker": True},
    )


def test_ctrl_c_ends_every_process_and_a_second_start_keeps_the_data(own_product: Product):
    with own_product.client() as client:
        sid = client.post("/v2.0/sms", data={"to": "+33639981020", "text": "Hi"}).json()["sid"]
    children = [own_product.child(name) for name in ("valkey", "uvicorn", "worker", "beat")]
    assert own_product.stop() == 0
    for pid in children:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    own_product.start()
    assert "Filling the demo account" not in "".join(own_product.output[-8:])
    with own_product.client() as client:
        assert client.get(f"/v2.0/sms/{sid}").status_code == 200


def test_what_a_killed_worker_left_is_sent_after_the_next_start(own_product: Product):
    with own_product.client() as client:
        os.kill(own_product.child("worker"), signal.SIGKILL)
        answer = client.post("/v2.0/sms", data={"to": "+33639981020", "text": "Hi"})
        sid = answer.json()["sid"]
    assert own_product.process
    assert own_product.process.wait(30) == 1
    assert "The worker process ended" in "".join(own_product.output)
    own_product.start()
    session = own_product.signed_in()
    with own_product.live(session) as live, own_product.client() as client:
        assert wait_for_status(live, client, sid, "delivered")["status"] == "delivered"


def test_a_broker_that_hangs_costs_a_call_nothing_and_loses_no_message(own_product: Product):
    client = own_product.client()
    flow = own_product.flow(client, "Lead capture from missed call")
    broker = own_product.child("valkey")
    os.kill(broker, signal.SIGSTOP)
    try:
        asked = {"flow": flow, "use": "live", "from": "+919876543210", "to": ""}
        turn = client.post("/api/v1/simulations", json=asked, timeout=5).json()
        while not turn["ended"]:
            event = {"type": "prompt_finished"}
            url = f"/api/v1/simulations/{turn['sid']}/events"
            turn = client.post(url, json=event, timeout=5).json()
        assert turn["messages"][0]["status"] == "created"
    finally:
        os.kill(broker, signal.SIGCONT)
    session = own_product.signed_in()
    with own_product.live(session) as live:
        assert wait_for_status(live, client, turn["messages"][0]["sid"], "delivered")


def test_a_redis_of_ones_own_is_used_instead_of_the_embedded_broker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """REDIS_URL is all it takes; here it names a server on a TCP port."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    port = free_port()
    server = subprocess.Popen([find_server(), "--port", str(port), "--save", ""])
    running = Product(tmp_path, free_port(), {"REDIS_URL": f"redis://127.0.0.1:{port}/0"})
    try:
        running.start()
        with pytest.raises(StopIteration):
            running.child("valkey")
        with running.live(running.signed_in()) as live, running.client() as client:
            made = client.post("/v2.0/sms", data={"to": "+33639981020", "text": "Hi"}).json()
            assert wait_for_status(live, client, made["sid"], "delivered")
    finally:
        running.stop()
        server.terminate()
        server.wait()


def run_up(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.local", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_up(PORT=str(port), FLOWBUILDER_DATA=str(tmp_path))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr


def test_a_second_start_on_the_same_data_is_refused(product: Product):
    done = run_up(PORT=str(free_port()), FLOWBUILDER_DATA=str(product.data))
    assert done.returncode == 1
    assert "already runs on" in done.stderr


def test_an_old_python_is_refused_with_the_remedy():
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); "
        "runpy.run_path('scripts/environment.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9.2" in done.stderr
