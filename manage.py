#!/usr/bin/env python3
"""Run Django's commands; outside the environment, start again inside it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    python = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if find_spec("django") is None and python.exists():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 -- the same command, inside the environment
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowbuilder.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
