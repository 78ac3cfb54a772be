"""Find a Chromium for the browser tests, or install Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install() -> str:
    """Return the path of a Chromium; installs Debian's package when run as root on Debian."""
    found = find()
    if found:
        return found
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit("The browser tests need Chromium: apt install chromium")
    print("Installing Chromium from Debian's packages …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    found = find()
    if not found:
        raise SystemExit("Chromium was installed but is not on the PATH.")
    return found
