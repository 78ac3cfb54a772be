"""What we ask of another server and what it answered, apart from how the two travel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, Literal

from core.errors import DomainError

SECONDS: Final = 5.0
MOST_BYTES: Final = 256 * 1024

_BODY_METHODS: Final = frozenset({"POST", "PUT", "PATCH"})
_OUR_HEADERS: Final = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_KEPT_ACROSS_ORIGINS: Final = frozenset({"accept", "content-type", "user-agent"})
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e\xa0-\xff]{0,4096}")
_CHARSET: Final = re.compile(r"charset=[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


class HeaderNotAllowed(DomainError):
    """A header that is malformed, or that we set ourselves."""

    code: ClassVar[str] = "http.header_not_allowed"
    message: ClassVar[str] = (
        'The header "{name}" cannot be sent. Remove it, or write it in plain characters.'
    )


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """What to ask of whom, and how patiently."""

    url: str
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout_seconds: float = SECONDS
    """For everything together: lookup, connection, every redirect and the last byte."""
    max_body_bytes: int = MOST_BYTES
    """Of the answer, counted after decompression."""
    cut_long_body: bool = False
    """Keep the beginning of a longer answer instead of failing."""
    max_redirects: int = 0
    """0 to 3; with 0 a redirect is an answer like any other."""


@dataclass(frozen=True, slots=True)
class FetchedResponse:
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; repeated ones joined with a comma."""
    body: bytes
    url: str
    """The URL that answered, after redirects."""
    truncated: bool = False

    @property
    def text(self) -> str:
        """The body in the charset it claims, else UTF-8; undecodable bytes are replaced."""
        claimed = _CHARSET.search(self.headers.get("content-type", ""))
        try:
            return self.body.decode(claimed[1] if claimed else "utf-8", errors="replace")
        except LookupError:
            return self.body.decode(errors="replace")


def check_header(name: str, value: str) -> None:
    """Raise HeaderNotAllowed for a header that is malformed or would change how the message is framed."""
    ours = name.lower() in _OUR_HEADERS
    if ours or not (_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value)):
        raise HeaderNotAllowed(name=ascii(name[:40])[1:-1])


def wire_headers(request: OutgoingRequest, host: str) -> list[tuple[bytes, bytes]]:
    """Give the headers as they are sent, ours included; ``host`` is the value of Host.

    Raises:
        HeaderNotAllowed: one is malformed or would change how the message is framed.
    """
    for name, value in request.headers.items():
        check_header(name, value)
    headers = {
        "host": host,
        "user-agent": "Flowbuilder",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
        **{name.lower(): value.strip() for name, value in request.headers.items()},
    }
    if request.body is not None or request.method in _BODY_METHODS:
        headers["content-length"] = str(len(request.body or b""))
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def redirected(
    request: OutgoingRequest, *, status: int, url: str, same_origin: bool
) -> OutgoingRequest:
    """Ask again elsewhere as browsers do; what may be secret does not go to another origin.

    Source: WHATWG Fetch Standard, "HTTP-redirect fetch".
    """
    headers = request.headers
    if not same_origin:
        kept = _KEPT_ACROSS_ORIGINS
        headers = {name: value for name, value in headers.items() if name.lower() in kept}
    moved_post = status in {301, 302} and request.method == "POST"
    see_other = status == 303 and request.method != "HEAD"
    if moved_post or see_other:
        return replace(request, url=url, headers=headers, method="GET", body=None)
    return replace(request, url=url, headers=headers)
