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
    # Starting and stopping, and how pages look, do not depend on the database: they ran above.
    once = ["tests/product/test_running.py", "tests/product/test_browser_pages.py"]
    print("\nNot run again on PostgreSQL: " + ", ".join(once), flush=True)
    with private_postgres() as url:
        arguments = [f"--ignore={file}" for file in once]
        title = "PostgreSQL, with the whole product and a browser"
        codes.append(pytest(title, arguments, DATABASE_URL=url, CHROMIUM=chromium))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
