"""Run the whole product on one machine: broker, web, worker and scheduler, until Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Account
from flowbuilder import embedded_broker
from flowbuilder.demo.people import LOGINS, PASSWORD
from flowbuilder.health import broker_and_worker
from flowbuilder.processes import Group, ProcessEnded

# Queues and threads. Submitting has a process of its own: a carrier that takes half a minute delays nothing
# else. So have imports: they keep a processor busy for a minute.
WORKERS = {
    "worker": ("receipts,webhooks,default", 16),
    "submitter": ("submit", 16),
    "importer": ("imports", 2),
}


class Command(BaseCommand):
    help = "Migrate, seed the demo once, then run broker, web, worker and scheduler together."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), settings.PORT
        self._check_port(host, port)
        with self._only_one_here(), Group() as group:
            try:
                self._start(group, host, port)
                group.wait_for_end()
            except ProcessEnded as ended:
                raise CommandError(str(ended)) from ended
            except KeyboardInterrupt:
                self.stdout.write("\nStopping …")

    def _start(self, group: Group, host: str, port: int) -> None:
        if settings.EMBEDDED_BROKER:
            group.start("broker", embedded_broker.command(), settings.DATA_DIR / "broker.log")
            group.wait_until("broker", Path(settings.SOCKET_DIR, "valkey.sock").exists)
        call_command("migrate", interactive=False, verbosity=0)
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "--quiet", "-A", "flowbuilder"]
        group.start("web", [*python, "uvicorn", "flowbuilder.asgi:application", "--host", host,
                            "--port", str(port), "--log-level", "warning", "--no-server-header"])  # fmt: skip
        group.wait_until("web", lambda: _answers(host, port))
        if not Account.objects.exists():
            self.stdout.write("Filling the demo account …")
            call_command("seed_demo")
        for name, (queues, threads) in WORKERS.items():
            group.start(name, [*celery, "worker", "--pool", "threads", "--concurrency",
                               str(threads), "--queues", queues, "--loglevel", "WARNING",
                               "--without-gossip", "--without-mingle", "--hostname",
                               f"{name}@{settings.SOCKET_DIR.name}"])  # fmt: skip
        group.start("scheduler", [*celery, "beat", "--loglevel", "WARNING", "--schedule",
                                  str(settings.DATA_DIR / "schedule")])  # fmt: skip
        group.wait_until("worker", lambda: broker_and_worker()[1])
        self._greet(port)

    def _greet(self, port: int) -> None:
        self.stdout.write(f"\nFlowbuilder is running at http://localhost:{port}\n\n")
        for who, email in LOGINS.items():
            self.stdout.write(f"  {who:<14} {email:<24} password {PASSWORD}")
        self.stdout.write("\nCtrl-C ends it. Your data stays in " + str(settings.DATA_DIR))
        self.stdout.flush()

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken. Choose another one: PORT={port + 1} make run"
                ) from error

    def _only_one_here(self) -> IO[str]:
        """Keep the data folder to one running product; the lock goes with the process."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        lock = (settings.DATA_DIR / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(
                f"Flowbuilder already runs on {settings.DATA_DIR}. Stop it, or set FLOWBUILDER_DATA"
                " to another folder."
            ) from error
        return lock


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((host, port)) == 0
