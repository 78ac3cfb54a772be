"""Run every test twice: on SQLite and on PostgreSQL. Nothing is skipped silently.

The tests inside one process run on both databases at a time, one core each; those that start the whole
product and a browser need the machine to themselves.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from scripts.chromium import find_or_install
from scripts.postgres import private_postgres


def pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest and print all it said when it has ended, so that two runs do not mix."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fb-") as data:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments],
            env={**os.environ, "FLOWBUILDER_DATA": data, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    seconds = time.monotonic() - started
    print(f"\n=== {title} ===\n{done.stdout}=== {title}: {seconds:.0f} s ===", flush=True)
    return done.returncode


def main() -> int:
    browser = {"CHROMIUM": find_or_install()}
    # Starting and stopping, and how pages look, do not depend on the database.
    once = ["tests/product/test_running.py", "tests/product/test_browser_pages.py"]
    apart = [f"--ignore={file}" for file in once]
    with private_postgres() as url, ThreadPoolExecutor() as both:
        sqlite, postgres = browser, {**browser, "DATABASE_URL": url}
        inside = [
            both.submit(pytest, f"{name}: inside one process", ["-m", "not product"], where)
            for name, where in (("SQLite", sqlite), ("PostgreSQL", postgres))
        ]
        codes = [run.result() for run in inside]
        # Apart, because the browser's driver keeps an event loop in the thread of its tests.
        codes.append(pytest("SQLite: the whole product", ["-m", "product"], sqlite))
        print("\nNot run again on PostgreSQL: " + ", ".join(once), flush=True)
        again = ["-m", "product", *apart]
        codes.append(pytest("PostgreSQL: the whole product", again, postgres))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
