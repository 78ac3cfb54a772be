"""Which URLs may be called for a customer, judged by their text alone; no name is looked up here.

Parsers disagree about odd URLs, and an attacker lives in the difference. So the authority is read
by one strict rule, anything odd in it is refused, and the connection is made from this result and
never from the text. Sources: RFC 3986 (syntax); WHATWG URL Standard, "ends in a number checker"
(``http://127.1/``).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import quote

from core.addresses import is_public
from core.errors import DomainError

LONGEST_URL: Final = 4096
"""Characters."""
LONGEST_HOST: Final = 253
"""Characters; RFC 1035 section 2.3.4."""

_PORTS: Final = frozenset({80, 443, 8443})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_URL: Final = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::([0-9]{0,5}))?")
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INSIDE: Final = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
_SAFE_IN_PATH: Final = "/?:@!$&'()*+,;=%~-._"


class UrlNotAllowed(DomainError):
    """The URL does not lead to the public Internet in the way we allow."""

    code: ClassVar[str] = "http.url_not_allowed"
    message: ClassVar[str] = "This URL cannot be called: {reason}. {remedy}"


@dataclass(frozen=True, slots=True)
class Target:
    """An allowed URL in its parts."""

    scheme: str
    host: str
    """ASCII name in lower case without a final dot, or a literal address without brackets."""
    port: int
    path: str
    """Path and query, percent-encoded."""
    fixed: tuple[str, int] | None = None
    """Where to connect instead of asking DNS: address and port of one of our own test servers."""

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def parse_url(
    url: str, *, test_hosts: Mapping[str, str] | None = None, refused_hosts: Collection[str] = ()
) -> Target:
    """Read a URL that we are about to call or to save.

    ``test_hosts`` maps names to ``address:port``; such a name may have any port and is connected to
    as it is mapped. ``refused_hosts`` are our own names.

    Raises:
        UrlNotAllowed: with the reason and the remedy.
    """
    if len(url) > LONGEST_URL:
        raise _refused(f"it has more than {LONGEST_URL} characters", "Shorten it.")
    match = _URL.fullmatch(url)
    if match is None:
        raise _refused("it is not an http or https URL", "Begin with https:// and a host name.")
    scheme, authority, path = match[1].lower(), match[2], match[3]
    host, port = _host_and_port(authority, scheme)
    path = quote(path, safe=_SAFE_IN_PATH, errors="replace")
    path = path if path.startswith("/") else f"/{path}"
    if test_hosts and host in test_hosts:
        return Target(scheme, host, port, path, fixed=_address_and_port(test_hosts[host]))
    if port not in _PORTS:
        raise _refused(f"port {port} is not open to flows", "Use port 80, 443 or 8443.")
    if host in refused_hosts:
        raise _refused("it is one of our own addresses", "Use a server of your own.")
    _refuse_inside(host)
    return Target(scheme, host, port, path)


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise _refused("it holds a user name", "Send credentials in a header.")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise _refused("its host is not a name or an address", "Write https://host/path.")
    port = int(match[2]) if match[2] else _DEFAULT_PORTS[scheme]
    bracketed = match[1].startswith("[")
    return (_ipv6(match[1][1:-1]) if bracketed else _name(match[1])), port


def _ipv6(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError as error:
        raise _refused("its IPv6 address is malformed", "Use a host name.") from error


def _name(text: str) -> str:
    """Fold a host name to ASCII: other scripts by IDNA, look-alike digits to the real ones."""
    try:
        host = text.encode("idna").decode("ascii") if len(text) <= LONGEST_HOST else ""
    except UnicodeError:
        host = ""
    host = host.lower().removesuffix(".")
    if not host or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise _refused("its host is not a name or an address", "Write https://host/path.")
    return host


def _refuse_inside(host: str) -> None:
    if _is_address(host):
        if not is_public(host):
            raise _refused("its address is not public", "Use a server on the public Internet.")
        return
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        raise _refused("its host is a number in disguise", "Use a host name.")
    if len(labels) == 1 or any(host == end or host.endswith(f".{end}") for end in _INSIDE):
        raise _refused("its host is not a public name", "Use a server on the public Internet.")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _address_and_port(mapped: str) -> tuple[str, int]:
    address, _, port = mapped.rpartition(":")
    return address, int(port)


def _refused(reason: str, remedy: str) -> UrlNotAllowed:
    return UrlNotAllowed(reason=reason, remedy=remedy)
