"""The broker and the workers of a benchmark: started, frozen, stopped, and gone at the end."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import redis
from django.conf import settings

from flowbuilder import embedded_broker
from flowbuilder.health import WORKER_SEEN_KEY
from flowbuilder.management.commands.up import WORKERS

# One worker for all of them.
QUEUES: Final = ",".join(queues for queues, _ in WORKERS.values())
WORKER_THREADS: Final = max(threads for _, threads in WORKERS.values())
SECONDS_TO_START: Final = 60.0
SECONDS_TO_STOP: Final = 5.0
POLL: Final = 0.01
PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h


def wait_until(ready: Callable[[], object], what: str, seconds: float = SECONDS_TO_START) -> None:
    """Ask again every few milliseconds; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"After {seconds:.0f} s still waiting for {what}.")
        time.sleep(POLL)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _start(command: list[str], log: Path, **environment: str) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )


def _stop(process: subprocess.Popen[bytes], seconds: float = SECONDS_TO_STOP) -> None:
    """End a process, frozen or not."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Broker:
    """The embedded Valkey, which can be stopped and can hang."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.client = redis.Redis.from_url(settings.REDIS_URL)

    def start(self) -> None:
        self._process = _start(embedded_broker.command(), self._log)
        wait_until(self._answers, "the broker")

    def stop(self) -> None:
        if self._process:
            _stop(self._process)
        (settings.SOCKET_DIR / "valkey.sock").unlink(missing_ok=True)

    @contextmanager
    def down(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Freeze the server: it accepts connections and never answers."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)
            wait_until(self._answers, "the broker")

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False


@contextmanager
def worker(
    broker: Broker, log: Path, *, queues: str = QUEUES, seconds_to_stop: float = SECONDS_TO_STOP,
    **environment: str,
) -> Iterator[None]:  # fmt: skip
    """Run a worker as ``make run`` does, until the block is left."""
    broker.client.delete(WORKER_SEEN_KEY)
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "flowbuilder", "worker",
               "--pool", "threads", "--concurrency", str(WORKER_THREADS), "--queues", queues,
               "--include", "bench.empty_task", "--loglevel", "WARNING",
               "--without-gossip", "--without-mingle"]  # fmt: skip
    process = _start(command, log, **environment)
    try:
        wait_until(lambda: broker.client.exists(WORKER_SEEN_KEY), "the worker")
        yield
    finally:
        _stop(process, seconds_to_stop)
