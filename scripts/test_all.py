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


def both_kinds(database: str, ignored: list[str], **environment: str) -> list[int]:
    """Run the tests inside one process, then those that start the whole product and a browser.

    Apart, because the browser's driver keeps an event loop in the thread that the other tests run in.
    """
    apart = [f"--ignore={file}" for file in ignored]
    return [
        pytest(f"{database}: inside one process", ["-m", "not product"], **environment),
        pytest(f"{database}: the whole product", ["-m", "product", *apart], **environment),
    ]


def main() -> int:
    chromium = find_or_install()
    codes = both_kinds("SQLite", [], CHROMIUM=chromium)
    # Starting and stopping, and how pages look, do not depend on the database.
    once = ["tests/product/test_running.py", "tests/product/test_browser_pages.py"]
    print("\nNot run again on PostgreSQL: " + ", ".join(once), flush=True)
    with private_postgres() as url:
        codes += both_kinds("PostgreSQL", once, DATABASE_URL=url, CHROMIUM=chromium)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
