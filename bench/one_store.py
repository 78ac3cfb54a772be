"""Run benchmarks on the store that the environment names, and write their rows to a file."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import django


def main(store: str, results: Path, names: list[str]) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from bench.processes import Broker
    from bench.world import build

    broker = Broker(settings.DATA_DIR / "broker.log")
    try:
        broker.start()
        call_command("migrate", interactive=False, verbosity=0)
        world = build(store, settings.DATA_DIR, broker)
        rows: list[dict[str, Any]] = []
        notes: list[str] = []
        for name in names:
            began = time.monotonic()
            benchmark = import_module(f"bench.{name}")
            rows += [asdict(row) for row in benchmark.run(world)]
            count = getattr(benchmark, "query_counts", None)
            notes += [f"{store}: {line}" for line in count(world)] if count else []
            print(f"  {store}: {name} took {time.monotonic() - began:.0f} s", flush=True)
        results.write_text(json.dumps({"rows": rows, "notes": notes}), encoding="utf-8")
    finally:
        connections.close_all()
        broker.stop()
        shutil.rmtree(settings.SOCKET_DIR, ignore_errors=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    code = 0
    try:
        main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
    except KeyboardInterrupt:
        code = 130
    # The threads that publish hints, and those of the database pool, wait for nobody.
    sys.stdout.flush()
    os._exit(code)
