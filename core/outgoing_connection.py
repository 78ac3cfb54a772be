"""One socket to one checked address, and one deadline over everything that happens on it.

Time-outs of HTTP clients start again with every byte received, so a server that drips one byte a
second holds a worker for hours. Here each wait gets only what is left of the whole.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpcore

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port to literal addresses. Raises OSError when the name is unknown."""
Connect = Callable[[str, int, float], socket.socket]
"""Literal address, port and seconds to a connected socket. Raises OSError."""


class Deadline:
    """A moment after which nothing waits any more."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds left, always above zero. Raises TimeoutError when there are none."""
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class DeadlineStream(httpcore.NetworkStream):
    """A connected socket under a deadline; remembers whether anything was written to it."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline
        self.has_written = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.has_written = self.has_written or bool(buffer)
        rest = memoryview(buffer)
        while rest:
            self._socket.settimeout(self._deadline.left())
            try:
                rest = rest[self._socket.send(rest) :]
            except TimeoutError:
                raise
            except OSError as error:  # A server may answer and close before it has read everything.
                raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        return None


def resolve_by_system(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def connect_tcp(address: str, port: int, seconds: float) -> socket.socket:
    """Open a TCP connection; the address is literal, so no name is looked up again."""
    return socket.create_connection((address, port), timeout=seconds)


def resolve_within(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """Look a name up without waiting longer than the deadline; the system's resolver has none.

    Raises:
        TimeoutError: no answer in time; the thread that asks goes on and ends by itself.
        OSError: the name is unknown.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(resolve(host, port)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def connect_first(
    connect: Connect, addresses: Sequence[str], port: int, deadline: Deadline
) -> socket.socket:
    """Connect to the first address that answers; each gets its share of the time left.

    Raises:
        OSError: none answered; TimeoutError if the last one was silent.
    """
    for position, address in enumerate(addresses, start=1):
        share = deadline.left() / (len(addresses) - position + 1)
        try:
            return connect(address, port, share)
        except OSError:
            if position == len(addresses):
                raise
    raise OSError("The name has no address.")
