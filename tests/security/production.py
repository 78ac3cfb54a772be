"""The settings that a public installation runs with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import flowbuilder
from flowbuilder.settings import base

ROOT = Path(flowbuilder.__file__).parent.parent
HOST = "flowbuilder.example"
# What local and test settings loosen.
NAMES = (
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)


def use_production(settings: Any) -> None:
    """Put the loosened settings back; a client made afterwards meets them."""
    for name in NAMES:
        setattr(settings, name, getattr(base, name))
    settings.ALLOWED_HOSTS = [HOST]
    settings.DEMO = False


def start(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the production settings and nothing else from our environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.base",
            "FLOWBUILDER_DATA": str(folder),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
