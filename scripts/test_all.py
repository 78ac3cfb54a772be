"""Run every test twice: on SQLite, then on PostgreSQL. Nothing is skipped silently."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from scripts.chromium import find_or_install
from scripts.postgres import private_postgres


def pytest(title: str, arguments: list[str], **environment: str) -> int:
    started = time.monotonic()
    print(f"\n=== {title} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="fb-") as data:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments],
            env={**os.environ, "FLOWBUILDER_DATA": data, **environment},
            check=False,
        )
    print(f"=== {title}: {time.monotonic() - started:.0f} s ===", flush=True)
    return done.returncode


def main() -> int:
    chromium = find_or_install()
    codes = [pytest("SQLite, with the whole product and a browser", [], CHROMIUM=chromium)]
    with private_postgres() as url:
        codes.append(
            pytest(
                "PostgreSQL, with the whole product and a browser (starting and stopping ran above)",
                ["--ignore=tests/product/test_running.py"],
                DATABASE_URL=url,
                CHROMIUM=chromium,
            )
        )
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
