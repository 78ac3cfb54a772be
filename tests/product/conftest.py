"""The whole product, started as its user starts it, with a data folder of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-flowbuilder"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SECONDS_TO_START = 120.0
SECONDS_FOR_A_MESSAGE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """A running product: its address, its processes, and doors to come in by."""

    data: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    output: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Run ``manage.py up`` and wait until it says that it runs."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.local",
            "FLOWBUILDER_DATA": str(self.data),
            "PORT": str(self.port),
            "DEMO_DAYS": "2",
        }
        environment.pop("REDIS_URL", None)
        environment |= self.environment
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running = threading.Event()
        threading.Thread(target=self._read, args=(self.process, running), daemon=True).start()
        assert running.wait(SECONDS_TO_START), "".join(self.output)
        assert self.process.poll() is None, "".join(self.output)

    def _read(self, process: subprocess.Popen[str], running: threading.Event) -> None:
        assert process.stdout
        for line in process.stdout:
            self.output.append(line)
            if "Ctrl-C ends it" in line:
                running.set()
        running.set()

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def child(self, name: str) -> int:
        """Return the process id of a child by a word of its command."""
        assert self.process
        done = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return next(int(line.split()[0]) for line in done.stdout.splitlines() if name in line)

    def key(self, role: str = "editor", name: str = "tests") -> str:
        """Make an API key as the documentation says."""
        done = subprocess.run(
            [sys.executable, "manage.py", "create_api_key", "--account", "demo", "--name", name,
             "--role", role],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.local",
                 "FLOWBUILDER_DATA": str(self.data)},
            capture_output=True,
            text=True,
            check=True,
        )  # fmt: skip
        assert re.fullmatch(r"fb_live_\S+\n", done.stdout)
        return done.stdout.strip()

    def client(self, role: str = "editor", name: str = "tests") -> httpx.Client:
        key = self.key(role, name)
        return httpx.Client(base_url=self.url, headers={"x-api-key": key}, timeout=30)

    def signed_in(self, email: str = "asha@acme.example") -> httpx.Client:
        """Return a browser's session, signed in through the page."""
        client = httpx.Client(base_url=self.url, follow_redirects=True, timeout=30)
        page = client.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        answer = client.post(
            "/sign-in/",
            data={"csrfmiddlewaretoken": token[1], "username": email, "password": PASSWORD},
        )
        assert answer.status_code == 200
        assert "sessionid" in client.cookies
        return client

    def live(self, session: httpx.Client) -> ClientConnection:
        """Open the live events of the signed-in person's account."""
        return connect(
            f"ws://localhost:{self.port}/ws/account/",
            origin=Origin(self.url),
            additional_headers={"Cookie": f"sessionid={session.cookies['sessionid']}"},
        )

    def flow(self, client: httpx.Client, name: str) -> str:
        flows = client.get("/api/v1/flows").json()["flows"]
        return next(str(flow["id"]) for flow in flows if flow["name"] == name)


def wait_for_status(
    live: ClientConnection, client: httpx.Client, sid: str, status: str
) -> dict[str, Any]:
    """Return the message once a live event says that it has the status."""
    import json

    shown: dict[str, Any] = client.get(f"/api/v1/sms/{sid}").json()
    while shown["status"] != status:
        event = json.loads(live.recv(timeout=SECONDS_FOR_A_MESSAGE))
        if event.get("sid") == sid:
            shown = client.get(f"/api/v1/sms/{sid}").json()
    return shown


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    with tempfile.TemporaryDirectory(prefix="fb-product-") as folder:
        running = Product(Path(folder), free_port())
        running.start()
        yield running
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()
