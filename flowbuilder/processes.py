"""A handful of processes that start together and end together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final, Self

SECONDS_TO_START: Final = 60.0
SECONDS_TO_STOP: Final = 10.0
PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h


class ProcessEnded(Exception):
    """One of the processes stopped by itself."""


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Group:
    """Processes by name. Leaving the ``with`` block stops them all, the first started last."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, self._interrupt)
        signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running.values()):
            process.terminate()
        for process in reversed(self._running.values()):
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()
        raise KeyboardInterrupt

    def start(self, name: str, command: list[str], log: Path | None = None) -> None:
        """Start a process apart from the terminal, so that Ctrl-C reaches it once: through us.

        What it prints goes to the terminal, or into ``log``.
        """
        output = log.open("wb") if log else None
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "flowbuilder.settings.local")
        self._running[name] = subprocess.Popen(  # noqa: S603 -- our own commands
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    def wait_until(self, name: str, ready: Callable[[], bool]) -> None:
        """Wait until a process is ready; raises ProcessEnded when it ends or takes a minute."""
        turns = int(SECONDS_TO_START / 0.05)
        for _ in range(turns):
            if ready():
                return
            self._check()
            self._stop.wait(0.05)
        raise ProcessEnded(f"The {name} process did not start within {SECONDS_TO_START:.0f} s.")

    def wait_for_end(self) -> None:
        """Wait until a process ends by itself, and raise ProcessEnded then."""
        while not self._stop.wait(0.5):
            self._check()

    def _check(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                raise ProcessEnded(
                    f"The {name} process ended (exit code {process.returncode}); stopping the rest."
                )
