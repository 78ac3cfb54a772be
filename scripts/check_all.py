"""Everything that is checked without running the product; stops at the end with what failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")

# Production settings with throw-away values: what `check --deploy` judges.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.base",
    "SECRET_KEY": "checked-only-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEF" * 2,
    "ALLOWED_HOSTS": "flowbuilder.example",
    "PUBLIC_URL": "https://flowbuilder.example",
}

CHECKS: list[tuple[str, list[str], str, dict[str, str]]] = [
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], ".", {}),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."], ".", {}),
    ("types", [str(BIN / "mypy"), "."], ".", {}),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"], ".", {}),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], ".", {}),
    ("deployment", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], ".", PRODUCTION),
    ("front end: packages", [str(BIN / "npm"), "ci", "--silent", "--no-audit", "--no-fund"], "frontend", {}),
    ("front end: types and lint", [str(BIN / "npm"), "run", "--silent", "check"], "frontend", {}),
    ("front end: tests", [str(BIN / "npm"), "run", "--silent", "test"], "frontend", {}),
]  # fmt: skip


def run(name: str, command: list[str], folder: str, environment: dict[str, str]) -> bool:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as data:
        base = {"FLOWBUILDER_DATA": data, **os.environ, **environment}
        base["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            command, cwd=ROOT / folder, env=base, capture_output=True, text=True, check=False
        )
    seconds = time.monotonic() - started
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout[-6000:], done.stderr[-6000:], flush=True)
    return done.returncode == 0


def bundle() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (ROOT / "static" / "builder").iterdir()}


def bundle_is_fresh() -> bool:
    """Build the front end again and compare it, byte for byte, with what is committed."""
    before = bundle()
    build = [str(BIN / "npm"), "run", "--silent", "build"]
    built = run("front end: build", build, "frontend", {})
    if built and bundle() != before:
        print("FAIL static/builder was stale. It has been built anew: commit it.", flush=True)
        return False
    return built


def main() -> int:
    failed = [check[0] for check in CHECKS if not run(*check)]
    if not bundle_is_fresh():
        failed.append("front end: bundle")
    if failed:
        print("Failed: " + ", ".join(failed), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
