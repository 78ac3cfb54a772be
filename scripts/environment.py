#!/usr/bin/env python3
"""Make the Python environment in .venv, or leave it alone when it is up to date.

Runs on a bare Python: only its standard library is used.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Flowbuilder needs Python 3.11 or newer; this is {found}.", file=sys.stderr)
        print("Install one and name it: make run PYTHON=python3.11", file=sys.stderr)
        return 1
    names = ["requirements-dev.txt" if "--dev" in sys.argv else "requirements.txt"]
    if is_up_to_date(names[0]):
        return 0
    print(f"Installing {names[0]} into .venv …", flush=True)
    make_environment()
    install(names[0])
    note(names[0])
    return 0


def stamp(name: str) -> Path:
    return ENVIRONMENT / f".{name}.sha256"


def fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def is_up_to_date(name: str) -> bool:
    file = stamp(name)
    return PYTHON.exists() and file.exists() and file.read_text() == fingerprint(name)


def note(name: str) -> None:
    stamp(name).write_text(fingerprint(name))
    if name == "requirements-dev.txt":  # it holds everything the other one does
        stamp("requirements.txt").write_text(fingerprint("requirements.txt"))


def make_environment() -> None:
    if PYTHON.exists():
        return
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (subprocess.CalledProcessError, SystemExit):
        # Debian splits ensurepip off; the pip of the system can install into the environment.
        venv.create(ENVIRONMENT, with_pip=False, clear=True)


def pip() -> list[str]:
    inside = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    if inside.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    outside = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if outside.returncode == 0:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit("This Python has no pip. Install it first: apt install python3-venv python3-pip")


def install(name: str) -> None:
    command = [*pip(), "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*command, "-r", str(ROOT / name)], check=False, env=dict(os.environ))
    if done.returncode != 0:
        sys.exit("Installing failed; the lines above say why. Run the same command again to retry.")


if __name__ == "__main__":
    sys.exit(main())
