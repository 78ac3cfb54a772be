"""The one door through which the product calls other people's servers.

A URL that a customer gives is an invitation to read our network from inside. So: http and https to
public addresses on three ports only; every address that the name resolves to must be public; the
connection goes to the address that was checked, while Host and TLS keep the name; no redirects
unless asked for, and each one is checked anew; no proxy from the environment, no cookies; the
answer is cut off by size and by total time, name lookup, handshake and slowly dripping headers
included.

Source: OWASP Server-Side Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import functools
import logging
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import ClassVar, Final
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

from core.addresses import is_public
from core.errors import DomainError
from core.outgoing_connection import (
    Connect,
    Deadline,
    DeadlineStream,
    Resolve,
    connect_first,
    connect_tcp,
    resolve_by_system,
    resolve_within,
)
from core.outgoing_request import (
    FetchedResponse,
    HeaderNotAllowed,
    OutgoingRequest,
    redirected,
    wire_headers,
)
from core.outgoing_url import Target, UrlNotAllowed, parse_url

__all__ = [
    "BadAnswer",
    "FetchFailed",
    "FetchedResponse",
    "HeaderNotAllowed",
    "OutgoingRequest",
    "TimedOut",
    "TooLarge",
    "TooManyRedirects",
    "Unreachable",
    "UrlNotAllowed",
    "check_url",
    "fetch",
]

logger = logging.getLogger(__name__)

MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class FetchFailed(DomainError):
    """No usable answer. ``may_have_arrived``: the other side may have acted on the request."""

    code: ClassVar[str] = "http.failed"
    message: ClassVar[str] = "The server at {host} gave no usable answer."

    @property
    def may_have_arrived(self) -> bool:
        return bool(self.context.get("may_have_arrived"))


class Unreachable(FetchFailed):
    code: ClassVar[str] = "http.unreachable"
    message: ClassVar[str] = "The server at {host} could not be reached: {reason}."


class TimedOut(FetchFailed):
    code: ClassVar[str] = "http.timeout"
    message: ClassVar[str] = "The server at {host} did not answer within {seconds:g} seconds."


class TooLarge(FetchFailed):
    code: ClassVar[str] = "http.too_large"
    message: ClassVar[str] = "The answer of {host} is larger than {limit} bytes."


class BadAnswer(FetchFailed):
    code: ClassVar[str] = "http.bad_answer"
    message: ClassVar[str] = "The server at {host} broke off or does not speak HTTP."


class TooManyRedirects(FetchFailed):
    code: ClassVar[str] = "http.too_many_redirects"
    message: ClassVar[str] = "The server at {host} redirected more than {limit} times."


def check_url(url: str) -> None:
    """Refuse a URL that could never be called; for use when one is saved, nothing is looked up.

    Raises:
        UrlNotAllowed: with the reason and the remedy.
    """
    _target(url)


def fetch(
    request: OutgoingRequest,
    *,
    resolve: Resolve = resolve_by_system,
    connect: Connect = connect_tcp,
) -> FetchedResponse:
    """Call a server that a customer named and give its answer.

    Raises:
        UrlNotAllowed: the URL, an address of its host or a redirect leads where we do not go.
        HeaderNotAllowed: a header cannot be sent.
        Unreachable, TimedOut, TooLarge, BadAnswer, TooManyRedirects: no usable answer.
    """
    deadline = Deadline(request.timeout_seconds)
    most = min(request.max_redirects, MOST_REDIRECTS)
    target = _target(request.url)
    followed = 0
    while True:
        response = _call(request, target, deadline, (resolve, connect), arrived=followed > 0)
        if not _leads_on(request, response.status, response.headers):
            return response
        if followed == most:
            raise TooManyRedirects(host=target.host, limit=most, may_have_arrived=True)
        followed += 1
        target, request = _follow(request, target, response)


def _target(url: str) -> Target:
    own = urlsplit(getattr(settings, "PUBLIC_URL", "")).hostname
    return parse_url(
        url,
        test_hosts=getattr(settings, "HTTP_TEST_HOSTS", {}),
        refused_hosts={own or "", *getattr(settings, "HTTP_REFUSED_HOSTS", ())},
    )


def _leads_on(request: OutgoingRequest, status: int, headers: Mapping[str, str]) -> bool:
    return request.max_redirects > 0 and status in _REDIRECTS and "location" in headers


def _follow(
    request: OutgoingRequest, target: Target, response: FetchedResponse
) -> tuple[Target, OutgoingRequest]:
    url = urljoin(target.url, response.headers["location"])
    try:
        following = _target(url)
    except UrlNotAllowed:
        logger.warning("http.redirect_refused")
        raise
    same_origin = following.origin == target.origin
    return following, redirected(request, status=response.status, url=url, same_origin=same_origin)


def _call(
    request: OutgoingRequest,
    target: Target,
    deadline: Deadline,
    network: tuple[Resolve, Connect],
    *,
    arrived: bool,
) -> FetchedResponse:
    headers = wire_headers(request, target.authority)
    host, seconds = target.host, request.timeout_seconds
    try:
        connected = _connected(target, deadline, *network)
    except TimeoutError as error:
        raise TimedOut(host=host, seconds=seconds, may_have_arrived=arrived) from error
    except OSError as error:
        raise Unreachable(host=host, reason=_why(error), may_have_arrived=arrived) from error
    with closing(DeadlineStream(connected, deadline)) as stream:
        try:
            return _exchange(request, target, headers, stream)
        except TimeoutError as error:
            arrived = arrived or stream.has_written
            raise TimedOut(host=host, seconds=seconds, may_have_arrived=arrived) from error
        except (OSError, httpcore.ProtocolError, zlib.error) as error:
            arrived = arrived or stream.has_written
            raise BadAnswer(host=host, may_have_arrived=arrived) from error


def _connected(
    target: Target, deadline: Deadline, resolve: Resolve, connect: Connect
) -> socket.socket:
    """Open the socket to a checked address and nothing else, with TLS on it for an https URL."""
    if target.fixed:
        connected = connect(*target.fixed, deadline.left())
    else:
        addresses = _public_addresses(target, deadline, resolve)
        connected = connect_first(connect, addresses, target.port, deadline)
    if target.scheme == "http":
        return connected
    connected.settimeout(deadline.left())
    return _tls().wrap_socket(connected, server_hostname=target.host)


def _public_addresses(target: Target, deadline: Deadline, resolve: Resolve) -> list[str]:
    if is_public(target.host):
        return [target.host]
    addresses = resolve_within(resolve, target.host, target.port, deadline)
    if not all(map(is_public, addresses)):
        logger.warning("http.address_refused")
        raise UrlNotAllowed(
            reason="its name leads to an address that is not public",
            remedy="Use a server on the public Internet.",
        )
    return addresses


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _why(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return "its TLS certificate or handshake is not in order"
    if isinstance(error, socket.gaierror):
        return "its name is unknown"
    return "it takes no connections"


def _exchange(
    request: OutgoingRequest,
    target: Target,
    headers: list[tuple[bytes, bytes]],
    stream: DeadlineStream,
) -> FetchedResponse:
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    connection = httpcore.HTTP11Connection(url.origin, stream)
    sent = httpcore.Request(request.method, url, headers=headers, content=request.body)
    response = connection.handle_request(sent)
    received = _joined(response.headers)
    body, truncated = b"", False
    if not _leads_on(request, response.status, received):
        body, truncated = _read_body(request, target, response, received)
    return FetchedResponse(response.status, received, body, target.url, truncated)


def _joined(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _read_body(
    request: OutgoingRequest,
    target: Target,
    response: httpcore.Response,
    headers: Mapping[str, str],
) -> tuple[bytes, bool]:
    """Read no more than the limit: a small packed answer may unfold into gigabytes."""
    limit = request.max_body_bytes
    unpack = _unpacker(headers.get("content-encoding", "").strip().lower())
    body = bytearray()
    for chunk in response.iter_stream():
        body += unpack(chunk, limit + 1 - len(body))
        if len(body) > limit:
            if request.cut_long_body:
                return bytes(body[:limit]), True
            raise TooLarge(host=target.host, limit=limit, may_have_arrived=True)
    return bytes(body), False


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Give a function of packed bytes and of the most bytes wanted."""
    if encoding in {"", "identity"}:
        return lambda chunk, most: chunk[:most]
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress
    raise httpcore.RemoteProtocolError("The answer is packed in a way nobody asked for.")
