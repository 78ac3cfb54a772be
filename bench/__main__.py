"""Run the benchmarks and print one table: ``python -m bench [name …] [--sqlite | --postgres]``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.measure import Row, table
from scripts.postgres import private_postgres

BENCHMARKS: Final = (
    "engine_turn",
    "engine_steps",
    "expressions",
    "calls_per_second",
    "growth",
    "sms_in_turn",
    "pipeline",
    "matcher",
    "template_search",
)
NO_STORE: Final = frozenset(
    {"engine_steps", "expressions", "matcher", "template_search"}
)  # pure: once is enough
SECONDS_TO_STOP: Final = 30.0


@dataclass(slots=True)
class Results:
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    chosen = _arguments()
    names, began = chosen.names or list(BENCHMARKS), time.monotonic()
    results = Results()
    try:
        if not chosen.postgres:
            _measure(results, "SQLite", names)
        if not chosen.sqlite:
            remaining = names if chosen.postgres else [n for n in names if n not in NO_STORE]
            if remaining:
                with private_postgres() as url:
                    _measure(results, "PostgreSQL", remaining, DATABASE_URL=url)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130
    print(f"\n{table(results.rows)}\n\n" + "\n".join(results.notes))
    print(f"\n{time.monotonic() - began:.0f} s in all. How to read it: bench/README.md")
    return 0


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    stores = parser.add_mutually_exclusive_group()
    stores.add_argument("--sqlite", action="store_true", help="SQLite only")
    stores.add_argument("--postgres", action="store_true", help="PostgreSQL only")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}. Known: {', '.join(BENCHMARKS)}.")
    return chosen


def _measure(results: Results, store: str, names: list[str], **environment: str) -> None:
    """Run benchmarks in a process of their own, with a data folder of their own."""
    with tempfile.TemporaryDirectory(prefix="fb-bench-") as folder:
        found = Path(folder) / "results.json"
        command = [sys.executable, "-m", "bench.one_store", store, str(found), *names]
        with _child(command, _environment(folder, environment)) as child:
            if child.wait() != 0:
                raise SystemExit(f"The benchmarks on {store} failed.")
        stored: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    results.rows += [Row(**row) for row in stored["rows"]]
    results.notes += stored["notes"]


def _environment(folder: str, more: dict[str, str]) -> dict[str, str]:
    """Return our environment without what would lead to somebody's data, broker or carrier."""
    ours = {"DATABASE_URL", "REDIS_URL", "SMS_GATEWAY", "SIMULATED_CARRIER_SECONDS"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.local",
        "FLOWBUILDER_DATA": folder,
        "LOG_LEVEL": "CRITICAL",
        **more,
    }


@contextmanager
def _child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process apart from the terminal: Ctrl-C reaches it once, through us."""
    child = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


if __name__ == "__main__":
    sys.exit(main())
